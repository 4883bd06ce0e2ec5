using System.Data.Common;
using Dapper;
using NewsBot.Core.Communities;
using NewsBot.Web;

namespace NewsBot.Storage;

/// <summary>One-time codes that join two names of one person, inside a transaction. Only their hashes are kept.</summary>
internal static class LinkCodes
{
    private const string Forget = """
        DELETE FROM link_code WHERE expires_at <= @Now;
        DELETE FROM link_try WHERE since <= @Since;
        """;

    private const string Keep = """
        INSERT INTO link_code (member_id, code_hash, expires_at) VALUES (@Member, @Hash, @Until)
        ON CONFLICT (member_id) DO UPDATE SET code_hash = @Hash, expires_at = @Until
        """;

    private const string Tries = "SELECT count FROM link_try WHERE member_id = @Member";

    private const string Count = """
        INSERT INTO link_try (member_id, count, since) VALUES (@Member, 1, @Now)
        ON CONFLICT (member_id) DO UPDATE SET count = link_try.count + 1
        """;

    // Whoever reads the code first uses it up.
    private const string Take = """
        DELETE FROM link_code
        WHERE code_hash = @Hash AND expires_at > @Now
          AND member_id IN (SELECT id FROM member WHERE community_id = @Community AND erased_at IS NULL)
        RETURNING member_id
        """;

    /// <summary>Makes a code for a member; their last one is good no more.</summary>
    /// <returns>The code, which is shown once and kept nowhere.</returns>
    public static async Task<string> ShowAsync(DbConnection connection, long member, DateTimeOffset now)
    {
        await ForgetAsync(connection, now);
        var code = LinkCode.New();
        await connection.ExecuteAsync(
            Keep,
            new
            {
                Member = member,
                Hash = Secrets.Hash(LinkCode.Read(code)!),
                Until = (now + LinkCode.Life).Ms(),
            }
        );
        return code;
    }

    /// <summary>Takes a code that somebody enters, and joins them with whom it was shown to.</summary>
    public static async Task<LinkOutcome> EnterAsync(
        DbConnection connection,
        long community,
        long member,
        string typed,
        DateTimeOffset now
    )
    {
        await ForgetAsync(connection, now);
        var key = new { Member = member, Now = now.Ms() };
        if (await connection.ExecuteScalarAsync<long>(Tries, key) >= LinkCode.MaxTries)
        {
            return new LinkOutcome.Refused(
                "You entered too many wrong codes. Try again in an hour; a code of yours that somebody else has is good for ten minutes only."
            );
        }

        var owner = LinkCode.Read(typed) is { } code
            ? await connection.ExecuteScalarAsync<long?>(
                Take,
                new
                {
                    Hash = Secrets.Hash(code),
                    key.Now,
                    Community = community,
                }
            )
            : null;
        if (owner is null)
        {
            await connection.ExecuteAsync(Count, key);
            return LinkOutcome.NoCode;
        }

        return await MemberLinks.JoinAsync(connection, community, owner.Value, member, now);
    }

    private static Task ForgetAsync(DbConnection connection, DateTimeOffset now) =>
        connection.ExecuteAsync(Forget, new { Now = now.Ms(), Since = (now - LinkCode.TriesWithin).Ms() });
}
