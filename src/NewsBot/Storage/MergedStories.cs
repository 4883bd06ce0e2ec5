using System.Data.Common;
using Dapper;
using NewsBot.Chat;
using NewsBot.Core.Channels;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

/// <summary>What the card of a story says that was merged into another: where it goes on.</summary>
internal static class MergedStories
{
    // A chain of merges is followed so far; commands let none grow longer than a few.
    private const string Survivor = """
        WITH RECURSIVE way (id, steps) AS (
            SELECT merged_into, 1 FROM story WHERE id = @Story AND merged_into IS NOT NULL
            UNION ALL
            SELECT s.merged_into, w.steps + 1 FROM way w JOIN story s ON s.id = w.id
            WHERE s.merged_into IS NOT NULL AND w.steps < 10)
        SELECT s.id, s.headline, s.url, p.message_id AS Message, w.platform, w.external_id AS Workspace,
               w.url AS Home, ch.external_id AS Channel, ch.name
        FROM way JOIN story s ON s.id = way.id
        JOIN channel ch ON ch.id = @Channel JOIN workspace w ON w.id = ch.workspace_id
        LEFT JOIN post p ON p.channel_id = ch.id AND p.subject = 'story:' || s.id AND p.part = 0
                        AND p.operation = 'create' AND p.state = 'sent'
        WHERE s.taken_down_at IS NULL
        ORDER BY way.steps DESC LIMIT 1
        """;

    private const string Losers = "SELECT id FROM story WHERE merged_into = @Story";

    /// <summary>The words that lead to the surviving story, as its readers in a channel reach it.</summary>
    /// <returns>Markdown; null where the story was not merged.</returns>
    public static async Task<string?> PointerAsync(DbConnection connection, StoryId story, ChannelId channel)
    {
        var row = await connection.QueryFirstOrDefaultAsync<SurvivorRow>(
            Survivor,
            new { Story = story.Value, Channel = channel.Value }
        );
        return row is null
            ? null
            : $"This story goes on as {MarkdownEscape.Link(row.Headline, Address(row))}. What was said below this card stays here.";
    }

    /// <summary>Stories whose cards lead to this one.</summary>
    public static async Task<IReadOnlyList<StoryId>> LosersAsync(DbConnection connection, StoryId story) =>
        [.. (await connection.QueryAsync<long>(Losers, new { Story = story.Value })).Select(id => new StoryId(id))];

    // The card beside it where the channel has one, else the article.
    private static string Address(SurvivorRow row) =>
        row switch
        {
            { Platform: "web" } => Paths.ChatThread(row.Name, row.Id),
            { Message: { } message } => MessageLinks.Of(
                new MessagePlace(row.Platform, row.Workspace, row.Home, row.Channel, Thread: null),
                message
            ) ?? row.Url,
            _ => row.Url,
        };

    private sealed class SurvivorRow
    {
        public required long Id { get; init; }
        public required string Headline { get; init; }
        public required string Url { get; init; }
        public string? Message { get; init; }
        public required string Platform { get; init; }
        public required string Workspace { get; init; }
        public required string Channel { get; init; }
        public required string Name { get; init; }
        public string? Home { get; init; }
    }
}
