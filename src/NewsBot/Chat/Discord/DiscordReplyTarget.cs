using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Comments;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Chat.Discord;

/// <summary>What a message answers. One type for each ending, so that whoever asks says what to do with it.</summary>
internal abstract record DiscordReplyTarget
{
    private DiscordReplyTarget() { }

    /// <summary>Nothing of ours.</summary>
    internal sealed record Nothing : DiscordReplyTarget;

    /// <summary>Something the bot has just posted and not yet written down: asking again in a moment tells.</summary>
    internal sealed record NotYetKnown : DiscordReplyTarget;

    /// <summary>The heading or list of a digest, which is not one story.</summary>
    internal sealed record Digest(long Id) : DiscordReplyTarget;

    /// <param name="Story">Which story.</param>
    /// <param name="Parent">The comment it answers; 0 for the story.</param>
    /// <param name="Typed">The text without a number that named what it answers.</param>
    /// <param name="Card">The message of the card in that channel, where it answers it or a comment beside it; else null.</param>
    internal sealed record Comment(StoryId Story, int Parent, string Typed, string? Card) : DiscordReplyTarget;

    private const string FindPost = """
        SELECT subject FROM post WHERE channel_id = @Channel AND message_id = @Message AND operation = 'create' LIMIT 1
        """;

    private const string FindComment = """
        SELECT c.story_id AS Story, c.number,
               (SELECT p.message_id FROM post p
                WHERE p.channel_id = c.channel_id AND p.subject = 'story:' || c.story_id AND p.operation = 'create'
                  AND p.part = 0 LIMIT 1) AS Card
        FROM comment c WHERE c.channel_id = @Channel AND c.message_id = @Message
        """;

    private const string AreComments = """
        SELECT COUNT(*) FROM comment
        WHERE message_id IN @Messages AND channel_id IN (
            SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id WHERE w.platform = 'discord')
        """;

    private const string HasNumber = "SELECT COUNT(*) FROM comment WHERE story_id = @Story AND number = @Number";

    // Discord may have a message for as long as its sending is tried and its id is not saved. Where nothing is sent until
    // an admin has mended something there is nothing to wait for.
    private const string IsSending = """
        SELECT COUNT(*) FROM post p JOIN channel c ON c.id = p.channel_id
        WHERE p.channel_id = @Channel AND p.operation = 'create' AND p.state = 'waiting' AND p.attempts > 0
          AND c.parked_reason IS NULL
        """;

    public static async Task<DiscordReplyTarget> FindAsync(
        SqliteConnection connection,
        DiscordReplyPlace place,
        Message message,
        Snowflake self
    )
    {
        var typed = DiscordReader.Typed(message);
        var answered = DiscordReader.Answered(message);
        if (answered is { } id && await FindCommentAsync(connection, place, id) is { } comment)
        {
            return place.Story is null || place.Story.Value.Value == comment.Story
                ? new Comment(new StoryId(comment.Story), (int)comment.Number, typed, comment.Card)
                : await NamedAsync(connection, place.Story.Value, typed, null);
        }

        if (place.Story is { } story)
        {
            return await NamedAsync(connection, story, typed, null);
        }

        return answered is { } card ? await AnsweredAsync(connection, place, message, card, self) : new Nothing();
    }

    /// <summary>Whether one of these messages is a comment.</summary>
    public static async Task<bool> IsOursAsync(SqliteConnection connection, IEnumerable<Snowflake> messages) =>
        await connection.ExecuteScalarAsync<long>(AreComments, new { Messages = messages.Select(id => id.ToString()) })
        > 0;

    /// <summary>Whether something is being posted there whose message is not known yet.</summary>
    public static async Task<bool> IsSendingAsync(SqliteConnection connection, long channel) =>
        await connection.ExecuteScalarAsync<long>(IsSending, new { Channel = channel }) > 0;

    private static async Task<DiscordReplyTarget> AnsweredAsync(
        SqliteConnection connection,
        DiscordReplyPlace place,
        Message message,
        Snowflake answered,
        Snowflake self
    )
    {
        var subject = await connection.ExecuteScalarAsync<string?>(
            FindPost,
            new { Channel = place.Channel.Value, Message = answered.ToString() }
        );
        if (subject is null)
        {
            // What was deleted, or not sent along, may have been anybody's.
            var mayBeOurs = message.ReferencedMessage?.Author is not { } author || author.Id == self;
            return mayBeOurs && await IsSendingAsync(connection, place.Channel.Value)
                ? new NotYetKnown()
                : new Nothing();
        }

        const string DigestPrefix = "digest:";
        return new PostSubject(subject).Story is { } story
                ? await NamedAsync(connection, story, DiscordReader.Typed(message), answered.ToString())
            : subject.StartsWith(DigestPrefix, StringComparison.Ordinal)
                ? new Digest(long.Parse(subject.AsSpan(DigestPrefix.Length), CultureInfo.InvariantCulture))
            : new Nothing();
    }

    /// <summary>What answers a story as a whole may still name a comment in its first words.</summary>
    private static async Task<DiscordReplyTarget> NamedAsync(
        SqliteConnection connection,
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

    private static Task<CommentRow?> FindCommentAsync(
        SqliteConnection connection,
        DiscordReplyPlace place,
        Snowflake message
    ) =>
        connection.QueryFirstOrDefaultAsync<CommentRow>(
            FindComment,
            new { Channel = place.Channel.Value, Message = message.ToString() }
        );

    private sealed class CommentRow
    {
        public required long Story { get; init; }
        public required long Number { get; init; }
        public string? Card { get; init; }
    }
}
