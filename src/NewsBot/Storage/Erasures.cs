using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace NewsBot.Storage;

/// <summary>
/// The record of erased members beside the database, so that restoring an older backup erases them again. Hashes only,
/// and which database they belong to.
/// </summary>
/// <param name="database">Says where things are kept beside it.</param>
internal sealed class Erasures(Database database)
{
    /// <summary>Its name; it lies beside the database.</summary>
    public const string FileName = "erasures.log";

    // As it was called before.
    private const string OldName = "erasures.txt";

    private const string Title = "# Members who erased their data; a restore erases them again. Database ";

    private const string WhichDatabase = "SELECT value FROM setting WHERE name = 'created_at'";

    private const string Erasable = "SELECT id, first_seen_at AS FirstSeenAt FROM member WHERE erased_at IS NULL";

    private const string Joined = """
        SELECT i.id AS Identity, i.member_id AS Member, i.own_member_id AS Own, m.community_id AS Community
        FROM identity i JOIN member m ON m.id = i.member_id WHERE i.own_member_id <> i.member_id
        """;

    /// <summary>One hash a line.</summary>
    public string File => Path.Combine(database.Folder, FileName);

    /// <summary>Begins the record where there is none, so that one that was lost is told from one that is empty.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var old = Path.Combine(Path.GetDirectoryName(File)!, OldName);
        if (System.IO.File.Exists(File))
        {
            return;
        }

        if (System.IO.File.Exists(old))
        {
            System.IO.File.Move(old, File);
            return;
        }

        await AppendAsync([], cancellationToken);
    }

    /// <summary>Adds one member; on disk when this returns.</summary>
    /// <exception cref="StorageTroubleException">It is not on disk: the erasure must not be made.</exception>
    public async Task AppendAsync(long member, long firstSeenAt, CancellationToken cancellationToken)
    {
        try
        {
            await AppendAsync([Hash(member, firstSeenAt)], cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageTroubleException(
                $"The erasure cannot be noted in {FileName} beside the database, so nothing was erased. Ask who runs this newsroom to make room on its disk, and to let NewsBot write that file; then try again.",
                error
            );
        }
    }

    /// <summary>Why a backup may not be restored with the record that lies here; null where it may.</summary>
    /// <param name="backup">A connection to the backup.</param>
    public async Task<string?> ProblemAsync(DbConnection backup)
    {
        var old = Path.Combine(Path.GetDirectoryName(File)!, OldName);
        if (System.IO.File.Exists(old) && !System.IO.File.Exists(File))
        {
            return null;
        }

        if (!System.IO.File.Exists(File))
        {
            return $"There is no {FileName} in {Path.GetDirectoryName(File)}: whoever erased their data since this backup was made would come back. Copy the file from the folder of the database the backup was made of, or say --without-erasures if nobody erased anything since.";
        }

        // A record of before has no title.
        var title = (await System.IO.File.ReadAllLinesAsync(File)).FirstOrDefault(line =>
            line.StartsWith(Title, StringComparison.Ordinal)
        );
        return title is null || title == await TitleAsync(backup)
            ? null
            : $"{File} belongs to another database than this backup: whoever erased their data since it was made would come back. Copy the file from the folder of the database the backup was made of over it, or say --without-erasures if nobody erased anything since.";
    }

    /// <summary>Erases again whoever is on record and in the database.</summary>
    /// <returns>How many had to be.</returns>
    public async Task<int> ReplayAsync(DbConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
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

    // A line that broke off, because the disk was full or the power went, must not spoil the next one.
    private async Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(
            File,
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.Read,
            0,
            FileOptions.WriteThrough
        );
        var end = stream.Length;
        var text = new StringBuilder();
        if (end == 0)
        {
            var title = await database.ReadAsync(TitleAsync, cancellationToken);
            text.Append(title).Append('\n');
        }
        else
        {
            stream.Seek(-1, SeekOrigin.End);
            text.Append(stream.ReadByte() == '\n' ? "" : "\n");
        }

        foreach (var line in lines)
        {
            text.Append(line).Append('\n');
        }

        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(text.ToString()), cancellationToken);
            RandomAccess.FlushToDisk(stream.SafeFileHandle);
        }
        catch (IOException)
        {
            stream.SetLength(end);
            throw;
        }
    }

    private static async Task<string> TitleAsync(DbConnection connection) =>
        Title + (await connection.ExecuteScalarAsync<string?>(WhichDatabase) ?? "unknown");

    // In the backup, names may be joined that were parted before one of them was erased: the other one is not to go with it.
    private static async Task PartAsync(DbConnection connection, HashSet<long> erased, DateTimeOffset now)
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
