using System.Data.Common;
using Dapper;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>Pictures of authors as they are when they write; fetched and re-encoded like those of stories.</summary>
internal static class ChatAvatars
{
    private const string Keep = """
        INSERT INTO picture (source_url, alt, next_try_at) VALUES (@Url, '', @Now)
        ON CONFLICT (source_url) DO UPDATE SET source_url = excluded.source_url RETURNING id
        """;

    /// <returns>The picture's row.</returns>
    public static Task<long> KeepAsync(DbConnection connection, string url, DateTimeOffset now) =>
        connection.ExecuteScalarAsync<long>(Keep, new { Url = url, Now = now.Ms() });
}
