using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    private const int MostLatest = 12;

    // Whoever may read a story of it, or the channel it comes to, may know the source. What is read with a login, or by a
    // key in its address, is for those who see all.
    private const string SelectSourceCard = $"""
        SELECT 1 AS IsShown, {SourceColumns}
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
                var found = await ReadAsync<SourceRow>(connection, SelectSourceCard, args, cancellationToken);
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

    private sealed class SourceStoryRow
    {
        public required long Id { get; init; }
        public required string Slug { get; init; }
        public required string Headline { get; init; }
        public required long PublishedAt { get; init; }

        public SourceStory ToLine() => new(Paths.Story(Id, Slug), Headline, Instant(PublishedAt));
    }
}
