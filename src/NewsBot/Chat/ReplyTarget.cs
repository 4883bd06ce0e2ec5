using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Chat;

/// <summary>What a message answers. One type for each ending, so that whoever asks says what to do with it.</summary>
internal abstract record ReplyTarget
{
    private ReplyTarget() { }

    /// <summary>Nothing of ours.</summary>
    internal sealed record Nothing : ReplyTarget;

    /// <summary>Something the bot has just posted and not yet written down: asking again in a moment tells.</summary>
    internal sealed record NotYetKnown : ReplyTarget;

    /// <summary>The heading or list of a digest, which is not one story.</summary>
    internal sealed record Digest(long Id) : ReplyTarget;

    /// <param name="Story">Which story.</param>
    /// <param name="Parent">The comment it answers; 0 for the story.</param>
    /// <param name="Typed">The text without a number that named what it answers.</param>
    /// <param name="Card">The message of the card in that channel, where it answers it or a comment beside it; else null.</param>
    internal sealed record Comment(StoryId Story, int Parent, string Typed, string? Card) : ReplyTarget;

    private const string FindPost = """
        SELECT subject FROM post WHERE channel_id = @Channel AND message_id = @Message AND operation = 'create' LIMIT 1
        """;

    private const string HasNumber = "SELECT COUNT(*) FROM comment WHERE story_id = @Story AND number = @Number";

    private const string FindCopied = """
        SELECT c.story_id AS Story, c.number,
               (SELECT p.message_id FROM post p
                WHERE p.channel_id = @Channel AND p.subject = 'story:' || c.story_id AND p.operation = 'create'
                  AND p.part = 0 LIMIT 1) AS Card
        FROM comment c WHERE c.id = @Id
        """;

    // A platform may have a message for as long as its sending is tried and its id is not saved. Where nothing is sent until
    // an admin has mended something there is nothing to wait for.
    private const string IsSending = """
        SELECT COUNT(*) FROM post p JOIN channel c ON c.id = p.channel_id
        WHERE p.channel_id = @Channel AND p.operation = 'create' AND p.state = 'waiting' AND p.attempts > 0
          AND c.parked_reason IS NULL
        """;

    /// <summary>Whether something is being posted there whose message is not known yet.</summary>
    public static async Task<bool> IsSendingAsync(DbConnection connection, ChannelId channel) =>
        await connection.ExecuteScalarAsync<long>(IsSending, new { Channel = channel.Value }) > 0;

    /// <summary>What somebody answers who answers a message of ours.</summary>
    /// <param name="connection">Any connection.</param>
    /// <param name="channel">Where.</param>
    /// <param name="message">The platform's id of the message.</param>
    /// <param name="typed">What was typed.</param>
    /// <returns>Null where it is no message of ours.</returns>
    public static async Task<ReplyTarget?> OfPostAsync(
        DbConnection connection,
        ChannelId channel,
        string message,
        string typed
    )
    {
        const string DigestPrefix = "digest:";
        var key = new { Channel = channel.Value, Message = message };
        return await connection.ExecuteScalarAsync<string?>(FindPost, key) switch
        {
            null => null,
            var subject when new PostSubject(subject).Story is { } story => await OfStoryAsync(
                connection,
                story,
                typed,
                message
            ),
            var subject when new PostSubject(subject).CommentRow is { } comment => await OfCopyAsync(
                connection,
                channel,
                comment,
                typed
            ),
            var subject when new PostSubject(subject).Discussion is { } story => await OfStoryAsync(
                connection,
                story,
                typed,
                null
            ),
            var subject when subject.StartsWith(DigestPrefix, StringComparison.Ordinal) => new Digest(
                long.Parse(subject.AsSpan(DigestPrefix.Length), CultureInfo.InvariantCulture)
            ),
            _ => new Nothing(),
        };
    }

    // Whoever answers a copy answers who wrote the original.
    private static async Task<ReplyTarget> OfCopyAsync(
        DbConnection connection,
        ChannelId channel,
        long comment,
        string typed
    ) =>
        await connection.QueryFirstOrDefaultAsync<CopiedRow>(FindCopied, new { Channel = channel.Value, Id = comment })
            is { } copied
            ? new Comment(new StoryId(copied.Story), (int)copied.Number, typed, copied.Card)
            : new Nothing();

    /// <summary>What answers a story as a whole may still name a comment in its first words.</summary>
    public static async Task<ReplyTarget> OfStoryAsync(
        DbConnection connection,
        StoryId story,
        string typed,
        string? card
    )
    {
        var prefix = ReplyPrefix.Find(typed);
        var quoted = prefix is null ? ReplyPrefix.FindPermalink(typed) : null;
        var named = prefix?.Number ?? (quoted is { } link && link.Story == story.Value ? link.Number : null);
        // The number is taken out of the text; a quoted link stays, because it leads somewhere.
        return
            named is { } number
            && await connection.ExecuteScalarAsync<long>(HasNumber, new { Story = story.Value, Number = number }) > 0
            ? new Comment(story, number, prefix?.Text ?? typed, card)
            : new Comment(story, 0, typed, card);
    }

    private sealed class CopiedRow
    {
        public required long Story { get; init; }
        public required long Number { get; init; }
        public string? Card { get; init; }
    }
}
