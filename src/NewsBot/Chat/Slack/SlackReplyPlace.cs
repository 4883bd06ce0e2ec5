using System.Data.Common;
using Dapper;
using NewsBot.Clients.Slack;
using NewsBot.Core.Channels;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>Where a reply of Slack stands in our terms. A card's thread has the card's own id.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Workspace">Its workspace.</param>
/// <param name="Team">The workspace's id.</param>
/// <param name="Thread">The row of the thread; null where it is not the thread of a story.</param>
/// <param name="Story">The thread's story; null where it is not the thread of a story.</param>
/// <param name="IsCollected">False where replies are not taken.</param>
/// <param name="IsShared">Whether we know that the channel is shared with another organisation.</param>
/// <param name="Refused">The newest reply that was not taken for that; what is older is not taken either.</param>
internal sealed record SlackReplyPlace(
    ChannelId Channel,
    ChatWorkspace Workspace,
    string Team,
    long? Thread,
    StoryId? Story,
    bool IsCollected,
    bool IsShared,
    SlackTs Refused
)
{
    private const string Columns = """
        SELECT c.id AS Channel, c.workspace_id AS Workspace, w.community_id AS Community, w.external_id AS Team,
               w.removed_at AS RemovedAt, c.mirror, c.shared_at AS SharedAt,
               c.refused_message AS Refused
        """;

    private const string ByThread = $"""
        {Columns}, t.id AS Thread, t.story_id AS Story
        FROM thread t JOIN channel c ON c.id = t.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE t.external_id = @Thread AND c.external_id = @Channel AND w.platform = 'slack'
        """;

    // A channel shared by two workspaces of ours is one channel for each: the one whose message is answered comes first.
    private const string ByChannel = $"""
        {Columns}, NULL AS Thread, NULL AS Story
        FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE c.external_id = @Channel AND w.platform = 'slack'
        ORDER BY EXISTS (
            SELECT 1 FROM post p WHERE p.channel_id = c.id AND p.message_id = @Thread AND p.operation = 'create') DESC,
            w.external_id = @Team DESC
        LIMIT 1
        """;

    // Where the channel is still to be looked at, replies before this one may have been missed.
    private const string ThreadOfCard = """
        INSERT INTO thread (channel_id, story_id, external_id, state, active_at, created_at, caught_up_at)
        SELECT p.channel_id, CASE WHEN p.subject LIKE 'story:%' THEN CAST(SUBSTR(p.subject, 7) AS BIGINT) END, @Thread, 'open', @Now, @Now,
               (SELECT CASE WHEN c.caught_up_at IS NOT NULL THEN @Now END FROM channel c WHERE c.id = p.channel_id)
        FROM post p
        WHERE p.message_id = @Thread AND p.operation = 'create' AND p.subject LIKE 'story:%'
          AND p.channel_id IN (
              SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id
              WHERE w.platform = 'slack' AND c.external_id = @Channel)
        ON CONFLICT (channel_id, external_id) DO NOTHING
        """;

    // Asked of every message of Slack: each part finds its rows by an index of its own.
    private const string MayConcernUs = """
        SELECT EXISTS (
                SELECT 1 FROM post p JOIN channel c ON c.id = p.channel_id JOIN workspace w ON w.id = c.workspace_id
                WHERE w.platform = 'slack' AND c.external_id = @Channel AND p.operation = 'create'
                  AND p.message_id = @Thread)
            OR EXISTS (
                SELECT 1 FROM post p JOIN channel c ON c.id = p.channel_id JOIN workspace w ON w.id = c.workspace_id
                WHERE w.platform = 'slack' AND c.external_id = @Channel AND p.operation = 'create'
                  AND p.state = 'waiting' AND p.attempts > 0)
            OR EXISTS (
                SELECT 1 FROM thread t JOIN channel c ON c.id = t.channel_id
                WHERE t.external_id = @Thread AND c.external_id = @Channel)
        """;

    /// <summary>Whether a thread may be one of ours, now or as soon as a sending has ended.</summary>
    public static async Task<bool> MayConcernUsAsync(DbConnection connection, string channel, SlackTs thread) =>
        await connection.ExecuteScalarAsync<long>(MayConcernUs, new { Channel = channel, Thread = thread.Text }) > 0;

    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="team">The workspace through which it is seen.</param>
    /// <param name="channel">A channel of Slack.</param>
    /// <param name="thread">The parent of the thread in it.</param>
    /// <param name="now">The instant of the transaction.</param>
    /// <returns>Null for a channel that has nothing to do with us.</returns>
    public static async Task<SlackReplyPlace?> FindAsync(
        DbConnection connection,
        string team,
        string channel,
        SlackTs thread,
        DateTimeOffset now
    )
    {
        var key = new
        {
            Team = team,
            Channel = channel,
            Thread = thread.Text,
            Now = now.Ms(),
        };
        var row = await connection.QueryFirstOrDefaultAsync<PlaceRow>(ByThread, key);
        if (row is null && await connection.ExecuteAsync(ThreadOfCard, key) > 0)
        {
            row = await connection.QueryFirstOrDefaultAsync<PlaceRow>(ByThread, key);
        }

        row ??= await connection.QueryFirstOrDefaultAsync<PlaceRow>(ByChannel, key);
        return row?.ToPlace();
    }

    private sealed class PlaceRow
    {
        public required long Channel { get; init; }
        public required long Workspace { get; init; }
        public required long Community { get; init; }
        public required string Team { get; init; }
        public required string Mirror { get; init; }
        public long? RemovedAt { get; init; }
        public long? SharedAt { get; init; }
        public string? Refused { get; init; }
        public long? Thread { get; init; }
        public long? Story { get; init; }

        public SlackReplyPlace ToPlace() =>
            new(
                new ChannelId(Channel),
                new ChatWorkspace(Workspace, Community, Instants.At(RemovedAt)),
                Team,
                Thread,
                Story is { } story ? new StoryId(story) : null,
                Mirror != "post-only" && RemovedAt is null,
                SharedAt is not null,
                new SlackTs(Refused)
            );
    }
}
