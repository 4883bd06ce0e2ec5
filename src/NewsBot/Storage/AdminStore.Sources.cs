using System.Data.Common;
using Dapper;
using NewsBot.Commands;
using NewsBot.Core.Feeds;

namespace NewsBot.Storage;

internal static partial class AdminStore
{
    // Until it is known how often the feed has news.
    private static readonly TimeSpan StartInterval = TimeSpan.FromMinutes(15);

    /// <summary>The feed of an address, however its scheme is written; null where it is not polled yet.</summary>
    /// <param name="connection">Where to read.</param>
    /// <param name="community">Who asks: what another one reads with a login is not found.</param>
    /// <param name="url">Any fragment is left out.</param>
    /// <param name="isPrivate">Whether only a feed that the community reads already is wanted.</param>
    public static Task<long?> FeedAsync(DbConnection connection, long community, Uri url, bool isPrivate)
    {
        url = FeedAddress.Bare(url);
        var other = new UriBuilder(url)
        {
            Scheme = url.Scheme == Uri.UriSchemeHttp ? Uri.UriSchemeHttps : Uri.UriSchemeHttp,
            Port = url.IsDefaultPort ? -1 : url.Port,
        };
        return connection.ExecuteScalarAsync<long?>(
            """
            SELECT id FROM (
                SELECT f.id, 0 AS place FROM feed f
                WHERE (f.url > @Url || '#' AND f.url < @Url || '$' OR f.url > @Other || '#' AND f.url < @Other || '$')
                  AND EXISTS (SELECT 1 FROM source s WHERE s.feed_id = f.id AND s.community_id = @community)
                UNION ALL
                SELECT f.id, CASE WHEN f.url = @Url THEN 1 ELSE 2 END AS place FROM feed f
                WHERE f.url IN (@Url, @Other)
                  AND (@isPrivate = 0
                    OR EXISTS (SELECT 1 FROM source s WHERE s.feed_id = f.id AND s.community_id = @community))) feeds
            ORDER BY place LIMIT 1
            """,
            new
            {
                community,
                isPrivate = isPrivate ? 1 : 0,
                Url = url.AbsoluteUri,
                Other = other.Uri.AbsoluteUri,
            }
        );
    }

    // The newest entries are offered at the next poll; that of a feed others read already may be hours away. One that fails
    // keeps its distance.
    private const string LookNow =
        "UPDATE feed SET next_poll_at = @Now WHERE id = @feed AND next_poll_at > @Now AND failures = 0 AND @Offer > 0";

    /// <summary>Adds what is missing of feed, source and subscription.</summary>
    /// <returns>The new rows, which "undo" takes away again; the feed stays, for others may poll it.</returns>
    public static async Task<IReadOnlyList<RowChange>> AddSourceAsync(DbConnection connection, NewSource source)
    {
        var feed =
            await FeedAsync(connection, source.Community, source.Url, source.IsApart)
            ?? await AddFeedAsync(connection, source);
        var rows = new List<RowChange>();
        var id = await connection.ExecuteScalarAsync<long?>(
            "SELECT id FROM source WHERE community_id = @Community AND feed_id = @feed",
            new { source.Community, feed }
        );
        if (id is null)
        {
            var added = await ApplyAsync(
                connection,
                Insertion(
                    "source",
                    ("community_id", source.Community),
                    ("feed_id", feed),
                    ("name", source.Name),
                    ("category", source.Category),
                    ("created_at", source.Now.Ms())
                )
            );
            rows.Add(added);
            id = added.Id;
        }

        if (source.Login is { } login)
        {
            await FeedLogins.SaveAsync(connection, feed, login, source.Now);
        }

        if (source.Channel is { } channel && !await SubscribesAsync(connection, id.Value, channel))
        {
            rows.Add(
                await ApplyAsync(
                    connection,
                    Insertion(
                        "subscription",
                        ("source_id", id),
                        ("channel_id", channel),
                        ("filter", source.Filter),
                        ("template", source.Template),
                        ("ping_role", source.PingRole),
                        ("offer", (long)source.Offer),
                        ("created_at", source.Now.Ms())
                    )
                )
            );
            await connection.ExecuteAsync(
                LookNow,
                new
                {
                    feed,
                    Now = source.PollAt.Ms(),
                    source.Offer,
                }
            );
        }

        return rows;
    }

    private static Task<long> AddFeedAsync(DbConnection connection, NewSource source) =>
        connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO feed (url, title, site_url, interval_ms, next_poll_at, recipe)
            VALUES (@Url, @Title, @SiteUrl, @Interval, @PollAt, @Recipe) RETURNING id
            """,
            new
            {
                Url = FeedAddress.Bare(source.Url).AbsoluteUri + (source.IsApart ? FeedAddress.NewMark() : ""),
                Recipe = source.Recipe?.Text,
                Title = source.Name,
                SiteUrl = source.SiteUrl?.AbsoluteUri,
                Interval = (long)StartInterval.TotalMilliseconds,
                PollAt = source.PollAt.Ms(),
            }
        );

    /// <summary>A new row, named by a number that it is given when it is written.</summary>
    public static RowChange Insertion(string table, params IReadOnlyList<(string Column, object? Value)> values) =>
        new(
            table,
            new Dictionary<string, object?>(StringComparer.Ordinal),
            null,
            values.ToDictionary(one => one.Column, one => one.Value, StringComparer.Ordinal)
        );

    /// <returns>Where a source goes, by channel.</returns>
    public static async Task<IReadOnlyList<SubscriptionRow>> SubscriptionsAsync(
        DbConnection connection,
        long community
    ) =>
        [
            .. await connection.QueryAsync<SubscriptionRow>(
                """
                SELECT u.id, u.source_id AS SourceId, u.channel_id AS ChannelId, u.filter, u.template, u.ping_role AS PingRole,
                       u.offer,
                       s.name AS Source, c.name AS Channel
                FROM subscription u JOIN source s ON s.id = u.source_id JOIN channel c ON c.id = u.channel_id
                WHERE s.community_id = @community ORDER BY c.id, LOWER(s.name)
                """,
                new { community }
            ),
        ];

    private static async Task<bool> SubscribesAsync(DbConnection connection, long source, long channel) =>
        await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM subscription WHERE source_id = @source AND channel_id = @channel",
            new { source, channel }
        ) > 0;
}

/// <summary>A source about to be added.</summary>
internal sealed record NewSource(long Community, string Name, Uri Url, DateTimeOffset Now)
{
    public Uri? SiteUrl { get; init; }
    public string? Category { get; init; }

    /// <summary>Where it goes; null for nowhere yet.</summary>
    public long? Channel { get; init; }

    public string? Filter { get; init; }

    public string? Template { get; init; }

    /// <summary>The platform's id of the role its cards call there; null for none.</summary>
    public string? PingRole { get; init; }

    /// <summary>How many of the newest entries the first poll posts.</summary>
    public int Offer { get; init; }

    /// <summary>What opens the feed, which no other community reads then; null for none.</summary>
    public ProtectedLogin? Login { get; init; }

    /// <summary>How the page is read, which no other community reads in this way; null for a feed.</summary>
    public PageRecipe? Recipe { get; init; }

    /// <summary>Whether its feed is for this community alone.</summary>
    public bool IsApart => Login is not null || Recipe is not null;

    /// <summary>When the feed is polled first.</summary>
    public DateTimeOffset PollAt { get; init; } = Now;
}

/// <summary>A source in a channel.</summary>
internal sealed class SubscriptionRow
{
    public required long Id { get; init; }
    public required long SourceId { get; init; }
    public required long ChannelId { get; init; }
    public required string? Filter { get; init; }
    public required string? Template { get; init; }
    public required string? PingRole { get; init; }
    public required long Offer { get; init; }
    public required string Source { get; init; }
    public required string Channel { get; init; }
}
