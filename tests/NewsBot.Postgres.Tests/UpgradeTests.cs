using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;
using NewsBot.Postgres.Tests.Processes;
using NewsBot.Storage;

namespace NewsBot.Postgres.Tests;

/// <summary>While a newer version takes over process by process, older ones work beside it on the database it has changed.</summary>
public sealed partial class UpgradeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The first schema of PostgreSQL.
    private const string Baseline = "0031_newsroom.postgres.sql";

    [Fact]
    public void What_is_added_to_the_schema_leaves_all_that_an_older_process_uses()
    {
        var assembly = typeof(Migrator).Assembly;
        var later = assembly
            .GetManifestResourceNames()
            .Where(name => name.EndsWith(".postgres.sql", StringComparison.Ordinal))
            .Where(name => string.CompareOrdinal(name[Migrator.Prefix.Length..], Baseline) > 0)
            .ToList();

        var disturbing = later.Where(name => Disturbance().IsMatch(Text(assembly, name)));

        Assert.NotEmpty(later);
        Assert.Empty(disturbing);
    }

    [Fact]
    public async Task An_older_version_starts_beside_processes_of_a_newer_one_and_not_after_them()
    {
        using var shared = await SharedDatabase.MakeAsync();
        var older = shared.View();
        await older.WriteAsync(
            connection =>
                connection.ExecuteAsync(
                    "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES (@Name, CURRENT_TIMESTAMP)",
                    new { Name = $"{Migrator.Prefix}9999_later.postgres.sql" }
                ),
            Token
        );
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new Migrator(older).MigrateAsync(Token)
        );
        Assert.Contains("9999_later", refused.Message, StringComparison.Ordinal);

        var (newer, _) = await shared.JoinAsync(Token);
        Assert.Empty(await new Migrator(older).MigrateAsync(Token));

        await SharedDatabase.SilenceAsync(newer, Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Migrator(older).MigrateAsync(Token));
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return Remark().Replace(reader.ReadToEnd(), "");
    }

    // What is gone or has another name is asked for in vain; a column that wants a value refuses what an older process
    // writes, and so does a key that has to be unlike others.
    [GeneratedRegex(
        @"\b(DROP (TABLE|COLUMN|FUNCTION|VIEW)|RENAME|ALTER COLUMN|ADD CONSTRAINT|CREATE UNIQUE INDEX)\b|\bADD COLUMN (?=[^;]*\bNOT NULL\b)(?![^;]*\bDEFAULT\b)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Disturbance();

    [GeneratedRegex(@"--[^\n]*", RegexOptions.None, 1_000)]
    private static partial Regex Remark();
}
