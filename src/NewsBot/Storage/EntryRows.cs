using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Finds and writes the rows of a feed's entries.</summary>
internal static class EntryRows
{
    private const string Candidates = """
        SELECT id, guid, url, title, excerpt, content_hash AS ContentHash, published_at AS PublishedAt FROM entry
        WHERE feed_id = @Feed AND (guid = @Guid OR url_key = @UrlKey OR title_key = @TitleKey)
        ORDER BY id DESC LIMIT 20
        """;

    private const string Add = """
        INSERT INTO entry (feed_id, guid, url, url_key, title, title_key, content_hash, excerpt, author, categories,
                           language, image_url, published_at, seen_at, is_fresh)
        VALUES (@Feed, @Guid, @Url, @UrlKey, @Title, @TitleKey, @ContentHash, @Excerpt, @Author, @Categories,
                @Language, @ImageUrl, @PublishedAt, @Now, @IsFresh)
        RETURNING id
        """;

    private const string Change = """
        UPDATE entry SET
            guid = @Guid, url = @Url, url_key = @UrlKey, title = @Title, title_key = @TitleKey,
            content_hash = @ContentHash, excerpt = @Excerpt, image_url = COALESCE(@ImageUrl, image_url),
            changed_at = @Now
        WHERE id = @Id
        """;

    public static async Task<KnownEntry?> FindAsync(DbConnection connection, FeedId feed, FeedEntry entry)
    {
        var facts = EntryFacts.Of(entry);
        var rows = await connection.QueryAsync<EntryRow>(Candidates, Keys(feed, facts));
        return rows.Select(row => row.ToKnown()).FirstOrDefault(known => EntryIdentity.IsSame(known.Facts, facts));
    }

    /// <returns>The new row's id.</returns>
    public static Task<long> AddAsync(
        SqliteConnection connection,
        FeedId feed,
        IncomingEntry entry,
        DateTimeOffset now
    ) => connection.ExecuteScalarAsync<long>(Add, Parameters(feed, entry, now));

    public static Task ChangeAsync(SqliteConnection connection, FeedId feed, IncomingEntry entry, DateTimeOffset now) =>
        connection.ExecuteAsync(Change, Parameters(feed, entry, now));

    private static DynamicParameters Parameters(FeedId feed, IncomingEntry incoming, DateTimeOffset now)
    {
        var entry = incoming.Entry;
        var parameters = new DynamicParameters(Keys(feed, EntryFacts.Of(entry)));
        parameters.AddDynamicParams(
            new
            {
                Id = incoming.Known?.Id,
                Url = entry.Link?.AbsoluteUri,
                entry.Title,
                incoming.ContentHash,
                incoming.Excerpt,
                Author = entry.Authors.Count == 0 ? null : string.Join(", ", entry.Authors),
                Categories = string.Join('\n', entry.Categories),
                entry.Language,
                ImageUrl = (incoming.Picture ?? entry.Image)?.AbsoluteUri,
                PublishedAt = (entry.PublishedAt ?? entry.UpdatedAt)?.Ms(),
                Now = now.Ms(),
                incoming.IsFresh,
            }
        );
        return parameters;
    }

    private static object Keys(FeedId feed, EntryFacts facts)
    {
        var keys = EntryIdentity.KeysOf(facts).ToDictionary(key => key.Kind, key => key.Value, StringComparer.Ordinal);
        return new
        {
            Feed = feed.Value,
            Guid = keys.GetValueOrDefault("guid"),
            UrlKey = keys.GetValueOrDefault("url"),
            TitleKey = keys.GetValueOrDefault("title-day") ?? "",
        };
    }

    private sealed class EntryRow
    {
        public required long Id { get; init; }
        public string? Guid { get; init; }
        public string? Url { get; init; }
        public required string Title { get; init; }
        public required string Excerpt { get; init; }
        public required string ContentHash { get; init; }
        public long? PublishedAt { get; init; }

        public KnownEntry ToKnown() =>
            new(
                Id,
                new EntryFacts(Guid, Url is null ? null : new Uri(Url), Title, Instants.At(PublishedAt)),
                Excerpt,
                ContentHash
            );
    }
}
