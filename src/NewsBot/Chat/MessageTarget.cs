using System.Data.Common;
using System.Globalization;
using Dapper;

namespace NewsBot.Chat;

/// <summary>What a message of a chat is to us.</summary>
/// <param name="Story">The story of the card, comment or thread; null for none.</param>
/// <param name="Comment">The comment's number; null where it is none.</param>
/// <param name="Parent">The comment it answers; 0 for the story.</param>
/// <param name="IsCard">Whether it is the story's card.</param>
/// <param name="IsCopy">Whether it is our copy of a comment written elsewhere.</param>
/// <param name="IsHidden">Whether a moderator hid the comment.</param>
/// <param name="Headline">The story's.</param>
/// <param name="Slug">The story's.</param>
internal sealed record MessageTarget(
    long? Story,
    long? Comment = null,
    long Parent = 0,
    bool IsCard = false,
    bool IsCopy = false,
    bool IsHidden = false,
    string Headline = "",
    string Slug = ""
)
{
    /// <summary>A message that is nothing to us.</summary>
    public static readonly MessageTarget Nothing = new(Story: null);

    /// <summary>Begins the id of the button below a story's card; the story follows.</summary>
    public const string Discuss = "discuss:";

    private const string OwnComment = """
        SELECT c.story_id AS Story, c.number, c.parent, c.state FROM comment c JOIN channel h ON h.id = c.channel_id
        WHERE h.workspace_id = @Workspace AND c.message_id = @Message
          AND (@Channel IS NULL OR h.external_id = @Channel)
        """;

    private const string OwnPost = """
        SELECT p.subject, p.channel_id AS Place FROM post p JOIN channel h ON h.id = p.channel_id
        WHERE h.workspace_id = @Workspace AND p.message_id = @Message
          AND (@Channel IS NULL OR h.external_id = @Channel) AND p.operation = 'create' LIMIT 1
        """;

    private const string Copied = """
        SELECT c.story_id AS Story, c.number, c.parent, c.state, c.channel_id <> @Place AS IsFromElsewhere
        FROM comment c JOIN story s ON s.id = c.story_id
        WHERE c.id = @id AND s.community_id = @Community
        """;

    private const string ThreadStory = """
        SELECT t.story_id FROM thread t JOIN channel h ON h.id = t.channel_id
        WHERE h.workspace_id = @Workspace AND t.external_id = @Thread
          AND (@Channel IS NULL OR h.external_id = @Channel)
        LIMIT 1
        """;

    private const string StoryText = """
        SELECT headline, slug FROM story WHERE id = @id AND community_id = @Community AND taken_down_at IS NULL
        """;

    /// <param name="connection">For reading.</param>
    /// <param name="workspace">Where the message is.</param>
    /// <param name="message">Which.</param>
    public static async Task<MessageTarget> FindAsync(
        DbConnection connection,
        ChatWorkspace workspace,
        MessageKey message
    )
    {
        var found = await LookAsync(connection, workspace, message);
        if (found.Story is not { } id)
        {
            return found;
        }

        var story = await connection.QueryFirstOrDefaultAsync<StoryName>(StoryText, new { id, workspace.Community });
        return story is null ? Nothing : found with { Headline = story.Headline, Slug = story.Slug };
    }

    private static async Task<MessageTarget> LookAsync(
        DbConnection connection,
        ChatWorkspace workspace,
        MessageKey message
    )
    {
        var key = new
        {
            Workspace = workspace.Id,
            message.Channel,
            Message = message.Id,
            message.Thread,
        };
        if (await connection.QueryFirstOrDefaultAsync<CommentKey>(OwnComment, key) is { } own)
        {
            return new MessageTarget(own.Story, own.Number, own.Parent, IsHidden: own.IsHidden);
        }

        var post = await connection.QueryFirstOrDefaultAsync<PostKey>(OwnPost, key);
        switch (post?.Subject.Split(':'))
        {
            case ["story", var story]:
                return new MessageTarget(long.Parse(story, CultureInfo.InvariantCulture), IsCard: true);
            case ["comment", var comment]:
                var copied = await connection.QueryFirstOrDefaultAsync<CommentKey>(
                    Copied,
                    new
                    {
                        id = long.Parse(comment, CultureInfo.InvariantCulture),
                        workspace.Community,
                        post!.Place,
                    }
                );
                return copied is null
                    ? Nothing
                    : new MessageTarget(
                        copied.Story,
                        copied.Number,
                        copied.Parent,
                        IsCopy: copied.IsFromElsewhere,
                        IsHidden: copied.IsHidden
                    );
            default:
                break;
        }

        // A card that was sent a moment ago may not be noted yet; its button says whose it is.
        return message.Discussed is { } discussed
            ? new MessageTarget(discussed, IsCard: true)
            : new MessageTarget(await connection.ExecuteScalarAsync<long?>(ThreadStory, key));
    }

    /// <summary>The story a *Discuss* button belongs to; null for another button.</summary>
    public static long? StoryOf(string? customId) =>
        customId?.StartsWith(Discuss, StringComparison.Ordinal) == true
        && long.TryParse(customId.Split(':')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var story)
            ? story
            : null;

    private sealed class CommentKey
    {
        public required long Story { get; init; }
        public required long Number { get; init; }
        public required long Parent { get; init; }
        public required string State { get; init; }
        public bool IsFromElsewhere { get; init; }
        public bool IsHidden => State == "hidden";
    }

    private sealed class PostKey
    {
        public required string Subject { get; init; }
        public required long Place { get; init; }
    }

    private sealed class StoryName
    {
        public required string Headline { get; init; }
        public required string Slug { get; init; }
    }
}

/// <summary>Names a message of a chat.</summary>
/// <param name="Channel">The platform's id of its channel, where message ids are unique only in one; null where they are in all.</param>
/// <param name="Id">The platform's id of it.</param>
/// <param name="Thread">The platform's id of the thread it stands in; null for none.</param>
/// <param name="Discussed">The story that a *Discuss* button below it belongs to, where it is a message of our own; null for none.</param>
internal sealed record MessageKey(string? Channel, string Id, string? Thread, long? Discussed);
