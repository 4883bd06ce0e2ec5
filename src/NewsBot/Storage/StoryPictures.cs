using System.Data.Common;
using Dapper;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Keeps what pictures the reports of a story offer, and chooses the one it shows.</summary>
internal static class StoryPictures
{
    // A story of hundreds of reports is not short of pictures.
    private const int MaxCandidates = 60;

    // So many cards are brought up to date when a picture turns out to be an outlet's placeholder.
    private const int MaxCorrected = 10;

    private const string Keep = """
        INSERT INTO entry_picture (entry_id, position, url, alt, worth, kept_at)
        VALUES (@Entry, @Position, @Url, @Alt, @Worth, @Now)
        ON CONFLICT (entry_id, position) DO NOTHING
        """;

    // The same picture beside other stories of the same source: whether it is three or three hundred is all one.
    private const string Candidates = """
        SELECT ep.url, ep.alt, ep.worth, CASE WHEN se.entry_id = s.lead_entry_id THEN 1 ELSE 0 END AS IsLead,
               p.width, p.height, p.flaw, p.attempts, p.next_try_at AS NextTryAt, p.fetched_at AS FetchedAt,
               CASE WHEN p.id IS NULL THEN 0 ELSE 1 END AS IsKnown,
               (SELECT COUNT(*) FROM (
                    SELECT DISTINCT o.story_id FROM entry_picture q
                    JOIN story_entry o ON o.entry_id = q.entry_id AND o.source_id = se.source_id
                    WHERE q.url = ep.url AND o.story_id <> s.id LIMIT @Many) other) AS OtherStories
        FROM story s JOIN story_entry se ON se.story_id = s.id JOIN entry_picture ep ON ep.entry_id = se.entry_id
        LEFT JOIN picture p ON p.source_url = ep.url
        WHERE s.id = @Story
        ORDER BY IsLead DESC, ep.entry_id, ep.position LIMIT @Limit
        """;

    private const string Add = """
        INSERT INTO picture (source_url, next_try_at) VALUES (@Url, @Now)
        ON CONFLICT (source_url) DO UPDATE SET source_url = excluded.source_url
        RETURNING id
        """;

    private const string Show = """
        UPDATE story SET picture_id = @Picture, picture_alt = @Alt, picture_tries = picture_tries + @Tries
        WHERE id = @Story AND picture_id IS DISTINCT FROM @Picture
        """;

    private const string Shown = "SELECT picture_id AS Picture, picture_tries AS Tries FROM story WHERE id = @Story";

    private const string ShowingPlaceholder = """
        SELECT s.id FROM entry_picture ep
        JOIN story_entry se ON se.entry_id = ep.entry_id AND se.source_id = @Source
        JOIN story s ON s.id = se.story_id
        JOIN picture p ON p.id = s.picture_id AND p.source_url = ep.url
        WHERE ep.url = @Url AND s.id <> @Story
          AND (SELECT COUNT(*) FROM (
                SELECT DISTINCT o.story_id FROM entry_picture q
                JOIN story_entry o ON o.entry_id = q.entry_id AND o.source_id = @Source
                WHERE q.url = @Url LIMIT @Many) every) >= @Many
        ORDER BY s.id DESC LIMIT @Limit
        """;

    /// <summary>Keeps what an entry offers.</summary>
    public static async Task KeepAsync(
        DbConnection connection,
        long entry,
        IReadOnlyList<RankedPicture> pictures,
        DateTimeOffset now
    )
    {
        for (var at = 0; at < pictures.Count; at++)
        {
            await connection.ExecuteAsync(
                Keep,
                new
                {
                    Entry = entry,
                    Position = at,
                    Url = pictures[at].Url.AbsoluteUri,
                    pictures[at].Alt,
                    pictures[at].Worth,
                    Now = now.Ms(),
                }
            );
        }
    }

    /// <summary>Gives a story that shows none the best picture its reports offer; one that shows a picture keeps it.</summary>
    public static async Task BeginAsync(DbConnection connection, StoryId story, DateTimeOffset now)
    {
        if (await connection.QueryFirstAsync<ShownRow>(Shown, new { Story = story.Value }) is { Picture: null })
        {
            await ChooseAsync(connection, story, now);
        }
    }

    /// <summary>Chooses again, because the picture that is shown cannot be shown.</summary>
    /// <returns>True where another one, or none, is shown now.</returns>
    public static async Task<bool> ChooseAsync(DbConnection connection, StoryId story, DateTimeOffset now)
    {
        var shown = await connection.QueryFirstAsync<ShownRow>(Shown, new { Story = story.Value });
        var rows = await connection.QueryAsync<CandidateRow>(
            Candidates,
            new
            {
                Story = story.Value,
                Many = PicturePick.PlaceholderStories,
                Limit = MaxCandidates,
            }
        );
        // What is here already costs nothing; only what has to be fetched is counted.
        var best = PicturePick.Best(
            rows.Where(row => row.IsKnown != 0 || shown.Tries < PicturePick.MaxTriesOf(row.IsLead != 0))
                .Select(row => row.ToCandidate())
        );
        long? picture = best is null
            ? null
            : await connection.ExecuteScalarAsync<long>(Add, new { Url = best.Ranked.Url.AbsoluteUri, Now = now.Ms() });
        return await connection.ExecuteAsync(
                Show,
                new
                {
                    Story = story.Value,
                    Picture = picture,
                    best?.Ranked.Alt,
                    Tries = best is null ? 0 : 1,
                }
            ) > 0;
    }

    /// <summary>Looks whether a source puts a picture of this story beside everything, and then shows it nowhere.</summary>
    public static async Task LearnAsync(
        DbConnection connection,
        StoryId story,
        long source,
        IReadOnlyList<RankedPicture> pictures,
        DateTimeOffset now
    )
    {
        foreach (var picture in pictures)
        {
            var showing = await connection.QueryAsync<long>(
                ShowingPlaceholder,
                new
                {
                    Source = source,
                    Url = picture.Url.AbsoluteUri,
                    Story = story.Value,
                    Many = PicturePick.PlaceholderStories,
                    Limit = MaxCorrected,
                }
            );
            foreach (var other in showing.AsList().Select(id => new StoryId(id)))
            {
                if (await ChooseAsync(connection, other, now))
                {
                    await StoryCards.EditAsync(connection, other, now);
                }
            }
        }
    }

    private sealed class ShownRow
    {
        public long? Picture { get; init; }
        public required long Tries { get; init; }
    }

    private sealed class CandidateRow
    {
        public required string Url { get; init; }
        public string? Alt { get; init; }
        public required long Worth { get; init; }
        public required long IsLead { get; init; }
        public long? Width { get; init; }
        public long? Height { get; init; }
        public string? Flaw { get; init; }
        public long? Attempts { get; init; }
        public long? NextTryAt { get; init; }
        public long? FetchedAt { get; init; }
        public required long IsKnown { get; init; }
        public required long OtherStories { get; init; }

        public PictureCandidate ToCandidate()
        {
            var isFailing = IsKnown != 0 && FetchedAt is null && Attempts > 0;
            return new PictureCandidate(
                new RankedPicture(new Uri(Url), Alt, (int)Worth),
                IsLead != 0,
                (int)OtherStories,
                new PictureSize((int?)Width, (int?)Height),
                Enum.TryParse<PictureFlaw>(Flaw, out var flaw) ? flaw : null,
                isFailing,
                isFailing && NextTryAt is null
            );
        }
    }
}
