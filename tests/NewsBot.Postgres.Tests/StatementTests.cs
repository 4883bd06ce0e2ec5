using System.Reflection;
using System.Text.RegularExpressions;
using NewsBot.Storage;
using NewsBot.Testing.Servers;
using Npgsql;

namespace NewsBot.Postgres.Tests;

/// <summary>Statements are written once for both databases; SQLite's tests run all of them, this one has PostgreSQL read them.</summary>
public sealed partial class StatementTests
{
    // What is only SQLite's, beside a text of PostgreSQL's own.
    private static readonly string[] OnlySqlite =
    [
        "PRAGMA",
        "pragma_",
        "sqlite_master",
        "MATCH",
        "rowid IN (SELECT",
        "VACUUM",
    ];

    // Two of these make a statement.
    private static readonly string[] Parts = ["EndedInSqlite", "EndedInPostgres", "SaveEnded", "CountEnded"];

    // A parameter alone has no type before it has a value; that is all that can be wrong with these.
    private static readonly string[] NoFault =
    [
        PostgresErrorCodes.IndeterminateDatatype,
        PostgresErrorCodes.AmbiguousParameter,
        PostgresErrorCodes.AmbiguousFunction,
        PostgresErrorCodes.DatatypeMismatch,
        PostgresErrorCodes.CannotCoerce,
    ];

    [Fact]
    public async Task PostgreSQL_understands_every_statement_of_the_program()
    {
        var server = await PostgresServer.GetAsync();
        await using var connection = new NpgsqlConnection(server.Make("tstatements"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        List<string> faults = [];
        var statements = Statements().ToList();

        foreach (var (name, sql) in statements)
        {
#pragma warning disable CA2100 // They are the program's own.
            await using var prepare = new NpgsqlCommand($"PREPARE statement AS {Numbered(sql)}", connection);
#pragma warning restore CA2100
            try
            {
                await prepare.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
                await using var forget = new NpgsqlCommand("DEALLOCATE statement", connection);
                await forget.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }
            catch (PostgresException error)
                when (!NoFault.Contains(error.SqlState, StringComparer.Ordinal) && !IsPart(error))
            {
                faults.Add($"{name}: {error.MessageText}");
            }
            catch (PostgresException)
            {
                // Without values it cannot be told.
            }
        }

        Assert.True(statements.Count > 500, $"Only {statements.Count} statements were found.");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<(string Name, string Sql)> Statements() =>
        from type in typeof(Database).Assembly.GetTypes()
        where !type.ContainsGenericParameters
        from field in type.GetFields(
            BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly
        )
        where field.FieldType == typeof(string)
        let text = (string?)field.GetValue(null)
        where text is not null && Begin().IsMatch(text) && !Parts.Contains(field.Name, StringComparer.Ordinal)
        where !OnlySqlite.Any(word => text.Contains(word, StringComparison.Ordinal))
        from sql in text.Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        where !sql.Contains("{0}", StringComparison.Ordinal) && Begin().IsMatch(sql)
        select ($"{type.Name}.{field.Name}", sql);

    // A part of other statements begins like one of its own.
    private static bool IsPart(PostgresException error) =>
        error.MessageText.StartsWith("missing FROM-clause", StringComparison.Ordinal);

    // As Npgsql sends it: numbers for names, and an array for a list.
    private static string Numbered(string sql)
    {
        List<string> names = [];
        var listed = Listed()
            .Replace(
                sql,
                found => $"{(found.Groups["not"].Success ? "<> ALL" : "= ANY")} (@{found.Groups["name"].Value})"
            );
        return Named()
            .Replace(
                listed,
                found =>
                {
                    var name = found.Groups["name"].Value.ToUpperInvariant();
                    if (!names.Contains(name, StringComparer.Ordinal))
                    {
                        names.Add(name);
                    }

                    return $"${names.IndexOf(name) + 1}";
                }
            );
    }

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Begin();

    [GeneratedRegex(@"\b(?<not>NOT )?IN @(?<name>\w+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Listed();

    [GeneratedRegex(@"(?<![@\w])@(?<name>\w+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Named();
}
