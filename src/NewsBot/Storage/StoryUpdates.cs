using System.Data.Common;
using Dapper;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Brings stories up to date when their leading entry changed at the source.</summary>
internal static class StoryUpdates
{
    private const string Led = """
        SELECT s.id, so.name AS Source, so.excerpt_chars AS ExcerptChars FROM story s
        JOIN story_entry se ON se.story_id = s.id AND se.entry_id = s.lead_entry_id
        JOIN source so ON so.id = se.source_id
        WHERE s.lead_entry_id = @Entry AND s.taken_down_at IS NULL
        """;

    private const string Change = """
        UPDATE story SET
            headline = @Headline, url = @Url, updated_at = @Now, revision = revision + 1, correction = @Correction,
            corrected_at = @Now,
            summary = COALESCE(@Summary, summary), summary_text = COALESCE(@SummaryText, summary_text),
            summary_method = COALESCE(@Method, summary_method)
        WHERE id = @Id
        """;

    public static async Task ApplyAsync(DbConnection connection, long entryId, IncomingEntry entry, DateTimeOffset now)
    {
        if (entry.Change is not ChangeKind.Substance || entry.Entry.Link is null)
        {
            return;
        }

        var stories = await connection.QueryAsync<StoryRow>(Led, new { Entry = entryId });
        foreach (var story in stories.AsList())
        {
            var headline = TitleKey.WithoutSite(entry.Entry.Title);
            var first = await StoryVersions.KeepAsync(connection, story.Id);
            var sentences = StorySummary.Within(entry.Summary, (int)story.ExcerptChars);
            await connection.ExecuteAsync(
                Change,
                new
                {
                    story.Id,
                    Headline = headline,
                    Url = entry.Entry.Link.AbsoluteUri,
                    Now = now.Ms(),
                    Correction = headline == first
                        ? $"{story.Source} changed its report."
                        : $"{story.Source} first wrote: “{first}”.",
                    Summary = sentences.Count == 0 ? null : StorySummary.Write(sentences, entryId),
                    SummaryText = sentences.Count == 0 ? null : StorySummary.Text(sentences),
                    Method = sentences.Count == 0 ? null : entry.Summary.Method,
                }
            );
            await ShowAsync(connection, new StoryId(story.Id), now);
        }
    }

    // Wherever it stands: on its cards, on those that lead to it, and in the lists of digests.
    private static async Task ShowAsync(DbConnection connection, StoryId story, DateTimeOffset now)
    {
        foreach (var told in (await MergedStories.LosersAsync(connection, story)).Prepend(story))
        {
            await StoryCards.EditAsync(connection, told, now);
        }

        await DigestQuotes.RefreshHeadlineAsync(connection, story, now);
    }

    private sealed class StoryRow
    {
        public required long Id { get; init; }
        public required string Source { get; init; }
        public required long ExcerptChars { get; init; }
    }
}
