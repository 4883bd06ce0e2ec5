using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using NewsBot.Web;

namespace NewsBot.Storage;

/// <summary>The one-time codes with which two communities are joined. Only their hashes are kept.</summary>
internal static class CommunityCodes
{
    /// <summary>Long enough to be handed over in a chat, too short to be found later.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    // Ten of 31 letters are 49 bits; five tries an hour do not dent them, and leave room for slips of the finger.
    private const int Letters = 10;
    private const int MostTries = 5;

    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    private static readonly TimeSpan TryWindow = TimeSpan.FromHours(1);

    // A new code makes the last one useless: what lies about in a chat cannot be used any more.
    private const string Save = """
        DELETE FROM community_code WHERE community_id = @Community OR expires_at <= @Now;
        INSERT INTO community_code (hash, community_id, made_by, expires_at) VALUES (@Hash, @Community, @Actor, @ExpiresAt);
        """;

    private const string Find = """
        SELECT community_id FROM community_code WHERE hash = @Hash AND expires_at > @Now
        """;

    private const string Tries = "SELECT COUNT(*) FROM community_try WHERE community_id = @Community AND at > @Since";

    private const string AddTry = """
        DELETE FROM community_try WHERE at <= @Since;
        INSERT INTO community_try (community_id, at) VALUES (@Community, @Now);
        """;

    /// <returns>The code as it is shown, in groups; it is kept nowhere.</returns>
    public static async Task<string> MakeAsync(
        DbConnection connection,
        long community,
        string actor,
        DateTimeOffset now
    )
    {
        var code = RandomNumberGenerator.GetString(Alphabet, Letters);
        await connection.ExecuteAsync(
            Save,
            new
            {
                Hash = Secrets.Hash(code),
                Community = community,
                Actor = actor,
                Now = now.Ms(),
                ExpiresAt = (now + Lifetime).Ms(),
            }
        );
        return $"{code[..5]}-{code[5..]}";
    }

    /// <returns>The community a code was made for; null for a wrong one, or one whose time is over.</returns>
    public static Task<long?> FindAsync(DbConnection connection, string typed, DateTimeOffset now) =>
        connection.ExecuteScalarAsync<long?>(Find, new { Hash = Hash(typed), Now = now.Ms() });

    /// <summary>Whether a community has typed so many wrong codes that it has to wait.</summary>
    public static async Task<bool> MustWaitAsync(DbConnection connection, long community, DateTimeOffset now) =>
        await connection.ExecuteScalarAsync<long>(Tries, new { Community = community, Since = (now - TryWindow).Ms() })
        >= MostTries;

    /// <summary>Notes a wrong code.</summary>
    public static Task NoteTryAsync(DbConnection connection, long community, DateTimeOffset now) =>
        connection.ExecuteAsync(
            AddTry,
            new
            {
                Community = community,
                Now = now.Ms(),
                Since = (now - TryWindow).Ms(),
            }
        );

    private static string Hash(string typed) =>
        Secrets.Hash(string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant());
}
