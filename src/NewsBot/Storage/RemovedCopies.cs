using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Web;

namespace NewsBot.Storage;

/// <summary>
/// How far the copies of what somebody took back are gone from other chats. Who erased everything has no row any more by
/// which they could ask: a hash of their account is kept until all copies are gone.
/// </summary>
internal static class RemovedCopies
{
    // A copy that was only posted anew, under another name, was not taken back.
    // A number deleted where the platform refuses is edited to say so: that is a deletion of ours as well.
    private const string Count = """
        SELECT COUNT(*) AS Wanted, COALESCE(SUM(CASE WHEN p.state IN ('sent', 'dropped') THEN 1 ELSE 0 END), 0) AS Done,
               COALESCE(SUM(CASE WHEN p.state = 'failed' THEN 1 ELSE 0 END), 0) AS Failed
        FROM post p
        WHERE p.operation = 'delete' AND p.channel_id IN (SELECT id FROM channel WHERE community_id = @Community)
          AND p.subject IN (SELECT 'comment:' || c.id FROM comment c WHERE c.member_id = @Member)
          AND NOT EXISTS (
            SELECT 1 FROM post n WHERE n.channel_id = p.channel_id AND n.subject = p.subject AND n.part > p.part)
        """;

    private const string Accounts = """
        SELECT w.platform || ' ' || w.external_id || ' ' || i.external_id
        FROM identity i JOIN workspace w ON w.id = i.workspace_id WHERE i.member_id = @Member
        """;

    private const string Remember = """
        INSERT INTO erased_account (account_hash, member_id, erased_at) VALUES (@Hash, @Member, @Now)
        ON CONFLICT (account_hash, member_id) DO NOTHING
        """;

    private const string Erased = """
        SELECT DISTINCT e.member_id AS Member, e.erased_at AS ErasedAt FROM erased_account e
        JOIN member m ON m.id = e.member_id
        WHERE m.community_id = @Community AND e.account_hash IN @Hashes ORDER BY e.erased_at
        """;

    private const string Remembered = """
        SELECT DISTINCT e.member_id AS Member, m.community_id AS Community, e.erased_at AS ErasedAt
        FROM erased_account e JOIN member m ON m.id = e.member_id
        """;

    private const string Forget = "DELETE FROM erased_account WHERE member_id = @Member";

    // Whoever asks does so within days; a copy that no platform let us remove in a month stays unremoved.
    private static readonly TimeSpan KeepFor = TimeSpan.FromDays(30);

    /// <summary>Copies of a member's comments that were taken back.</summary>
    public static Task<RemovalProgress> OfAsync(DbConnection connection, long community, long member) =>
        connection.QuerySingleAsync<RemovalProgress>(Count, new { Community = community, Member = member });

    /// <summary>What somebody erased before they became a member again, the oldest first.</summary>
    public static async Task<IReadOnlyList<(DateTimeOffset At, RemovalProgress Progress)>> ErasedAsync(
        DbConnection connection,
        long community,
        long member
    )
    {
        var hashes = await HashesAsync(connection, member);
        List<(DateTimeOffset, RemovalProgress)> all = [];
        foreach (
            var row in await connection.QueryAsync<ErasedRow>(
                Erased,
                new { Community = community, Hashes = Among.Of(hashes) }
            )
        )
        {
            all.Add((Instants.At(row.ErasedAt), await OfAsync(connection, community, row.Member)));
        }

        return all;
    }

    /// <summary>Keeps by whom a member may ask later; before their accounts are erased.</summary>
    public static async Task RememberAsync(DbConnection connection, long member, DateTimeOffset now)
    {
        foreach (var hash in await HashesAsync(connection, member))
        {
            await connection.ExecuteAsync(
                Remember,
                new
                {
                    Hash = hash,
                    Member = member,
                    Now = now.Ms(),
                }
            );
        }
    }

    /// <summary>Forgets the accounts of those whose copies are gone, and of those who did not ask for long.</summary>
    public static async Task ForgetAsync(DbConnection connection, DateTimeOffset now)
    {
        foreach (var row in (await connection.QueryAsync<ErasedRow>(Remembered)).AsList())
        {
            var progress = await OfAsync(connection, row.Community, row.Member);
            if (progress.Done == progress.Wanted || Instants.At(row.ErasedAt) + KeepFor < now)
            {
                await connection.ExecuteAsync(Forget, new { row.Member });
            }
        }
    }

    private static async Task<IReadOnlyList<string>> HashesAsync(DbConnection connection, long member) =>
        [.. (await connection.QueryAsync<string>(Accounts, new { Member = member })).Select(Secrets.Hash)];

    private sealed class ErasedRow
    {
        public required long Member { get; init; }
        public long Community { get; init; }
        public required long ErasedAt { get; init; }
    }
}

/// <summary>Copies that were to be removed.</summary>
internal sealed class RemovalProgress
{
    /// <summary>All of them.</summary>
    public required long Wanted { get; init; }

    /// <summary>Those that are gone.</summary>
    public required long Done { get; init; }

    /// <summary>Those that the platform did not let us remove.</summary>
    public required long Failed { get; init; }

    /// <summary>In words; null where there was nothing to remove.</summary>
    public string? Words =>
        Wanted == 0 ? null
        : Done == Wanted
            ? string.Create(CultureInfo.InvariantCulture, $"All {Wanted} copies in other channels are removed.")
        : string.Create(CultureInfo.InvariantCulture, $"{Done} of {Wanted} copies in other channels are removed.")
            + (
                Failed == 0
                    ? ""
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $" {Failed} could not be: the platform refuses. Ask an admin there."
                    )
            );
}
