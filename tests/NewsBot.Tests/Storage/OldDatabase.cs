using System.IO.Compression;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsBot.Tests.Storage;

/// <summary>A database as an earlier version left it; see the README in OldDatabases.</summary>
internal static class OldDatabase
{
    private const string Ending = ".sqlite.gz";
    private const string Prefix = "old-database/";

    /// <summary>The names of all, by the newest script each has run.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Ending.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Unpacks one.</summary>
    /// <param name="name">Which.</param>
    /// <param name="file">Where to.</param>
    public static void Unpack(string name, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var packed = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name + Ending)!;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var target = File.Create(file);
        unpacked.CopyTo(target);
    }

    /// <summary>All rows of all tables, in no order, by table; of each the columns that are asked for.</summary>
    /// <param name="file">A database.</param>
    /// <param name="columns">Those of an earlier state; null for all there are.</param>
    public static Dictionary<string, List<string>> Rows(
        string file,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? columns = null
    )
    {
        using var connection = Open(file);
        return (columns ?? Columns(file)).ToDictionary(
            table => table.Key,
            table =>
                connection
                    .Query(
                        $"SELECT {string.Join(", ", table.Value.Select(name => $"\"{name}\""))} FROM \"{table.Key}\""
                    )
                    .Select(row =>
                        string.Join(
                            " | ",
                            ((IDictionary<string, object?>)row).Select(cell =>
                                cell.Value is byte[] bytes
                                    ? Convert.ToHexString(bytes)
                                    : FormattableString.Invariant($"{cell.Value}")
                            )
                        )
                    )
                    .Order(StringComparer.Ordinal)
                    .ToList(),
            StringComparer.Ordinal
        );
    }

    /// <summary>The columns of all tables that hold rows of ours.</summary>
    public static Dictionary<string, IReadOnlyList<string>> Columns(string file)
    {
        using var connection = Open(file);
        return connection
            .Query<string>(
                """
                SELECT name FROM sqlite_master
                WHERE type = 'table' AND name NOT LIKE '%\_search%' ESCAPE '\' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
                ORDER BY name
                """
            )
            .ToDictionary(
                table => table,
                table =>
                    (IReadOnlyList<string>)
                        connection.Query<string>("SELECT name FROM pragma_table_info(@table)", new { table }).ToList(),
                StringComparer.Ordinal
            );
    }

    private static SqliteConnection Open(string file)
    {
        var connection = NewsBot.Cli.DatabaseFile.Connection(file, SqliteOpenMode.ReadWrite);
        connection.Open();
        return connection;
    }
}
