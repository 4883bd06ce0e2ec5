using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Chat.Discord;

/// <summary>What a message of Discord is to us.</summary>
/// <param name="Story">The story of the card, comment or thread; null for none.</param>
/// <param name="Comment">The comment's number; null where it is none.</param>
/// <param name="Parent">The comment it answers; 0 for the story.</param>
/// <param name="IsCard">Whether it is the story's card.</param>
/// <param name="IsCopy">Whether it is our copy of a comment written elsewhere.</param>
/// <param name="IsHidden">Whether a moderator hid the comment.</param>
/// <param name="Headline">The story's.</param>
/// <param name="Slug">The story's.</param>
internal sealed record DiscordTarget(
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
    public static readonly DiscordTarget Nothing = new(Story: null);

    private const string DiscussPrefix = "discuss:";

    // A button sits at most this deep: container, section or row, button.
    private const int MaxDepth = 4;

    private const string OwnComment = """
        SELECT c.story_id AS Story, c.number, c.parent, c.state FROM comment c JOIN channel h ON h.id = c.channel_id
        WHERE h.workspace_id = @Workspace AND c.message_id = @Message
        """;

    private const string OwnPost = """
        SELECT p.subject FROM post p JOIN channel h ON h.id = p.channel_id
        WHERE h.workspace_id = @Workspace AND p.message_id = @Message AND p.operation = 'create' LIMIT 1
        """;

    private const string Copied = """
        SELECT c.story_id AS Story, c.number, c.parent, c.state FROM comment c JOIN story s ON s.id = c.story_id
        WHERE c.id = @id AND s.community_id = @Community
        """;

    private const string ThreadStory = """
        SELECT t.story_id FROM thread t JOIN channel h ON h.id = t.channel_id
        WHERE h.workspace_id = @Workspace AND t.external_id = @Thread
        """;

    private const string StoryText = """
        SELECT headline, slug FROM story WHERE id = @id AND community_id = @Community AND taken_down_at IS NULL
        """;

    public static async Task<DiscordTarget> FindAsync(
        SqliteConnection connection,
        ChatWorkspace workspace,
        Message message
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

    private static async Task<DiscordTarget> LookAsync(
        SqliteConnection connection,
        ChatWorkspace workspace,
        Message message
    )
    {
        var key = new { Workspace = workspace.Id, Message = message.Id.ToString() };
        if (await connection.QueryFirstOrDefaultAsync<CommentKey>(OwnComment, key) is { } own)
        {
            return new DiscordTarget(own.Story, own.Number, own.Parent, IsHidden: own.IsHidden);
        }

        switch ((await connection.ExecuteScalarAsync<string?>(OwnPost, key))?.Split(':'))
        {
            case ["story", var story]:
                return new DiscordTarget(long.Parse(story, CultureInfo.InvariantCulture), IsCard: true);
            case ["comment", var comment]:
                var copied = await connection.QueryFirstOrDefaultAsync<CommentKey>(
                    Copied,
                    new { id = long.Parse(comment, CultureInfo.InvariantCulture), workspace.Community }
                );
                return copied is null
                    ? Nothing
                    : new DiscordTarget(
                        copied.Story,
                        copied.Number,
                        copied.Parent,
                        IsCopy: true,
                        IsHidden: copied.IsHidden
                    );
            default:
                break;
        }

        // A card that was sent a moment ago may not be noted yet; its button says whose it is.
        if (message.ApplicationId is not null && Discussed(message.Components, 0) is { } discussed)
        {
            return new DiscordTarget(discussed, IsCard: true);
        }

        return new DiscordTarget(
            await connection.ExecuteScalarAsync<long?>(
                ThreadStory,
                new { key.Workspace, Thread = message.ChannelId.ToString() }
            )
        );
    }

    private static long? Discussed(IReadOnlyList<Component>? components, int depth)
    {
        if (depth > MaxDepth)
        {
            return null;
        }

        foreach (var component in components ?? [])
        {
            var story =
                StoryOf(component.CustomId)
                ?? StoryOf(component.Accessory?.CustomId)
                ?? Discussed(component.Components, depth + 1);
            if (story is not null)
            {
                return story;
            }
        }

        return null;
    }

    /// <summary>The story a *Discuss* button belongs to; null for another button.</summary>
    public static long? StoryOf(string? customId) =>
        customId?.StartsWith(DiscussPrefix, StringComparison.Ordinal) == true
        && long.TryParse(customId.Split(':')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var story)
            ? story
            : null;

    private sealed class CommentKey
    {
        public required long Story { get; init; }
        public required long Number { get; init; }
        public required long Parent { get; init; }
        public required string State { get; init; }
        public bool IsHidden => State == "hidden";
    }

    private sealed class StoryName
    {
        public required string Headline { get; init; }
        public required string Slug { get; init; }
    }
}
