using System.Data.Common;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Core.Channels;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Where a message of Discord stands in our terms.</summary>
/// <param name="Channel">The channel, or the channel of the thread.</param>
/// <param name="Workspace">Its guild.</param>
/// <param name="Guild">The guild's id.</param>
/// <param name="Thread">The row of the thread; null in the channel itself.</param>
/// <param name="Story">The thread's story; null in the channel itself.</param>
/// <param name="IsCollected">False where replies are not taken.</param>
/// <param name="HasThreads">Whether a card of this channel can have a thread beside it.</param>
internal sealed record DiscordReplyPlace(
    ChannelId Channel,
    ChatWorkspace Workspace,
    Snowflake Guild,
    long? Thread,
    StoryId? Story,
    bool IsCollected,
    bool HasThreads
)
{
    private const string Columns = """
        SELECT c.id AS Channel, c.workspace_id AS Workspace, w.community_id AS Community, w.external_id AS Guild,
               w.removed_at AS RemovedAt, c.mirror, c.kind
        """;

    private const string ByThread = $"""
        {Columns}, t.id AS Thread, t.story_id AS Story
        FROM thread t JOIN channel c ON c.id = t.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE t.external_id = @Id AND w.platform = 'discord'
        """;

    private const string ByChannel = $"""
        {Columns}, NULL AS Thread, NULL AS Story
        FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE c.external_id = @Id AND w.platform = 'discord'
        """;

    // A thread made from a message has its id, and so has a forum post the id of its first message.
    private const string ThreadOfCard = """
        INSERT INTO thread (channel_id, story_id, external_id, state, active_at, created_at)
        SELECT p.channel_id, CASE WHEN p.subject LIKE 'story:%' THEN CAST(SUBSTR(p.subject, 7) AS BIGINT) END, @Id, 'open', @Now, @Now
        FROM post p
        WHERE p.message_id = @Id AND p.operation = 'create' AND p.subject LIKE 'story:%'
          AND p.channel_id IN (
              SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id WHERE w.platform = 'discord')
        ON CONFLICT (channel_id, external_id) DO NOTHING
        """;

    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="id">A channel or thread of Discord.</param>
    /// <param name="now">The instant of the transaction.</param>
    /// <returns>Null for a place that has nothing to do with us, or not yet.</returns>
    public static async Task<DiscordReplyPlace?> FindAsync(DbConnection connection, Snowflake id, DateTimeOffset now)
    {
        var key = new { Id = id.ToString(), Now = now.Ms() };
        var row =
            await connection.QueryFirstOrDefaultAsync<PlaceRow>(ByThread, key)
            ?? await connection.QueryFirstOrDefaultAsync<PlaceRow>(ByChannel, key);
        if (row is null && await connection.ExecuteAsync(ThreadOfCard, key) > 0)
        {
            row = await connection.QueryFirstOrDefaultAsync<PlaceRow>(ByThread, key);
        }

        return row?.ToPlace();
    }

    private sealed class PlaceRow
    {
        public required long Channel { get; init; }
        public required long Workspace { get; init; }
        public required long Community { get; init; }
        public required string Guild { get; init; }
        public required string Mirror { get; init; }
        public required string Kind { get; init; }
        public long? RemovedAt { get; init; }
        public long? Thread { get; init; }
        public long? Story { get; init; }

        public DiscordReplyPlace ToPlace() =>
            new(
                new ChannelId(Channel),
                new ChatWorkspace(Workspace, Community, Instants.At(RemovedAt)),
                Snowflake.Parse(Guild),
                Thread,
                Story is { } story ? new StoryId(story) : null,
                Mirror != "post-only" && RemovedAt is null,
                Kind is "text" or "announcement"
            );
    }
}
