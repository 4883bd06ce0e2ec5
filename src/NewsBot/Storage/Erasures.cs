using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsBot.Storage;

/// <summary>The record of erased members beside the database, so that restoring an older backup erases them again. Hashes only.</summary>
/// <param name="database">Its file names the place.</param>
internal sealed class Erasures(Database database)
{
    private const string Erasable = "SELECT id, first_seen_at AS FirstSeenAt FROM member WHERE erased_at IS NULL";

    private const string Joined = """
        SELECT i.id AS Identity, i.member_id AS Member, i.own_member_id AS Own, m.community_id AS Community
        FROM identity i JOIN member m ON m.id = i.member_id WHERE i.own_member_id <> i.member_id
        """;

    /// <summary>One hash a line.</summary>
    public string File => Path.Combine(Path.GetDirectoryName(database.File)!, "erasures.txt");

    /// <summary>Adds one member; on disk when this returns.</summary>
    public async Task AppendAsync(long member, long firstSeenAt, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(
            File,
            FileMode.Append,
            FileAccess.Write,
            FileShare.Read,
            0,
            FileOptions.WriteThrough
        );
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Hash(member, firstSeenAt) + "\n"), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Erases again whoever is on record and in the database.</summary>
    /// <returns>How many had to be.</returns>
    public async Task<int> ReplayAsync(
        SqliteConnection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (!System.IO.File.Exists(File))
        {
            return 0;
        }

        var hashes = (await System.IO.File.ReadAllLinesAsync(File, cancellationToken)).ToHashSet(
            StringComparer.Ordinal
        );
        List<ErasableRow> erased =
        [
            .. (await connection.QueryAsync<ErasableRow>(Erasable)).Where(member =>
                hashes.Contains(Hash(member.Id, member.FirstSeenAt))
            ),
        ];
        await PartAsync(connection, [.. erased.Select(member => member.Id)], now);
        foreach (var member in erased)
        {
            await AdminStore.EraseAsync(connection, member.Id, now);
        }

        return erased.Count;
    }

    // In the backup, names may be joined that were parted before one of them was erased: the other one is not to go with it.
    private static async Task PartAsync(SqliteConnection connection, HashSet<long> erased, DateTimeOffset now)
    {
        foreach (var joined in (await connection.QueryAsync<JoinedRow>(Joined)).AsList())
        {
            if (erased.Contains(joined.Member) != erased.Contains(joined.Own))
            {
                await MemberLinks.PartAsync(connection, joined.Community, joined.Member, joined.Identity, now);
            }
        }
    }

    // The instant keeps a later member of another database with the same number from being taken for this one.
    private static string Hash(long member, long firstSeenAt) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"member {member} {firstSeenAt}"))
            )
        );

    private sealed class JoinedRow
    {
        public required long Identity { get; init; }
        public required long Member { get; init; }
        public required long Own { get; init; }
        public required long Community { get; init; }
    }

    private sealed class ErasableRow
    {
        public required long Id { get; init; }
        public required long FirstSeenAt { get; init; }
    }
}
