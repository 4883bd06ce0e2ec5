using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsBot.Tests.Doors;

/// <summary>All that stands in a database, to be held against what stood there before.</summary>
internal static class DatabaseDump
{
    // What was tried is written down there, and nothing follows from it.
    private static readonly string[] Left =
    [
        "audit",
        "signed_request",
        "sqlite_sequence",
        "sqlite_stat1",
        "sqlite_stat4",
    ];

    // Where rounds that come by themselves have got to.
    private static readonly string[] Rounds = ["caught_up_at", "seen_message"];

    /// <summary>Every row of every table as text, by table, in order.</summary>
    /// <param name="file">The database, which somebody may be writing to.</param>
    /// <param name="but">Tables that are left out besides the audit.</param>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(string file, params string[] but)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly }.ToString()
        );
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        // What is read at one moment only waits for nobody; the other kind of transaction would.
#pragma warning disable CA1849
        await using var moment = connection.BeginTransaction(deferred: true);
#pragma warning restore CA1849
        var tables = (
            await connection.QueryAsync<string>(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
                transaction: moment
            )
        ).Except([.. Left, .. but], StringComparer.Ordinal);
        Dictionary<string, string> dump = new(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            var rows = await connection.QueryAsync($"SELECT * FROM \"{table}\"", transaction: moment);
            dump[table] = string.Join(
                '\n',
                rows.Select(row => Line((IDictionary<string, object?>)row)).Order(StringComparer.Ordinal)
            );
        }

        return dump;
    }

    /// <summary>Fails with the rows that are other than before.</summary>
    public static void AssertSame(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        var difference = Difference(before, after);
        Assert.True(difference.Length == 0, difference);
    }

    private static string Difference(
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> after
    ) =>
        string.Join(
            '\n',
            after
                .Where(table => before.GetValueOrDefault(table.Key) != table.Value)
                .Select(table =>
                {
                    var old = (before.GetValueOrDefault(table.Key) ?? "").Split('\n');
                    var now = table.Value.Split('\n');
                    return $"{table.Key}:\n  -{string.Join("\n  -", old.Except(now, StringComparer.Ordinal))}\n  +{string.Join("\n  +", now.Except(old, StringComparer.Ordinal))}";
                })
        );

    private static string Line(IDictionary<string, object?> row) =>
        string.Join(
            ' ',
            row.Where(field => !Rounds.Contains(field.Key))
                .Select(field =>
                    $"{field.Key}={(field.Value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(field.Value, CultureInfo.InvariantCulture))}"
                )
        );
}
