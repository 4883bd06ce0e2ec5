using System.Data.Common;
using Dapper;
using NewsBot.Core.Digests;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Reads the stories among which a digest chooses.</summary>
internal static class DigestCandidates
{
    // Far more than a digest shows: the editor chooses among the newest.
    private const int MaxCandidates = 500;

    // What found no place in the digests of so many days, nobody misses.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(3);

    private const string Load = """
        SELECT s.id, s.headline, s.url, s.published_at AS PublishedAt, s.picture_id AS PictureId, cs.state,
               lead.name AS Source, COALESCE(lead.category, '') AS Category, p.message_id AS CardMessage,
               (SELECT COUNT(*) FROM comment c
                WHERE c.story_id = s.id AND c.state = 'visible' AND c.visibility = 'public') AS Comments
        FROM channel_story cs JOIN story s ON s.id = cs.story_id
        JOIN story_entry le ON le.story_id = s.id AND le.entry_id = s.lead_entry_id
        JOIN source lead ON lead.id = le.source_id
        LEFT JOIN post p ON p.channel_id = cs.channel_id AND p.subject = 'story:' || s.id AND p.part = 0
                        AND p.operation = 'create'
        WHERE cs.channel_id = @Channel AND s.taken_down_at IS NULL AND s.merged_into IS NULL
          AND ((cs.state = 'waiting' AND cs.at > @Oldest) OR (cs.state = 'carded' AND cs.at > @Since))
          AND NOT EXISTS (SELECT 1 FROM digest_story ds JOIN digest d ON d.id = ds.digest_id
                          WHERE d.channel_id = cs.channel_id AND ds.story_id = s.id)
        ORDER BY s.id DESC LIMIT @Limit
        """;

    /// <param name="connection">Where to read.</param>
    /// <param name="channel">Whose digest.</param>
    /// <param name="last">When the last one was due; null for the first one.</param>
    /// <param name="since">Begin of the period.</param>
    /// <param name="due">When the digest is due.</param>
    public static async Task<IReadOnlyList<DigestCandidate>> LoadAsync(
        DbConnection connection,
        long channel,
        DateTimeOffset? last,
        DateTimeOffset since,
        DateTimeOffset due
    )
    {
        var rows = (
            await connection.QueryAsync<CandidateRow>(
                Load,
                new
                {
                    Channel = channel,
                    Since = since.Ms(),
                    Oldest = last is null ? 0 : Math.Min(since.Ms(), (due - LongestWait).Ms()),
                    Limit = MaxCandidates,
                }
            )
        ).AsList();
        var reports = await StoryReports.LoadAsync(connection, [.. rows.Select(row => row.Id)]);
        return [.. rows.Select(row => row.ToCandidate([.. reports[row.Id]]))];
    }

    private sealed class CandidateRow
    {
        public required long Id { get; init; }
        public required string Headline { get; init; }
        public required string Url { get; init; }
        public required long PublishedAt { get; init; }
        public long? PictureId { get; init; }
        public required string State { get; init; }
        public required string Source { get; init; }
        public required string Category { get; init; }
        public string? CardMessage { get; init; }
        public required long Comments { get; init; }

        public DigestCandidate ToCandidate(IReadOnlyList<ReportedStory> reports) =>
            new(new StoryId(Id), Headline, Url, Source, Instants.At(PublishedAt))
            {
                Outlets = Outlets.Count(reports.Select(report => report.Report)),
                Weight = reports.Select(report => report.Weight).DefaultIfEmpty(1).Max(),
                Comments = (int)Comments,
                HasPicture = PictureId is not null,
                // What the community calls the source's field says least: a paper of politics writes of sport as well.
                Topic = StoryTopic.Of(
                    [
                        .. reports
                            .SelectMany(report => report.Categories)
                            .Distinct(StringComparer.OrdinalIgnoreCase)
                            .Append(Category),
                    ],
                    Headline,
                    Url
                ),
                IsCarded = State == "carded",
                CardMessage = CardMessage,
            };
    }
}
