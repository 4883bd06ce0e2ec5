using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using NewsBot.Commands;

namespace NewsBot.Storage;

/// <summary>What commands read and write, inside a connection or transaction of their own.</summary>
internal static partial class AdminStore
{
    /// <summary>Compares a row with how it should be.</summary>
    /// <param name="connection">Where to read.</param>
    /// <param name="table">Its table.</param>
    /// <param name="id">Its id; the row must exist.</param>
    /// <param name="wanted">Columns and their new values.</param>
    /// <returns>Only the columns that differ; null where none does.</returns>
    public static async Task<RowChange?> CompareAsync(
        DbConnection connection,
        string table,
        long id,
        params IReadOnlyList<(string Column, object? Value)> wanted
    )
    {
        var row = await RowAsync(connection, table, Key(id));
        var different = wanted.Where(one => !Same(row![one.Column], one.Value)).ToList();
        return different.Count == 0
            ? null
            : new RowChange(
                table,
                Key(id),
                different.ToDictionary(one => one.Column, one => row![one.Column], StringComparer.Ordinal),
                different.ToDictionary(one => one.Column, one => one.Value, StringComparer.Ordinal)
            );
    }

    /// <summary>The removal of a row, with all that is needed to put it back.</summary>
    public static async Task<RowChange> RemovalAsync(
        DbConnection connection,
        string table,
        IReadOnlyDictionary<string, object?> key
    ) => new(table, key, await RowAsync(connection, table, key), null);

    public static IReadOnlyDictionary<string, object?> Key(long id) =>
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = id };

    /// <summary>Makes one change. New rows that are named by a number get theirs here.</summary>
    /// <returns>The change with its whole key.</returns>
    public static async Task<RowChange> ApplyAsync(DbConnection connection, RowChange change)
    {
        Check(change);
        if (change.After is null)
        {
            await connection.ExecuteAsync(
                $"DELETE FROM {change.Table} WHERE {Where(change.Key)}",
                Parameters(change.Key, "k_")
            );
            return change;
        }

        if (change.Before is not null)
        {
            var sets = string.Join(", ", change.After.Keys.Select(column => $"{column} = @v_{column}"));
            var parameters = Parameters(change.Key, "k_");
            parameters.AddDynamicParams(Parameters(change.After, "v_"));
            await connection.ExecuteAsync($"UPDATE {change.Table} SET {sets} WHERE {Where(change.Key)}", parameters);
            return change;
        }

        var all = new Dictionary<string, object?>(change.After, StringComparer.Ordinal);
        foreach (var (column, value) in change.Key)
        {
            all[column] = value;
        }

        var columns = string.Join(", ", all.Keys);
        var values = string.Join(", ", all.Keys.Select(column => "@v_" + column));
        var insert = $"INSERT INTO {change.Table} ({columns}) VALUES ({values})";
        if (change.Key.Count > 0)
        {
            await connection.ExecuteAsync(insert, Parameters(all, "v_"));
            return change;
        }

        var id = await connection.ExecuteScalarAsync<long>(insert + " RETURNING id", Parameters(all, "v_"));
        return change with { Key = Key(id) };
    }

    /// <summary>Whether a row still is as the change left it.</summary>
    public static async Task<bool> StillStandsAsync(DbConnection connection, RowChange change)
    {
        Check(change);
        var row = await RowAsync(connection, change.Table, change.Key);
        return (row, change.After) switch
        {
            (null, null) => true,
            (null, _) or (_, null) => false,
            var (now, after) => after.All(pair => Same(now[pair.Key], pair.Value)),
        };
    }

    private static async Task<Dictionary<string, object?>?> RowAsync(
        DbConnection connection,
        string table,
        IReadOnlyDictionary<string, object?> key
    )
    {
        var row = await connection.QueryFirstOrDefaultAsync(
            $"SELECT * FROM {table} WHERE {Where(key)}",
            Parameters(key, "k_")
        );
        return row is IDictionary<string, object?> columns
            ? new Dictionary<string, object?>(columns, StringComparer.Ordinal)
            : null;
    }

    private static bool Same(object? left, object? right) =>
        (left, right) switch
        {
            (null, null) => true,
            (null, _) or (_, null) => false,
            (string a, string b) => a == b,
            (string, _) or (_, string) => false,
            _ => Convert.ToDouble(left, null).Equals(Convert.ToDouble(right, null)),
        };

    private static string Where(IReadOnlyDictionary<string, object?> key) =>
        string.Join(" AND ", key.Keys.Select(column => $"{column} = @k_{column}"));

    private static DynamicParameters Parameters(IReadOnlyDictionary<string, object?> values, string prefix)
    {
        var parameters = new DynamicParameters();
        foreach (var (column, value) in values)
        {
            parameters.Add(prefix + column, value);
        }

        return parameters;
    }

    // Names come from our own code, also by way of the audit; a name that is none would be a hole, so it stops here.
    private static void Check(RowChange change)
    {
        var names = change
            .Key.Keys.Concat(change.Before?.Keys ?? [])
            .Concat(change.After?.Keys ?? [])
            .Append(change.Table);
        if (names.FirstOrDefault(name => !Name().IsMatch(name)) is { } wrong)
        {
            throw new InvalidOperationException($"“{wrong}” is no name of a table or column.");
        }
    }

    [GeneratedRegex("^[a-z][a-z_]{0,40}$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Name();
}
