using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Cli;

namespace NewsBot.Tests.Disk;

/// <summary>What is true of every whole database, asked in plain SQL.</summary>
internal static class LedgerRules
{
    private static readonly (string Rule, string Broken)[] All =
    [
        (
            "numbers run without a gap",
            """
            SELECT COUNT(*) FROM story s
            WHERE s.next_number - 1 <> (SELECT COUNT(*) FROM comment c WHERE c.story_id = s.id)
               OR s.next_number - 1 <> (SELECT COALESCE(MAX(c.number), 0) FROM comment c WHERE c.story_id = s.id)
            """
        ),
        ("a number is given once", "SELECT COUNT(*) - COUNT(DISTINCT story_id || '#' || number) FROM comment"),
        ("a comment answers an earlier one", "SELECT COUNT(*) FROM comment WHERE parent >= number AND parent > 0"),
        (
            "counts are right",
            """
            SELECT COUNT(*) FROM story s WHERE s.comment_count <> (
                SELECT COUNT(*) FROM comment c WHERE c.story_id = s.id AND c.state = 'visible')
            """
        ),
        (
            "a message in the chat is one comment",
            """
            SELECT COUNT(*) FROM web_message m
            WHERE m.story_id IS NOT NULL AND m.member_id IS NOT NULL AND m.deleted_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM comment c WHERE c.message_id = CAST(m.id AS TEXT) AND c.channel_id = m.channel_id)
            """
        ),
    ];

    /// <summary>Fails where a database file is damaged or breaks a rule.</summary>
    public static async Task HoldAsync(string file, CancellationToken cancellationToken)
    {
        Assert.Empty(await DatabaseFile.CheckAsync(file, cancellationToken));
        await using var connection = DatabaseFile.Connection(file, SqliteOpenMode.ReadOnly);
        await connection.OpenAsync(cancellationToken);
        foreach (var (rule, broken) in All)
        {
            Assert.True(await connection.ExecuteScalarAsync<long>(broken) == 0, $"{rule}: {file}");
        }
    }
}
