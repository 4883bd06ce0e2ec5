using System.Data.Common;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

/// <summary>Reads what pages show, and only what their viewer may see. Every list is bounded.</summary>
internal sealed partial class PageReader(Database database, ThreadIndexes threads)
{
    // The community of the built-in chat: migrations make it, and this server's pages are its pages.
    private const long Community = HomeCommunity;

    /// <summary>The community whose front page this server's is.</summary>
    public const long HomeCommunity = 1;

    // Whether the viewer may know that a story exists: it stands, or will stand, in a channel they may read.
    private const string IsPosted = $"""
        EXISTS (SELECT 1 FROM channel_story cs JOIN open_channel ch ON ch.id = cs.channel_id
                WHERE cs.story_id = s.id AND cs.state <> 'held' AND {Sights.Channel})
        """;

    private const string IsShown = $"""
        c.state = 'visible' AND m.opted_out_at IS NULL AND m.erased_at IS NULL
        AND EXISTS (SELECT 1 FROM open_channel oc WHERE oc.id = c.channel_id AND {Sights.Comment})
        """;

    private const string CountShown = $"""
        (SELECT COALESCE(SUM(c.shown), 0) FROM story_comments c JOIN open_channel oc ON oc.id = c.channel_id
         WHERE c.story_id = s.id AND {Sights.Comment})
        """;

    private const string SelectLines = $"""
        SELECT s.id AS Id, s.slug AS Slug, s.headline AS Headline, s.published_at AS PublishedAt, s.summary_text AS Summary,
               {CountShown} AS Comments, p.id AS PictureId, COALESCE(s.picture_alt, p.alt) AS PictureAlt, p.width AS PictureWidth, p.height AS PictureHeight
        FROM story s LEFT JOIN picture p ON p.id = s.picture_id AND p.large IS NOT NULL
        """;

    private const string SelectLineSources = """
        SELECT se.story_id AS Story, src.name AS Name, CASE WHEN se.entry_id = s.lead_entry_id THEN 1 ELSE 0 END AS IsLead
        FROM story_entry se
        JOIN story s ON s.id = se.story_id
        JOIN source src ON src.id = se.source_id
        WHERE se.story_id IN (SELECT value FROM json_each(@Ids))
        ORDER BY se.joined_at, se.entry_id
        """;

    private const string SelectLineChannels = $"""
        SELECT cs.story_id AS Story, ch.name AS Name, 0 AS IsLead
        FROM channel_story cs JOIN open_channel ch ON ch.id = cs.channel_id
        WHERE cs.story_id IN (SELECT value FROM json_each(@Ids)) AND cs.state <> 'held' AND {Sights.Channel}
        ORDER BY ch.name
        """;

    private const string SelectChannels = $"""
        SELECT ch.id AS Id, ch.name AS Name, w.platform AS Platform
        FROM open_channel ch JOIN workspace w ON w.id = ch.workspace_id
        WHERE ch.community_id = @Community AND {Sights.Channel}
        ORDER BY ch.id LIMIT 200
        """;

    // A picture is shown to whoever may see a story or the author of a comment it belongs to, and to a platform that was
    // told its key. @Home is the viewer's community: 0 for every one, -1 for a stranger.
    private const string SelectPicture = """
        SELECT large AS Large, small AS Small FROM picture
        WHERE id = @Id AND large IS NOT NULL AND (
            @Home = 0 OR link_key = @Key
            OR EXISTS (
                SELECT 1 FROM story s
                JOIN channel_story cs ON cs.story_id = s.id JOIN open_channel ch ON ch.id = cs.channel_id
                WHERE s.picture_id = @Id AND s.taken_down_at IS NULL AND cs.state <> 'held'
                  AND (s.community_id = @Home OR ch.publication = 'public'))
            OR EXISTS (
                SELECT 1 FROM comment c JOIN member m ON m.id = c.member_id JOIN story s ON s.id = c.story_id
                JOIN open_channel ch ON ch.id = c.channel_id
                WHERE c.avatar_id = @Id AND c.state = 'visible' AND m.opted_out_at IS NULL AND m.erased_at IS NULL
                  AND (s.community_id = @Home OR c.visibility = 'public')))
        """;

    private const string SelectSeen =
        "SELECT community_id AS Community, publication AS Publication FROM open_channel WHERE id = @Id";

    private const string SelectSite = """
        SELECT name AS Name, indexing AS Indexing, (SELECT value FROM setting WHERE name = 'created_at') AS Seed FROM community WHERE id = @Community
        """;

    /// <returns>The community's name, the title of the whole site, and what tells this newsroom from all others.</returns>
    public Task<SiteView> SiteAsync(CancellationToken cancellationToken) => SiteAsync(Community, cancellationToken);

    /// <inheritdoc cref="SiteAsync(CancellationToken)"/>
    public Task<SiteView> SiteAsync(long community, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var row = await connection.QuerySingleOrDefaultAsync<SiteRow>(
                    new CommandDefinition(
                        SelectSite,
                        new { Community = community },
                        cancellationToken: cancellationToken
                    )
                );
                return new SiteView(row?.Name ?? "NewsBot", row?.Seed ?? "", row?.Indexing == 1);
            },
            cancellationToken
        );

    /// <summary>The channels this viewer may know of, the oldest first.</summary>
    public Task<IReadOnlyList<ChannelLink>> ChannelsAsync(Viewer viewer, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ChannelsAsync(connection, viewer, cancellationToken), cancellationToken);

    /// <param name="id">Which.</param>
    /// <param name="small">Whether the small one is wanted.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="key">What a platform was told to say; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>WebP bytes; null where there is no picture that this viewer may see.</returns>
    public Task<byte[]?> PictureAsync(
        long id,
        bool small,
        Viewer viewer,
        string? key,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
            {
                var row = await connection.QuerySingleOrDefaultAsync<PictureRow>(
                    new CommandDefinition(
                        SelectPicture,
                        new
                        {
                            Id = id,
                            Key = key,
                            Home = viewer.IsMember ? viewer.Home?.Value ?? 0 : -1,
                        },
                        cancellationToken: cancellationToken
                    )
                );
                return small ? row?.Small ?? row?.Large : row?.Large;
            },
            cancellationToken
        );

    /// <summary>Whether somebody may know of a channel.</summary>
    public Task<bool> SeesChannelAsync(long id, Viewer viewer, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
                await connection.QuerySingleOrDefaultAsync<SeenRow>(
                    new CommandDefinition(SelectSeen, new { Id = id }, cancellationToken: cancellationToken)
                )
                    is { } row
                && (row.Publication == "public" || viewer.In(row.Community).IsMember),
            cancellationToken
        );

    private static async Task<IReadOnlyList<ChannelLink>> ChannelsAsync(
        DbConnection connection,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync<ChannelRow>(
            connection,
            SelectChannels,
            new { Community, Sight = SightOf(viewer) },
            cancellationToken
        );
        return [.. rows.Select(row => row.ToLink())];
    }

    // The viewer is the one seen from the community of the stories.
    private static async Task<IReadOnlyList<StoryLine>> LinesAsync(
        DbConnection connection,
        IReadOnlyList<LineRow> rows,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var args = new { Ids = JsonSerializer.Serialize(rows.Select(row => row.Id)), Sight = (int)viewer.Sight };
        var sources = (await ReadAsync<NamedRow>(connection, SelectLineSources, args, cancellationToken)).ToLookup(
            row => row.Story
        );
        var channels = (await ReadAsync<NamedRow>(connection, SelectLineChannels, args, cancellationToken)).ToLookup(
            row => row.Story
        );
        return
        [
            .. rows.Select(row =>
            {
                var lead = sources[row.Id].FirstOrDefault(source => source.IsLead == 1)?.Name ?? "";
                var also = sources[row.Id]
                    .Select(source => source.Name)
                    .Where(name => name != lead)
                    .Distinct(StringComparer.Ordinal);
                return new StoryLine(
                    row.Id,
                    row.Slug,
                    row.Headline,
                    lead,
                    [.. also],
                    Instant(row.PublishedAt),
                    row.Summary,
                    row.PictureId is { } picture
                        ? new PictureView(
                            picture,
                            row.PictureAlt ?? "",
                            (int?)row.PictureWidth,
                            (int?)row.PictureHeight
                        )
                        : null,
                    (int)row.Comments,
                    [.. channels[row.Id].Select(channel => channel.Name).Distinct(StringComparer.Ordinal)]
                );
            }),
        ];
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(
        DbConnection connection,
        string sql,
        object args,
        CancellationToken cancellationToken
    ) =>
        (
            await connection.QueryAsync<T>(new CommandDefinition(sql, args, cancellationToken: cancellationToken))
        ).AsList();

    private static DateTimeOffset Instant(long milliseconds) => Instants.At(milliseconds);

    private static DateTimeOffset? Instant(long? milliseconds) => Instants.At(milliseconds);

    // Everything but a story and a member belongs to the home community.
    private static int SightOf(Viewer viewer, long community = Community) => (int)viewer.In(community).Sight;

    private static Visibility ToVisibility(string text) =>
        text switch
        {
            "public" => Visibility.Public,
            "members" => Visibility.Members,
            _ => Visibility.Off,
        };

    private sealed class LineRow
    {
        public required long Id { get; init; }
        public required string Slug { get; init; }
        public required string Headline { get; init; }
        public required long PublishedAt { get; init; }
        public required string Summary { get; init; }
        public required long Comments { get; init; }
        public long? PictureId { get; init; }
        public string? PictureAlt { get; init; }
        public long? PictureWidth { get; init; }
        public long? PictureHeight { get; init; }
        public string? HeadlineMarked { get; init; }
        public string? SummaryMarked { get; init; }
    }

    private sealed class NamedRow
    {
        public required long Story { get; init; }
        public required string Name { get; init; }
        public required long IsLead { get; init; }
    }

    private sealed class ChannelRow
    {
        public required long Id { get; init; }
        public required string Name { get; init; }
        public required string Platform { get; init; }

        public ChannelLink ToLink() => new(Id, Name, Wording.Platform(Platform), Platform == "web");
    }

    private sealed class SeenRow
    {
        public required long Community { get; init; }
        public required string Publication { get; init; }
    }

    private sealed class SiteRow
    {
        public string? Name { get; init; }
        public string? Seed { get; init; }
        public long Indexing { get; init; }
    }

    private sealed class PictureRow
    {
        public byte[]? Large { get; init; }
        public byte[]? Small { get; init; }
    }
}
