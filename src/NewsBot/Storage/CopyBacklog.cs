using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>
/// Looks at the copies that wait for the same thread: too many become one message, so that a flood is told and not poured,
/// and none overtakes another that was put off.
/// </summary>
internal static class CopyBacklog
{
    /// <summary>So many are still read; more would push away what people of the channel say themselves.</summary>
    public const int Most = 20;

    // What is only posted anew comes behind all that is new, and holds none of it back.
    private const string Waiting = """
        SELECT p.id, c.number, p.not_before AS NotBefore FROM post p JOIN comment c ON c.id = CASE WHEN p.subject LIKE 'comment:%' THEN CAST(SUBSTR(p.subject, 9) AS BIGINT) END
        WHERE p.channel_id = @Channel AND p.state = 'waiting' AND p.attempts = 0 AND p.operation = 'create'
          AND p.subject LIKE 'comment:%' AND c.story_id = @Story AND p.priority = @Priority
        ORDER BY p.id
        """;

    private const string Drop = """
        UPDATE post SET state = 'dropped', error = 'Told in one message with others.'
        WHERE id IN (SELECT value FROM json_each(@Ids))
        """;

    private const string Find = """
        SELECT id FROM post
        WHERE channel_id = @Channel AND subject = @Subject AND part = 0 AND operation = 'create' AND state = 'waiting'
        """;

    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="post">A copy that was never tried and whose turn it is.</param>
    /// <param name="story">Whose thread it goes to.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task<CopyTurn> LookAsync(
        DbConnection connection,
        OutgoingPost post,
        StoryId story,
        DateTimeOffset now
    )
    {
        var channel = post.Channel;
        var waiting = (
            await connection.QueryAsync<WaitingRow>(
                Waiting,
                new
                {
                    Channel = channel.Value,
                    Story = story.Value,
                    post.Priority,
                }
            )
        ).AsList();
        if (waiting[0].Id != post.Id.Value)
        {
            return new CopyTurn.Later(waiting[0].NotBefore);
        }

        // The built-in chat shows the whole discussion beside the card, however long it is.
        if (waiting.Count <= Most || post.Platform is Platform.Web)
        {
            return new CopyTurn.Now();
        }

        await connection.ExecuteAsync(
            Drop,
            new { Ids = System.Text.Json.JsonSerializer.Serialize(waiting.Select(row => row.Id)) }
        );
        var first = (int)waiting.Min(row => row.Number);
        var subject = PostSubject.More(story, first);
        await Outbox.CreateAsync(
            connection,
            new PostDraft(channel, subject, 0, new PostBody.More(story, first, waiting.Count), now)
        );
        return
            await connection.ExecuteScalarAsync<long?>(Find, new { Channel = channel.Value, Subject = subject.Value })
                is { } gathered
            ? new CopyTurn.Gathered(gathered)
            : throw new InvalidOperationException("The message for many copies was made before.");
    }

    private sealed class WaitingRow
    {
        public required long Id { get; init; }
        public required long Number { get; init; }
        public required long NotBefore { get; init; }
    }
}

/// <summary>What is to be done with a copy whose turn it is.</summary>
internal abstract record CopyTurn
{
    private CopyTurn() { }

    /// <summary>It is sent.</summary>
    internal sealed record Now : CopyTurn;

    /// <summary>An earlier one of the same thread was put off, and it waits for that.</summary>
    /// <param name="NotBefore">Until when, UTC milliseconds.</param>
    internal sealed record Later(long NotBefore) : CopyTurn;

    /// <summary>Another post takes its place and that of the others.</summary>
    /// <param name="Post">The row of that post.</param>
    internal sealed record Gathered(long Post) : CopyTurn;
}
