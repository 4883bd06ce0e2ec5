using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>
/// Lets copies follow a channel's settings: what may not be shown any more is taken back on both sides, and a channel that
/// begins to show what others write is told in short what was said before.
/// </summary>
internal static class ChannelMirroring
{
    // So many are looked at together: their texts fit into memory with ease.
    private const int AtATime = 500;

    // Older discussions have ended; their next comment comes as a copy with a quote.
    private static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    // A channel that turns is told of what is being discussed, not flooded with its whole past.
    private const int MostStories = 20;

    private const string CopiesHere = """
        SELECT p.id, p.channel_id AS ChannelId, c.id AS Comment
        FROM post p JOIN comment c ON c.id = CASE WHEN p.subject LIKE 'comment:%' THEN CAST(SUBSTR(p.subject, 9) AS BIGINT) END
        WHERE p.channel_id = @Channel AND p.subject LIKE 'comment:%' AND p.operation = 'create'
          AND p.state IN ('waiting', 'sent')
          AND NOT EXISTS (
            SELECT 1 FROM post d
            WHERE d.channel_id = p.channel_id AND d.subject = p.subject AND d.part = p.part AND d.operation = 'delete')
        """;

    private const string CopiesElsewhere = """
        SELECT p.id, p.channel_id AS ChannelId, c.id AS Comment
        FROM comment c JOIN post p ON p.subject = 'comment:' || c.id
        WHERE c.channel_id = @Channel AND p.channel_id <> @Channel AND p.operation = 'create'
          AND p.state IN ('waiting', 'sent')
          AND NOT EXISTS (
            SELECT 1 FROM post d
            WHERE d.channel_id = p.channel_id AND d.subject = p.subject AND d.part = p.part AND d.operation = 'delete')
        """;

    private const string Summaries = """
        SELECT p.id FROM post p
        WHERE p.channel_id = @Channel AND (p.subject LIKE 'sofar:%' OR p.subject LIKE 'more:%')
          AND p.operation = 'create' AND p.state IN ('waiting', 'sent')
        """;

    private const string Discussed = """
        SELECT s.id FROM story s JOIN post p ON p.subject = 'story:' || s.id
        WHERE p.channel_id = @Channel AND p.part = 0 AND p.operation = 'create' AND p.state IN ('waiting', 'sent')
          AND s.last_comment_at >= @Since AND s.taken_down_at IS NULL
        ORDER BY s.last_comment_at DESC LIMIT @MostStories
        """;

    private const string MayBeLate = """
        SELECT COUNT(*) FROM channel ch JOIN story s ON s.id = @Story
        WHERE ch.id = @Channel AND ch.mirror = 'two-way' AND s.next_number > 1
        """;

    // A digest of the discussion that was taken back makes room for another one.
    private const string NextPart = """
        SELECT CASE WHEN EXISTS (
            SELECT 1 FROM post p
            WHERE p.channel_id = @Channel AND p.subject = @Subject AND p.operation = 'create'
              AND p.state IN ('waiting', 'sent')
              AND NOT EXISTS (
                SELECT 1 FROM post d
                WHERE d.channel_id = p.channel_id AND d.subject = p.subject AND d.part = p.part
                  AND d.operation = 'delete')) THEN -1
            ELSE COALESCE((SELECT MAX(part) + 1 FROM post WHERE channel_id = @Channel AND subject = @Subject), 0) END
        """;

    private const string IsCardSent = """
        SELECT COUNT(*) FROM post
        WHERE channel_id = @Channel AND subject = @Subject AND part = 0 AND operation = 'create' AND state = 'sent'
        """;

    /// <summary>Takes back what the channel's settings no longer allow, here and elsewhere.</summary>
    /// <param name="connection">The connection of the change's transaction, after the change.</param>
    /// <param name="channel">Which channel.</param>
    /// <param name="priority">-1 where somebody must not read it any more; 1 where it is only not wanted any more.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task RetractAsync(DbConnection connection, ChannelId channel, int priority, DateTimeOffset now)
    {
        var key = new { Channel = channel.Value };
        List<CopyRow> copies =
        [
            .. await connection.QueryAsync<CopyRow>(CopiesHere, key),
            .. await connection.QueryAsync<CopyRow>(CopiesElsewhere, key),
        ];
        Dictionary<long, MirrorChannel> channels = [];
        foreach (var id in copies.Select(copy => copy.ChannelId).Append(channel.Value).Distinct())
        {
            channels[id] = (await CopyRows.ChannelAsync(connection, new ChannelId(id))).Channel;
        }

        foreach (var part in copies.Chunk(AtATime))
        {
            var sources = (
                await CopyRows.CommentsAsync(connection, [.. part.Select(copy => copy.Comment).Distinct()])
            ).ToDictionary(row => row.Id);
            var gone = part.Where(copy =>
                !CopyPlan.MayShow(sources[copy.Comment].Source(now), channels[copy.ChannelId])
            );
            await Outbox.DeleteAllAsync(connection, [.. gone.Select(copy => copy.Id)], priority, now);
        }

        if (channels[channel.Value].Mirror is not MirrorMode.TwoWay)
        {
            var summaries = (await connection.QueryAsync<long>(Summaries, key)).AsList();
            await Outbox.DeleteAllAsync(connection, summaries, priority, now);
        }
    }

    /// <summary>How many copies would be taken back, if the channel were otherwise.</summary>
    /// <returns>Those in the channel, and those of its comments in others.</returns>
    public static async Task<(int Here, int Elsewhere)> CountGoneAsync(
        DbConnection connection,
        ChannelId channel,
        MirrorChannel becomes
    )
    {
        var key = new { Channel = channel.Value };
        return becomes.Mirror is MirrorMode.TwoWay
            ? (0, 0)
            : (
                (await connection.QueryAsync<CopyRow>(CopiesHere, key)).Count(),
                (await connection.QueryAsync<CopyRow>(CopiesElsewhere, key)).Count()
            );
    }

    /// <summary>Tells a channel that has turned to two-way in short what others said of its stories.</summary>
    public static async Task JoinAsync(DbConnection connection, ChannelId channel, DateTimeOffset now)
    {
        var stories = await connection.QueryAsync<long>(
            Discussed,
            new
            {
                Channel = channel.Value,
                Since = (now - Recent).Ms(),
                MostStories,
            }
        );
        foreach (var story in stories.AsList())
        {
            await TellAsync(connection, channel, new StoryId(story), now);
        }
    }

    /// <summary>Tells a channel that has just got a card what was said of the story before, where anything was.</summary>
    public static async Task JoinAsync(DbConnection connection, ChannelId channel, StoryId story, DateTimeOffset now)
    {
        if (
            await connection.ExecuteScalarAsync<long>(MayBeLate, new { Channel = channel.Value, Story = story.Value })
            > 0
        )
        {
            await TellAsync(connection, channel, story, now);
        }
    }

    private static async Task TellAsync(DbConnection connection, ChannelId channel, StoryId story, DateTimeOffset now)
    {
        if ((await Discussions.SoFarAsync(connection, story, channel, now)).Count == 0)
        {
            return;
        }

        var subject = PostSubject.SoFar(story);
        var part = await connection.ExecuteScalarAsync<long>(
            NextPart,
            new { Channel = channel.Value, Subject = subject.Value }
        );
        if (part < 0)
        {
            return;
        }

        var isCardSent = await connection.ExecuteScalarAsync<long>(
            IsCardSent,
            new { Channel = channel.Value, Subject = PostSubject.Of(story).Value }
        );
        await Outbox.CreateAsync(
            connection,
            new PostDraft(channel, subject, (int)part, new PostBody.SoFar(story), now)
            {
                NotBefore = isCardSent > 0 ? null : CommentCopies.BehindCard,
            }
        );
    }

    private sealed class CopyRow
    {
        public required long Id { get; init; }
        public required long ChannelId { get; init; }
        public required long Comment { get; init; }
    }
}
