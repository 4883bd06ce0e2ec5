using System.Data.Common;
using System.Text.Json;
using Dapper;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    /// <summary>Reports shown on one story page; a story with more is a cluster gone wrong.</summary>
    private const int MaxReports = 60;

    // Whether a page of the story may be opened. Members of the built-in chat also see what was held, or stands nowhere yet.
    private const string IsKnown = $"""
        (@Sight >= 3
         OR EXISTS (SELECT 1 FROM channel_story cs JOIN open_channel ch ON ch.id = cs.channel_id
                    WHERE cs.story_id = s.id AND (@Sight >= 2 OR cs.state <> 'held') AND {Sights.Channel})
         OR (@Sight >= 2 AND NOT EXISTS (SELECT 1 FROM channel_story n WHERE n.story_id = s.id)))
        """;

    private const string SelectStory = $"""
        SELECT s.id AS Id, s.slug AS Slug, s.headline AS Headline, s.url AS Url, s.summary AS Summary,
               s.summary_text AS SummaryText, s.summary_method AS Method, s.published_at AS PublishedAt, s.updated_at AS UpdatedAt, s.correction AS Correction,
               s.corrected_at AS CorrectedAt, s.locked_at AS LockedAt, s.taken_down_at AS TakenDownAt, s.lead_entry_id AS Lead,
               s.merged_into AS MergedInto, s.community_id AS Community, CASE WHEN {IsKnown} THEN 1 ELSE 0 END AS IsKnown,
               p.id AS PictureId, COALESCE(s.picture_alt, p.alt) AS PictureAlt, p.width AS PictureWidth, p.height AS PictureHeight
        FROM story s LEFT JOIN picture p ON p.id = s.picture_id AND p.large IS NOT NULL
        WHERE s.id = @Id AND (
            EXISTS (SELECT 1 FROM channel_story o JOIN open_channel oc ON oc.id = o.channel_id WHERE o.story_id = s.id)
            OR (NOT EXISTS (SELECT 1 FROM channel_story o WHERE o.story_id = s.id)
                AND EXISTS (SELECT 1 FROM workspace w WHERE w.community_id = s.community_id AND w.removed_at IS NULL)))
        """;

    private const string SelectCommunity = "SELECT community_id FROM story WHERE id = @Id";

    private const string SelectReports = """
        SELECT e.id AS Entry, src.name AS Source, e.title AS Title, e.url AS Url,
               COALESCE(e.published_at, se.joined_at) AS At, src.licence AS Licence
        FROM story_entry se JOIN entry e ON e.id = se.entry_id JOIN source src ON src.id = se.source_id
        WHERE se.story_id = @Id
        ORDER BY CASE WHEN e.id = @Lead THEN 0 ELSE 1 END, COALESCE(e.published_at, se.joined_at), e.id
        LIMIT @Limit
        """;

    private const string SelectStoryChannels = $"""
        SELECT ch.id AS Id, ch.name AS Name, w.platform AS Platform
        FROM channel_story cs JOIN open_channel ch ON ch.id = cs.channel_id JOIN workspace w ON w.id = ch.workspace_id
        WHERE cs.story_id = @Id AND cs.state IN ('carded', 'listed') AND {Sights.Channel}
        ORDER BY CASE cs.state WHEN 'carded' THEN 0 ELSE 1 END, ch.id LIMIT 20
        """;

    private const string SelectLinks = $"""
        SELECT s.id AS Id, s.slug AS Slug, s.headline AS Headline, {CountShown} AS Comments
        FROM story s WHERE s.id IN (SELECT value FROM json_each(@Ids)) AND s.community_id = @Community
        """;

    /// <summary>A story without its comments.</summary>
    /// <returns>Null where there is none, or this viewer may not know of it.</returns>
    public Task<StoryView?> StoryAsync(long id, Viewer viewer, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => StoryAsync(connection, id, viewer, cancellationToken), cancellationToken);

    /// <summary>A whole story page in one go.</summary>
    /// <returns>Null where there is none, or this viewer may not know of it.</returns>
    public Task<StoryPageView?> StoryPageAsync(
        long id,
        CommentSort sort,
        int page,
        Viewer viewer,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
            {
                var story = await StoryAsync(connection, id, viewer, cancellationToken);
                if (story is null)
                {
                    return null;
                }

                var inside = viewer.In(story.Community);
                var latest = await LatestAsync(
                    connection,
                    inside,
                    null,
                    null,
                    MostDiscussed + 1,
                    story.Community,
                    cancellationToken
                );
                return new StoryPageView
                {
                    Story = story,
                    Comments = await CommentsAsync(
                        connection,
                        new CommentsAsk(id, story.Merged, sort, page, "c"),
                        inside,
                        cancellationToken
                    ),
                    Latest = [.. latest.Where(line => line.Id != id).Take(MostDiscussed)],
                    Now = now,
                };
            },
            cancellationToken
        );

    private static async Task<StoryView?> StoryAsync(
        DbConnection connection,
        long id,
        Viewer anybody,
        CancellationToken cancellationToken
    )
    {
        if (await CommunityOfAsync(connection, id, cancellationToken) is not { } community)
        {
            return null;
        }

        var viewer = anybody.In(community);
        var row = await connection.QuerySingleOrDefaultAsync<StoryRow>(
            new CommandDefinition(
                SelectStory,
                new { Id = id, Sight = (int)viewer.Sight },
                cancellationToken: cancellationToken
            )
        );
        if (row is null or { IsKnown: 0 })
        {
            return null;
        }

        var args = new
        {
            Id = id,
            Community = community,
            row.Lead,
            Sight = (int)viewer.Sight,
            Limit = MaxReports,
        };
        var reports = await ReadAsync<ReportRow>(connection, SelectReports, args, cancellationToken);
        var joins = await JoinsAsync(connection, id, community, row.MergedInto, viewer, cancellationToken);
        var channels = await ReadAsync<ChannelRow>(connection, SelectStoryChannels, args, cancellationToken);
        return row.ToView(reports, joins.Winner, joins.Losers, channels) with
        {
            Digests = await DigestsAsync(connection, id, viewer, cancellationToken),
            History = await HistoryAsync(connection, row),
        };
    }

    private static Task<long?> CommunityOfAsync(
        DbConnection connection,
        long story,
        CancellationToken cancellationToken
    ) =>
        connection.ExecuteScalarAsync<long?>(
            new CommandDefinition(SelectCommunity, new { Id = story }, cancellationToken: cancellationToken)
        );

    private static async Task<IReadOnlyDictionary<long, StoryLink>> LinksAsync(
        DbConnection connection,
        IEnumerable<long> stories,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync<LinkRow>(
            connection,
            SelectLinks,
            new
            {
                Ids = JsonSerializer.Serialize(stories.Distinct()),
                Community,
                Sight = SightOf(viewer),
            },
            cancellationToken
        );
        return rows.ToDictionary(row => row.Id, row => row.ToLink());
    }

    private sealed class StoryRow
    {
        public required long Id { get; init; }
        public required string Slug { get; init; }
        public required string Headline { get; init; }
        public required string Url { get; init; }
        public required string Summary { get; init; }
        public required string SummaryText { get; init; }
        public required string Method { get; init; }
        public required long PublishedAt { get; init; }
        public required long UpdatedAt { get; init; }
        public required long Lead { get; init; }
        public required long Community { get; init; }
        public required long IsKnown { get; init; }
        public string? Correction { get; init; }
        public long? CorrectedAt { get; init; }
        public long? LockedAt { get; init; }
        public long? TakenDownAt { get; init; }
        public long? MergedInto { get; init; }
        public long? PictureId { get; init; }
        public string? PictureAlt { get; init; }
        public long? PictureWidth { get; init; }
        public long? PictureHeight { get; init; }

        public StoryView ToView(
            IReadOnlyList<ReportRow> reportRows,
            LinkRow? winner,
            IReadOnlyList<LinkRow> joined,
            IReadOnlyList<ChannelRow> channels
        )
        {
            var reports = reportRows.Select((report, index) => report.ToView(Wording.Letter(index))).ToList();
            if (reports.Count == 0)
            {
                // The sources were removed; what was published stays readable.
                reports.Add(new ReportView(Lead, "A", Host(Url), Headline, Url, Instant(PublishedAt), null));
            }

            var letters = reports.ToDictionary(report => report.Entry, report => report.Letter);
            return new StoryView
            {
                Id = Id,
                Community = Community,
                Slug = Slug,
                Headline = Headline,
                Url = Url,
                Reports = reports,
                Summary = Sentences(letters),
                Method = Method,
                Picture = PictureId is { } picture
                    ? new PictureView(picture, PictureAlt ?? "", (int?)PictureWidth, (int?)PictureHeight)
                    : null,
                PublishedAt = Instant(PublishedAt),
                UpdatedAt = Instant(UpdatedAt),
                Correction = Correction,
                CorrectedAt = Instant(CorrectedAt),
                IsLocked = LockedAt is not null,
                IsTakenDown = TakenDownAt is not null,
                MergedInto = winner?.ToLink(),
                Merged = [.. joined.Select(other => other.ToLink())],
                Channels = [.. channels.Select(channel => channel.ToLink())],
            };
        }

        public StoryVersion Current(int number) =>
            new(number, Headline, SummaryText, Instant(CorrectedAt ?? UpdatedAt));

        private List<SentenceView> Sentences(Dictionary<long, string> letters)
        {
            try
            {
                var sentences = JsonSerializer.Deserialize<List<SentenceRow>>(Summary, JsonSerializerOptions.Web) ?? [];
                return
                [
                    .. sentences
                        .Where(sentence => sentence.Text.Length > 0)
                        .Select(sentence => new SentenceView(sentence.Text, letters.GetValueOrDefault(sentence.Entry))),
                ];
            }
            catch (JsonException)
            {
                // A page without a summary is better than no page.
                return [];
            }
        }

        private static string Host(string url) =>
            Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Host : "";
    }

    private sealed record SentenceRow(string Text, long Entry);

    private sealed class ReportRow
    {
        public required long Entry { get; init; }
        public required string Source { get; init; }
        public required string Title { get; init; }
        public required long At { get; init; }
        public string? Url { get; init; }
        public string? Licence { get; init; }

        public ReportView ToView(string letter) => new(Entry, letter, Source, Title, Url, Instant(At), Licence);
    }

    private sealed class LinkRow
    {
        public required long Id { get; init; }
        public required string Slug { get; init; }
        public required string Headline { get; init; }
        public required long Comments { get; init; }

        public StoryLink ToLink() => new(Id, Slug, Headline, (int)Comments);
    }
}
