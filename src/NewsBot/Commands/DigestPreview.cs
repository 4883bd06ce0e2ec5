using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>The digest a channel would get now, as text.</summary>
internal static class DigestPreview
{
    // A digest is longer only after days away, and then its end is not what a preview is for.
    private const int MostLines = 40;

    // The order of "top": what more outlets report and more people discuss stands first.
    private const string Waiting = """
        SELECT s.id, s.headline, s.slug, s.comment_count AS Comments,
               (SELECT COUNT(DISTINCT source_id) FROM story_entry WHERE story_id = s.id) AS Reports,
               COALESCE((SELECT name FROM source WHERE id =
                   (SELECT source_id FROM story_entry WHERE story_id = s.id AND entry_id = s.lead_entry_id)), '') AS Source
        FROM channel_story w JOIN story s ON s.id = w.story_id
        WHERE w.channel_id = @Id AND w.state = 'waiting' AND s.taken_down_at IS NULL AND s.merged_into IS NULL
        ORDER BY 3 * Reports + Comments DESC, s.published_at DESC
        """;

    public static async Task<string> OfAsync(SqliteConnection connection, ChannelRow channel, DateTimeOffset now)
    {
        var stories = (await connection.QueryAsync<WaitingRow>(Waiting, new { channel.Id })).AsList();
        var name = $"#{MarkdownEscape.Line(channel.Name)}";
        var next = channel.NextDigestAt is { } at ? $" The next one is due {Answers.Age(at, now)}." : "";
        if (stories.Count == 0)
        {
            var quiet =
                channel.QuietDay == "say"
                    ? "The digest would say that it is a quiet day."
                    : "No digest would be posted.";
            return $"Nothing waits for the digest of {name}. {quiet}{next}";
        }

        var cards = channel.Layout == "compact" ? 0 : (int)channel.DigestCards;
        var lines = stories.Select(
            (story, place) =>
                $"- {(place < cards ? "card: " : "")}{Answers.StoryLink(story.Id, story.Slug, story.Headline)} · {MarkdownEscape.Line(story.Source, 60)}"
        );
        return $"The digest of {name} would hold {LengthOfTime.Count(stories.Count, "story", "stories")}.{next}\n"
            + Answers.Lines([.. lines], MostLines);
    }

    private sealed class WaitingRow
    {
        public required long Id { get; init; }
        public required string Headline { get; init; }
        public required string Slug { get; init; }
        public required long Comments { get; init; }
        public required long Reports { get; init; }
        public required string Source { get; init; }
    }
}
