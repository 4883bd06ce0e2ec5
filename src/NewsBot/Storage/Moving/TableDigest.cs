using System.Data.Common;
using System.Security.Cryptography;

namespace NewsBot.Storage.Moving;

/// <summary>What a table holds, in short: two tables with the same digest hold the same rows.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Hash">SHA-256 over every column of every row in the order of the key, in lower-case hexadecimal.</param>
internal sealed record TableDigest(long Rows, string Hash)
{
    /// <summary>Reads the whole table.</summary>
    /// <param name="connection">Where it is.</param>
    /// <param name="table">Which.</param>
    /// <param name="cancellationToken">Ends it between two rows.</param>
    public static async Task<TableDigest> OfAsync(
        DbConnection connection,
        NewsroomTable table,
        CancellationToken cancellationToken
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var bytes = new MemoryStream();
        await using var writer = new BinaryWriter(bytes);
        var rows = 0L;
        await foreach (var row in TableRows.ReadAsync(connection, table, cancellationToken))
        {
            bytes.SetLength(0);
            foreach (var value in row)
            {
                Write(writer, value);
            }

            hash.AppendData(bytes.GetBuffer(), 0, (int)bytes.Length);
            rows++;
        }

        return new TableDigest(rows, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }

    // Each with its kind and its length, so that no two rows are written alike.
    private static void Write(BinaryWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.Write((byte)0);
                break;
            case long number:
                writer.Write((byte)1);
                writer.Write(number);
                break;
            case double fraction:
                writer.Write((byte)2);
                // SQLite knows no zero below zero.
                writer.Write(fraction == 0 ? 0.0 : fraction);
                break;
            case string text:
                writer.Write((byte)3);
                writer.Write(PostgresFilling.Storable(text));
                break;
            case byte[] bytes:
                writer.Write((byte)4);
                writer.Write(bytes.Length);
                writer.Write(bytes);
                break;
            default:
                throw new NotSupportedException(value.GetType().Name);
        }
    }
}
