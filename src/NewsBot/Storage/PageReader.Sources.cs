using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    private const int MostLatest = 12;

    // Whoever may read a story of it, or the channel it comes to, may know the source. What is read with a login, or by a
    // key in its address, is for those who see all.
    private const string SelectSourceCard = $"""
        SELECT src.id AS Id, src.name AS Name, src.category AS Category, src.licence AS Licence, src.feed_id AS Feed,
               f.url AS Url, f.site_url AS SiteUrl, f.recipe AS Recipe,
               src.paused_at AS PausedAt, src.paused_by AS PausedBy, src.quiet AS Quiet,
               f.format AS Format, f.state AS State, f.failures AS Failures, f.last_error AS LastError,
               f.last_success_at AS LastSuccessAt, f.last_polled_at AS LastPolledAt, f.next_poll_at AS NextPollAt,
               f.usual_entries AS UsualEntries, f.last_entries AS LastEntries, f.few_in_row AS FewInRow,
               EXISTS (SELECT 1 FROM feed_credential k WHERE k.feed_id = src.feed_id) AS HasLogin
        FROM source src JOIN feed f ON f.id = src.feed_id
        WHERE src.id = @Id AND src.community_id = @Community AND (
            @Sight >= 2
            OR EXISTS (SELECT 1 FROM subscription u JOIN open_channel ch ON ch.id = u.channel_id
                       WHERE u.source_id = src.id AND {Sights.Channel})
            OR EXISTS (SELECT 1 FROM story_entry se JOIN story s ON s.id = se.story_id
                       WHERE se.source_id = src.id AND s.taken_down_at IS NULL AND {IsPosted}))
        """;

    private const string SelectSourceChannels = $"""
        SELECT ch.name FROM subscription u JOIN open_channel ch ON ch.id = u.channel_id
        WHERE u.source_id = @Id AND {Sights.Channel} ORDER BY ch.name LIMIT 200
        """;

    private const string SelectSourceStories = $"""
        SELECT s.id AS Id, s.slug AS Slug, s.headline AS Headline, s.published_at AS PublishedAt
        FROM story s
        WHERE s.id IN (SELECT se.story_id FROM story_entry se WHERE se.source_id = @Id)
          AND s.taken_down_at IS NULL AND s.merged_into IS NULL AND {IsPosted}
        ORDER BY s.published_at DESC, s.id DESC LIMIT @Limit
        """;

    /// <summary>What is known about a source of this server's community.</summary>
    /// <returns>Null where there is none that the viewer may know of.</returns>
    public Task<SourceView?> SourceAsync(
        long id,
        Viewer viewer,
        bool isAdmin,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<SourceView?>(
            async connection =>
            {
                var args = new
                {
                    Id = id,
                    Community,
                    Sight = SightOf(viewer),
                    Limit = MostLatest,
                };
                var found = await ReadAsync<SourceCardRow>(connection, SelectSourceCard, args, cancellationToken);
                if (found is not [var card] || (card.IsPrivate && args.Sight < (int)Sight.Chat))
                {
                    return null;
                }

                var numbers = await SourceCards.ReadAsync(connection, id, card.Feed, now, cancellationToken);
                var stories = await ReadAsync<SourceStoryRow>(connection, SelectSourceStories, args, cancellationToken);
                return new SourceView
                {
                    Now = now,
                    Id = id,
                    Name = card.Name,
                    Category = card.Category,
                    Licence = card.Licence,
                    SiteUrl = card.SiteUrl,
                    // An address may hold a key, and selectors are for those who can change them.
                    FeedUrl = card.IsPrivate && !isAdmin ? null : FeedAddress.Bare(card.Url),
                    Recipe = isAdmin ? card.Recipe : null,
                    Status = StatusReport.ToStatus(card.ToFacts(numbers.Days), now),
                    Numbers = numbers,
                    Channels = await ReadAsync<string>(connection, SelectSourceChannels, args, cancellationToken),
                    Stories = [.. stories.Select(row => row.ToLine())],
                };
            },
            cancellationToken
        );

    private sealed class SourceCardRow
    {
        public required long Id { get; init; }
        public required string Name { get; init; }
        public required long Feed { get; init; }
        public required string Url { get; init; }
        public required string State { get; init; }
        public required long Failures { get; init; }
        public required long NextPollAt { get; init; }
        public required long Quiet { get; init; }
        public required long HasLogin { get; init; }
        public required double UsualEntries { get; init; }
        public required long LastEntries { get; init; }
        public required long FewInRow { get; init; }
        public string? Category { get; init; }
        public string? Licence { get; init; }
        public string? SiteUrl { get; init; }
        public string? Recipe { get; init; }
        public string? Format { get; init; }
        public string? LastError { get; init; }
        public string? PausedBy { get; init; }
        public long? PausedAt { get; init; }
        public long? LastSuccessAt { get; init; }
        public long? LastPolledAt { get; init; }

        public bool IsPrivate => HasLogin == 1 || FeedAddress.IsPrivate(Url, Recipe);

        public SourceFacts ToFacts(IReadOnlyList<int> days) =>
            new(
                Name,
                Format,
                State == "retired",
                (int)Failures,
                LastError,
                Quiet == 1,
                Instant(PausedAt),
                PausedBy,
                Instant(LastPolledAt),
                Instant(LastSuccessAt),
                Instant(NextPollAt),
                days
            )
            {
                Few = Thin(FewInRow, LastEntries, UsualEntries),
            };
    }

    private sealed class SourceStoryRow
    {
        public required long Id { get; init; }
        public required string Slug { get; init; }
        public required string Headline { get; init; }
        public required long PublishedAt { get; init; }

        public SourceStory ToLine() => new(Paths.Story(Id, Slug), Headline, Instant(PublishedAt));
    }
}
