using System.Data.Common;

namespace NewsBot.Storage;

/// <summary>How a statement looks for words: SQLite has an index table beside the table, PostgreSQL a column in it.</summary>
/// <param name="Stories">What stands behind FROM; the story is s.</param>
/// <param name="StoryMatches">Whether a story has the words of @Query.</param>
/// <param name="StoryRank">The lower, the better a story fits.</param>
/// <param name="Headline">A headline in which what was found is marked.</param>
/// <param name="Summary">A piece of a summary in which what was found is marked.</param>
/// <param name="Comments">What stands behind FROM; the comment is c.</param>
/// <param name="CommentMatches">Whether a comment has the words of @Query.</param>
/// <param name="CommentRank">The lower, the better a comment fits.</param>
/// <param name="Body">A piece of a comment in which what was found is marked.</param>
internal sealed record FullText(
    string Stories,
    string StoryMatches,
    string StoryRank,
    string Headline,
    string Summary,
    string Comments,
    string CommentMatches,
    string CommentRank,
    string Body
)
{
    // Source: https://www.sqlite.org/fts5.html
    private static readonly FullText Sqlite = new(
        "story_search JOIN story s ON s.id = story_search.rowid",
        "story_search MATCH @Query",
        "bm25(story_search, 4.0, 1.0)",
        "highlight(story_search, 0, char(1), char(2))",
        "snippet(story_search, 1, char(1), char(2), '…', 32)",
        "comment_search JOIN comment c ON c.id = comment_search.rowid",
        "comment_search MATCH @Query",
        "bm25(comment_search)",
        "snippet(comment_search, 0, char(1), char(2), '…', 32)"
    );

    // Source: https://www.postgresql.org/docs/current/textsearch-controls.html
    private static readonly FullText Postgres = new(
        "story s",
        "s.search @@ searched(@Query)",
        "-ts_rank('{0.25, 0.25, 0.25, 1}', s.search, searched(@Query))",
        "marked(s.headline, @Query, 'HighlightAll=true')",
        "marked(s.summary_text, @Query, 'MaxWords=32, MinWords=16')",
        "comment c",
        "c.search @@ searched(@Query)",
        "-ts_rank(c.search, searched(@Query))",
        "marked(c.body, @Query, 'MaxWords=32, MinWords=16')"
    );

    public static FullText Of(DbConnection connection) => connection is Npgsql.NpgsqlConnection ? Postgres : Sqlite;
}
