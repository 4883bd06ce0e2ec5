using System.Data.Common;
using Dapper;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

internal static partial class AdminStore
{
    private const string EntryColumns = """
        SELECT e.id, e.feed_id AS FeedId, e.url, e.title, e.excerpt, e.author, e.categories, e.language,
               e.image_url AS ImageUrl, e.published_at AS PublishedAt, e.seen_at AS SeenAt
        FROM entry e
        """;

    /// <summary>The spelling under which an address is compared.</summary>
    public static string UrlKey(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) ? CanonicalUrl.Of(address) : url;

    /// <summary>The newest entry with this address that a community took in; null where it took in none.</summary>
    public static async Task<EntryRow?> EntryAsync(DbConnection connection, long community, string url) =>
        await connection.QueryFirstOrDefaultAsync<EntryRow>(
            EntryColumns
                + """
                 WHERE (e.url_key = @key OR e.url = @url) AND (
                    EXISTS (SELECT 1 FROM source s WHERE s.feed_id = e.feed_id AND s.community_id = @community)
                    OR EXISTS (SELECT 1 FROM story_entry se WHERE se.entry_id = e.id AND se.community_id = @community))
                ORDER BY e.seen_at DESC, e.id DESC LIMIT 1
                """,
            new
            {
                key = UrlKey(url),
                url,
                community,
            }
        );

    /// <summary>Entries of a feed seen since an instant, newest first.</summary>
    public static async Task<IReadOnlyList<EntryRow>> EntriesAsync(
        DbConnection connection,
        long feed,
        long since,
        int limit
    ) =>
        [
            .. await connection.QueryAsync<EntryRow>(
                EntryColumns
                    + " WHERE e.feed_id = @feed AND e.seen_at >= @since ORDER BY e.seen_at DESC, e.id DESC LIMIT @limit",
                new
                {
                    feed,
                    since,
                    limit,
                }
            ),
        ];
}

/// <summary>An entry as it was taken in.</summary>
internal sealed class EntryRow
{
    public required long Id { get; init; }
    public required long FeedId { get; init; }
    public required string? Url { get; init; }
    public required string Title { get; init; }
    public required string Excerpt { get; init; }
    public required string? Author { get; init; }
    public required string Categories { get; init; }
    public required string? Language { get; init; }
    public required string? ImageUrl { get; init; }
    public required long? PublishedAt { get; init; }
    public required long SeenAt { get; init; }
}
