using System.Data.Common;
using Dapper;
using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Finds and writes the rows of one feed's entries.</summary>
/// <param name="connection">Whose transaction it belongs to; a plain connection is enough for finding.</param>
/// <param name="feed">The feed.</param>
internal sealed class EntryRows(DbConnection connection, FeedId feed) : IDisposable
{
    private const string Candidates = """
        SELECT id, guid, url, title, excerpt, content_hash, published_at FROM entry
        WHERE feed_id = @Feed AND (guid = @Guid OR url_key = @UrlKey OR title_key = @TitleKey)
        ORDER BY id DESC LIMIT 20
        """;

    private const string HasAny = "SELECT 1 FROM entry WHERE feed_id = @Feed LIMIT 1";

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

    private readonly Statement _find = new(connection, Candidates);
    private readonly Statement _add = new(connection, Add);

    /// <summary>Whether the feed has any.</summary>
    public async Task<bool> AnyAsync() =>
        await connection.ExecuteScalarAsync<long?>(HasAny, new { Feed = feed.Value }) is not null;

    /// <summary>Finds the stored version of an entry.</summary>
    public async Task<KnownEntry?> FindAsync(EntryFacts facts)
    {
        SetKeys(_find, facts);
        await using var rows = await _find.ReadAsync(CancellationToken.None);
        while (await rows.ReadAsync())
        {
            var known = Read(rows);
            if (EntryIdentity.IsSame(known.Facts, facts))
            {
                return known;
            }
        }

        return null;
    }

    /// <returns>The new row's id.</returns>
    public async Task<long> AddAsync(IncomingEntry entry, DateTimeOffset now)
    {
        SetContent(_add, entry, now);
        _add.With("@Author", entry.Entry.Authors.Count == 0 ? null : string.Join(", ", entry.Entry.Authors))
            .With("@Categories", string.Join('\n', entry.Entry.Categories))
            .With("@Language", entry.Entry.Language)
            .With("@PublishedAt", (entry.Entry.PublishedAt ?? entry.Entry.UpdatedAt)?.Ms())
            .With("@IsFresh", entry.IsFresh);
        return await _add.NumberAsync();
    }

    public async Task ChangeAsync(KnownEntry known, IncomingEntry entry, DateTimeOffset now)
    {
        using var change = new Statement(connection, Change);
        SetContent(change, entry, now);
        await change.With("@Id", known.Id).RunAsync();
    }

    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
    }

    private void SetContent(Statement statement, IncomingEntry incoming, DateTimeOffset now)
    {
        SetKeys(statement, incoming.Facts);
        statement
            .With("@Url", incoming.Entry.Link?.AbsoluteUri)
            .With("@Title", incoming.Entry.Title)
            .With("@ContentHash", incoming.ContentHash)
            .With("@Excerpt", incoming.Excerpt)
            .With("@ImageUrl", PictureOf(incoming)?.AbsoluteUri)
            .With("@Now", now.Ms());
    }

    private void SetKeys(Statement statement, EntryFacts facts) =>
        statement
            .With("@Feed", feed.Value)
            .With("@Guid", facts.Key(EntryKey.ById))
            .With("@UrlKey", facts.Key(EntryKey.ByUrl))
            .With("@TitleKey", facts.Key(EntryKey.ByTitleAndDay) ?? "");

    private static KnownEntry Read(DbDataReader row) =>
        new(
            row.GetInt64(0),
            new EntryFacts(
                Text(row, 1),
                Text(row, 2) is { } url ? new Uri(url) : null,
                row.GetString(3),
                row.IsDBNull(6) ? null : Instants.At(row.GetInt64(6))
            ),
            row.GetString(4),
            row.GetString(5)
        );

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    // What is only remembered is not worth a choice.
    private static Uri? PictureOf(IncomingEntry incoming) =>
        incoming switch
        {
            { IsFresh: false } => incoming.Entry.Image,
            { Pictures: [var best, ..] } => best.Url,
            _ => null,
        };
}
