using System.Reflection;
using System.Text.RegularExpressions;
using NewsBot.Storage;

namespace NewsBot.Postgres.Tests;

/// <summary>While a newer version takes over process by process, older ones work beside it on the database it has changed.</summary>
public sealed partial class UpgradeTests
{
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
