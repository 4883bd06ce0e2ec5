using System.Data.Common;
using Dapper;

namespace NewsBot.Storage;

/// <summary>Keeps what a story said before its source changed it.</summary>
internal static class StoryVersions
{
    /// <summary>Most versions kept beside the one that holds: the first one and the newest.</summary>
    public const int Most = 12;

    private const string Add = """
        INSERT INTO story_version (story_id, number, headline, summary_text, since)
        SELECT s.id, COALESCE((SELECT MAX(v.number) FROM story_version v WHERE v.story_id = s.id), 0) + 1,
               s.headline, s.summary_text,
               CASE WHEN EXISTS (SELECT 1 FROM story_version v WHERE v.story_id = s.id)
                    THEN COALESCE(s.corrected_at, s.created_at) ELSE s.created_at END
        FROM story s WHERE s.id = @Story
        """;

    // What a source that never rests said in between, nobody looks for.
    private const string Forget = """
        DELETE FROM story_version
        WHERE story_id = @Story AND number > 1
          AND number <= (SELECT MAX(v.number) FROM story_version v WHERE v.story_id = @Story) - @Newest
        """;

    private const string First = "SELECT headline FROM story_version WHERE story_id = @Story AND number = 1";

    private const string Load = """
        SELECT number, headline, summary_text AS Summary, since FROM story_version WHERE story_id = @Story ORDER BY number
        """;

    /// <summary>Remembers a story as it is now, because it is about to change.</summary>
    /// <returns>The headline it had first.</returns>
    public static async Task<string> KeepAsync(DbConnection connection, long story)
    {
        var key = new { Story = story, Newest = Most - 1 };
        await connection.ExecuteAsync(Add, key);
        await connection.ExecuteAsync(Forget, key);
        return await connection.ExecuteScalarAsync<string>(First, key) ?? "";
    }

    /// <returns>What a story said before, oldest first; empty for one that never changed.</returns>
    public static async Task<IReadOnlyList<StoryVersion>> LoadAsync(DbConnection connection, long story) =>
        [.. (await connection.QueryAsync<VersionRow>(Load, new { Story = story })).Select(row => row.ToVersion())];

    private sealed class VersionRow
    {
        public required long Number { get; init; }
        public required string Headline { get; init; }
        public required string Summary { get; init; }
        public required long Since { get; init; }

        public StoryVersion ToVersion() => new((int)Number, Headline, Summary, Instants.At(Since));
    }
}

/// <summary>What a story said at one time.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Headline">Plain text.</param>
/// <param name="Summary">Plain text; empty for none.</param>
/// <param name="Since">Since when, UTC.</param>
internal sealed record StoryVersion(int Number, string Headline, string Summary, DateTimeOffset Since);
