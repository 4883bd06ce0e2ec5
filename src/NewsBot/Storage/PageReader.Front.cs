using System.Data.Common;
using System.Text.Json;
using NewsBot.Core.Text;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    /// <summary>Stories on one page of a list: about two screens on a desk.</summary>
    public const int LinesPerPage = 30;

    private const int MostDiscussed = 5;

    // Enough to find the liveliest; a busier day has one among its newest two thousand as well.
    private const int CommentsLookedAt = 2_000;
    private const int MaxQuotedCharacters = 280;

    private const string SelectLatest = $"""
        {SelectLines}
        WHERE s.community_id = @Community AND s.taken_down_at IS NULL AND s.merged_into IS NULL
          AND s.published_at <= @At AND (s.published_at < @At OR s.id < @Id) AND {IsPosted}
        ORDER BY s.published_at DESC, s.id DESC LIMIT @Limit
        """;

    private const string SelectLatestInChannel = $"""
        {SelectLines}
        WHERE s.community_id = @Community AND s.taken_down_at IS NULL AND s.merged_into IS NULL
          AND s.published_at <= @At AND (s.published_at < @At OR s.id < @Id) AND {IsPosted}
          AND EXISTS (SELECT 1 FROM channel_story f JOIN open_channel ch ON ch.id = f.channel_id
                      WHERE f.story_id = s.id AND f.state <> 'held' AND ch.name = @Channel AND {Sights.Channel})
        ORDER BY s.published_at DESC, s.id DESC LIMIT @Limit
        """;

    // Chosen first and looked at then: a busy week has thousands.
    private const string SelectDiscussed = $"""
        {SelectLines}
        WHERE s.id IN (
            SELECT s.id FROM story s
            WHERE s.community_id = @Community AND s.taken_down_at IS NULL AND s.merged_into IS NULL
              AND s.published_at >= @Since AND s.comment_count > 0 AND {IsPosted}
            ORDER BY s.comment_count DESC, s.id DESC LIMIT @Limit)
        ORDER BY s.comment_count DESC, s.id DESC
        """;

    // The plus keeps the database from reading all of the community's stories instead of the day's comments.
    private const string SelectRecentComments = $"""
        SELECT c.id AS Id, c.story_id AS Story, c.number AS Number, c.parent AS Parent, c.reactions AS Reactions,
               length(c.body) AS Length, CASE WHEN {IsShown} THEN 1 ELSE 0 END AS IsShown
        FROM comment c JOIN member m ON m.id = c.member_id JOIN story s ON s.id = c.story_id
        WHERE c.accepted_at >= @Since AND +s.community_id = @Community AND s.taken_down_at IS NULL AND {IsPosted}
        ORDER BY c.accepted_at DESC LIMIT @Limit
        """;

    private const string SelectQuoted = """
        SELECT s.id AS Story, s.headline AS Headline, c.number AS Number, COALESCE(m.pseudonym, m.name) AS Author, c.body AS Body
        FROM comment c JOIN story s ON s.id = c.story_id JOIN member m ON m.id = c.member_id
        WHERE c.id = @Id
        """;

    private const string SelectSourceFacts = """
        SELECT (SELECT COUNT(*) FROM source WHERE community_id = @Community) AS Sources,
               (SELECT MAX(created_at) FROM story WHERE community_id = @Community) AS LastStoryAt
        """;

    /// <summary>The newest stories of one page.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="channel">Only stories of channels with this name; null for all.</param>
    /// <param name="before">Where the page before ended; null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<IReadOnlyList<StoryLine>> LatestAsync(
        Viewer viewer,
        string? channel,
        StoryCursor? before,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            connection => LatestAsync(connection, viewer, channel, before, limit, Community, cancellationToken),
            cancellationToken
        );

    public Task<FrontView> FrontAsync(
        Viewer viewer,
        string? channel,
        StoryCursor? before,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
            {
                var lines = await LatestAsync(
                    connection,
                    viewer,
                    channel,
                    before,
                    LinesPerPage + 1,
                    Community,
                    cancellationToken
                );
                var shown = lines.Take(LinesPerPage).ToList();
                var lead = before is null ? FrontPage.Lead(shown, now) : null;
                var facts = (
                    await ReadAsync<SourceFactsRow>(connection, SelectSourceFacts, new { Community }, cancellationToken)
                )[0];
                return new FrontView
                {
                    Now = now,
                    Channels = await ChannelsAsync(connection, viewer, cancellationToken),
                    Channel = channel,
                    Lead = lead,
                    Days = FrontPage.Days(shown.Where(line => line != lead), now),
                    Older = lines.Count > LinesPerPage ? StoryCursor.After(shown[^1]).ToString() : null,
                    IsOlder = before is not null,
                    MostDiscussed = await DiscussedAsync(connection, viewer, now, cancellationToken),
                    CommentOfTheDay = await CommentOfTheDayAsync(connection, viewer, now, cancellationToken),
                    Sources = (int)facts.Sources,
                    LastStoryAt = Instant(facts.LastStoryAt),
                };
            },
            cancellationToken
        );

    private static async Task<IReadOnlyList<StoryLine>> LatestAsync(
        DbConnection connection,
        Viewer viewer,
        string? channel,
        StoryCursor? before,
        int limit,
        long community,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync<LineRow>(
            connection,
            channel is null ? SelectLatest : SelectLatestInChannel,
            new
            {
                Community = community,
                Sight = SightOf(viewer, community),
                Channel = channel,
                At = before?.PublishedAt ?? long.MaxValue,
                Id = before?.Id ?? long.MaxValue,
                Limit = limit,
            },
            cancellationToken
        );
        return await LinesAsync(connection, rows, viewer.In(community), cancellationToken);
    }

    private static async Task<IReadOnlyList<StoryLine>> DiscussedAsync(
        DbConnection connection,
        Viewer viewer,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync<LineRow>(
            connection,
            SelectDiscussed,
            new
            {
                Community,
                Sight = SightOf(viewer),
                Since = now.AddDays(-7).ToUnixTimeMilliseconds(),
                Limit = MostDiscussed,
            },
            cancellationToken
        );
        return await LinesAsync(
            connection,
            [.. rows.Where(row => row.Comments > 0).OrderByDescending(row => row.Comments)],
            viewer.In(Community),
            cancellationToken
        );
    }

    private static async Task<QuotedComment?> CommentOfTheDayAsync(
        DbConnection connection,
        Viewer viewer,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var recent = await ReadAsync<RecentRow>(
            connection,
            SelectRecentComments,
            new
            {
                Community,
                Sight = SightOf(viewer),
                Since = now.AddDays(-1).ToUnixTimeMilliseconds(),
                Limit = CommentsLookedAt,
            },
            cancellationToken
        );
        var answers = recent.CountBy(row => (row.Story, row.Parent)).ToDictionary();
        var best = recent
            .Where(row => row.IsShown == 1 && row.Length <= MaxQuotedCharacters)
            .Select(row =>
                (
                    Row: row,
                    Score: answers.GetValueOrDefault((row.Story, row.Number))
                        + Reactions(row.Reactions).Sum(r => r.Count)
                )
            )
            .Where(candidate => candidate.Score > 0)
            .OrderByDescending(candidate => candidate.Score)
            .ThenBy(candidate => candidate.Row.Id)
            .FirstOrDefault();
        if (best.Row is null)
        {
            return null;
        }

        var row = (await ReadAsync<QuotedRow>(connection, SelectQuoted, new { best.Row.Id }, cancellationToken))[0];
        return new QuotedComment(row.Story, row.Headline, (int)row.Number, row.Author, MarkdownHtml.Render(row.Body));
    }

    private static IReadOnlyList<ReactionView> Reactions(string json)
    {
        if (json.Length <= 2)
        {
            return [];
        }

        try
        {
            var reactions = JsonSerializer.Deserialize<List<ReactionView>>(json, JsonSerializerOptions.Web) ?? [];
            return [.. reactions.Where(reaction => reaction.Count > 0).OrderByDescending(reaction => reaction.Count)];
        }
        catch (JsonException)
        {
            // Reactions are an ornament: a page without them is better than no page.
            return [];
        }
    }

    private sealed class RecentRow
    {
        public required long Id { get; init; }
        public required long Story { get; init; }
        public required long Number { get; init; }
        public required long Parent { get; init; }
        public required string Reactions { get; init; }
        public required long Length { get; init; }
        public required long IsShown { get; init; }
    }

    private sealed class QuotedRow
    {
        public required long Story { get; init; }
        public required string Headline { get; init; }
        public required long Number { get; init; }
        public required string Author { get; init; }
        public required string Body { get; init; }
    }

    private sealed class SourceFactsRow
    {
        public required long Sources { get; init; }
        public long? LastStoryAt { get; init; }
    }
}
