using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Stories;

namespace NewsBot.Chat.Web;

/// <summary>Reads what a message of the built-in chat answers, and what it says as a comment.</summary>
internal static class WebReader
{
    private const string StoryState = """
        SELECT locked_at AS LockedAt, taken_down_at AS TakenDownAt,
               EXISTS (SELECT 1 FROM comment c WHERE c.story_id = s.id AND c.number = @Number) AS HasNumber
        FROM story s WHERE s.id = @Story
        """;

    private const string ParentOf = "SELECT parent FROM comment WHERE story_id = @Story AND number = @Number";

    /// <summary>Finds what a message answers: a card's story, a comment of it, another message, or nothing.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="channel">Where it is written.</param>
    /// <param name="text">Cleaned.</param>
    /// <param name="answered">The message it answers; null for none.</param>
    public static async Task<WebReplyTarget> FindAsync(
        DbConnection connection,
        ChannelId channel,
        string text,
        long? answered
    )
    {
        if (answered is not { } replyTo)
        {
            return new WebReplyTarget(null, 0, text, null);
        }

        var message = await WebMessages.FindAsync(connection, channel, replyTo);
        if (message is null)
        {
            return Refuse(422, "replyTo: there is no such message in this channel.");
        }

        if (message.IsDeleted)
        {
            return Refuse(409, "The message you answer was deleted. Your text was not posted; answer another one.");
        }

        if (message is { Author: null, Story: null })
        {
            return new WebReplyTarget(null, 0, text, await StoriesToChooseAsync(connection, message));
        }

        if (message.Story is not { } story || (message.Author is not null && message.Number is null))
        {
            return new WebReplyTarget(null, 0, text, null);
        }

        var prefix = message.Number is null ? ReplyPrefix.Find(text) : null;
        var quoted = message.Number is null && prefix is null ? ReplyPrefix.FindPermalink(text) : null;
        var named = prefix?.Number ?? (quoted is { } link && link.Story == story.Value ? link.Number : null);
        var state = await StateAsync(connection, story, named);
        if (Closed(state) is { } closed)
        {
            return new WebReplyTarget(null, 0, "", closed);
        }

        // The number is taken out of the text; a quoted link stays, because it leads somewhere.
        return named is { } number && state.HasNumber != 0
            ? new WebReplyTarget(story, number, prefix?.Text ?? text, null)
            : new WebReplyTarget(story, message.Number ?? 0, text, null);
    }

    /// <returns>Why a story takes no comments; null where it does.</returns>
    public static async Task<WebWriteOutcome.Refused?> ClosedAsync(DbConnection connection, StoryId story) =>
        Closed(await StateAsync(connection, story, null));

    /// <summary>The text a comment keeps: without the number it answers, also after an edit.</summary>
    public static async Task<string> CommentOfAsync(DbConnection connection, WebMessage message, string text) =>
        message is { Number: { } number, Story: { } story }
        && ReplyPrefix.Find(text) is { } prefix
        && prefix.Number
            == await connection.ExecuteScalarAsync<long>(ParentOf, new { Story = story.Value, Number = number })
            ? prefix.Text
            : text;

    private static Task<StoryRow> StateAsync(DbConnection connection, StoryId story, int? number) =>
        connection.QuerySingleAsync<StoryRow>(StoryState, new { Story = story.Value, Number = number ?? 0 });

    private static WebWriteOutcome.Refused? Closed(StoryRow story) =>
        story switch
        {
            { TakenDownAt: not null } => new WebWriteOutcome.Refused(
                409,
                "This story was taken down, so it takes no more comments. Your text was not posted."
            ),
            { LockedAt: not null } => new WebWriteOutcome.Refused(
                409,
                "A moderator has closed this discussion. Your text was not posted."
            ),
            _ => null,
        };

    private static async Task<WebWriteOutcome> StoriesToChooseAsync(DbConnection connection, WebMessage heading)
    {
        const string Near = """
            SELECT s.headline FROM channel_story cs JOIN story s ON s.id = cs.story_id
            WHERE cs.channel_id = @Channel AND cs.state = 'carded' AND s.taken_down_at IS NULL
            ORDER BY cs.at DESC LIMIT 5
            """;
        var headlines = await connection.QueryAsync<string>(Near, new { Channel = heading.Channel.Value });
        var list = string.Concat(headlines.Select(headline => $"\n- {Core.Text.MarkdownEscape.Line(headline)}"));
        return new WebWriteOutcome.Private(
            $"A digest is not one story, so nothing was posted. Reply to a story's card instead:{list}",
            []
        );
    }

    private static WebReplyTarget Refuse(int status, string detail) =>
        new(null, 0, "", new WebWriteOutcome.Refused(status, detail));

    private sealed class StoryRow
    {
        public long? LockedAt { get; init; }
        public long? TakenDownAt { get; init; }
        public required long HasNumber { get; init; }
    }
}

/// <summary>What a message answers.</summary>
/// <param name="Story">The story it becomes a comment of; null for none.</param>
/// <param name="Parent">The comment it answers; 0 for the story.</param>
/// <param name="Text">What the comment says.</param>
/// <param name="Answer">What its writer is told instead of it being posted; null where it is posted.</param>
internal sealed record WebReplyTarget(StoryId? Story, int Parent, string Text, WebWriteOutcome? Answer);
