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
        var count = 0;
        foreach (
            var member in await connection.QueryAsync<ErasableRow>(
                "SELECT id, first_seen_at AS FirstSeenAt FROM member WHERE erased_at IS NULL"
            )
        )
        {
            if (hashes.Contains(Hash(member.Id, member.FirstSeenAt)))
            {
                await AdminStore.EraseAsync(connection, member.Id, now);
                count++;
            }
        }

        return count;
    }

    // The instant keeps a later member of another database with the same number from being taken for this one.
    private static string Hash(long member, long firstSeenAt) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"member {member} {firstSeenAt}"))
            )
        );

    private sealed class ErasableRow
    {
        public required long Id { get; init; }
        public required long FirstSeenAt { get; init; }
    }
}
