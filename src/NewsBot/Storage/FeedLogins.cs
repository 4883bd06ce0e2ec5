using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using NewsBot.Core.Feeds;

namespace NewsBot.Storage;

/// <summary>Keeps the logins of feeds, encrypted. Nothing else reads or shows them.</summary>
internal sealed class FeedLogins(IDataProtectionProvider keys)
{
    private const string MakePrivate = "UPDATE feed SET url = url || @Mark WHERE id = @Feed AND url NOT LIKE '%#%'";

    private const string Save = """
        INSERT INTO feed_credential (feed_id, origin, secret, created_at) VALUES (@Feed, @Origin, @Secret, @Now)
        ON CONFLICT (feed_id) DO UPDATE SET
            origin = excluded.origin, secret = excluded.secret, created_at = excluded.created_at
        """;

    // The validators belong to what was shown without a login, or with another.
    private const string LookAgain = """
        UPDATE feed SET etag = NULL, last_modified = NULL, body_hash = NULL, told_at = NULL,
            next_poll_at = MIN(next_poll_at, @Now)
        WHERE id = @Feed
        """;

    private readonly IDataProtector _protector = keys.CreateProtector("NewsBot.FeedCredentials");

    /// <summary>Encrypts a login. It may write a new key, so it has to be done before a transaction begins.</summary>
    public ProtectedLogin Protect(FeedLogin login) =>
        new(login.Origin, _protector.Protect(JsonSerializer.Serialize(new[] { login.Header, login.Value })));

    /// <returns>Null where it was encrypted with a key that is gone: it has to be typed again.</returns>
    public FeedLogin? Read(string origin, string secret)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(_protector.Unprotect(secret)) is [var header, var value]
                ? new FeedLogin(origin, header, value)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether another community reads the same feed, which therefore must not get a login.</summary>
    public static async Task<bool> IsSharedAsync(DbConnection connection, long feed, long community) =>
        await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM source WHERE feed_id = @feed AND community_id <> @community",
            new { feed, community }
        ) > 0;

    /// <summary>Gives a feed of one community a login; from then on it is read for that community alone.</summary>
    public static async Task SaveAsync(DbConnection connection, long feed, ProtectedLogin login, DateTimeOffset now)
    {
        var parameters = new
        {
            Feed = feed,
            Mark = FeedAddress.NewMark(),
            login.Origin,
            login.Secret,
            Now = now.Ms(),
        };
        await connection.ExecuteAsync(MakePrivate, parameters);
        await connection.ExecuteAsync(Save, parameters);
        await connection.ExecuteAsync(LookAgain, parameters);
    }

    /// <summary>Forgets the login of a feed.</summary>
    public static Task ClearAsync(DbConnection connection, long feed) =>
        connection.ExecuteAsync("DELETE FROM feed_credential WHERE feed_id = @feed", new { feed });
}

/// <summary>A login as it is kept.</summary>
/// <param name="Origin">The only server it is sent to.</param>
/// <param name="Secret">Encrypted.</param>
internal sealed record ProtectedLogin(string Origin, string Secret);
