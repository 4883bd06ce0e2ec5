using System.Data.Common;
using Dapper;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Benchmarks.Load;

/// <summary>
/// Fills a newsroom as years do: ten thousand stories a day over twenty communities of five channels, each story with its
/// report, its card, its place in a digest and, in the community whose pages are looked at, a comment.
/// </summary>
internal static class GrowthFill
{
    public const int Communities = 20;
    public const int Feeds = 2_000;

    private const int StoriesADay = 10_000;
    private const long DayMs = 86_400_000;

    // One transaction; a larger one only makes a longer journal.
    private const int AtATime = 100_000;

    /// <summary>Numbers from @From to before @To, in words of both databases.</summary>
    private const string Numbers = """
        WITH RECURSIVE n (i) AS (SELECT CAST(@From AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @To)
        """;

    private const string Places = $"""
        INSERT INTO community (id, name, created_at) VALUES (1, 'Home', 0) ON CONFLICT (id) DO NOTHING;
        INSERT INTO workspace (community_id, platform, external_id, name) VALUES (1, 'web', 'web', 'Chat')
        ON CONFLICT (platform, external_id) DO NOTHING;
        INSERT INTO community (id, name, created_at) {Numbers} SELECT i, 'Community ' || i, 0 FROM n WHERE i > 1;
        INSERT INTO workspace (community_id, platform, external_id, name)
        {Numbers} SELECT i, 'slack', 'T' || i, 'Workspace ' || i FROM n WHERE i > 1;
        INSERT INTO channel (id, community_id, workspace_id, external_id, name, mode, publication, max_per_hour, max_per_day,
                             created_at)
        {Numbers} SELECT 1000 + i * 5 + k.value, i, w.id, 'C' || i || '-' || k.value, 'news-' || k.value, 'instant', 'public',
                         1000000, 1000000, 0
        FROM n JOIN workspace w ON w.community_id = i CROSS JOIN json_each(CAST('[0,1,2,3,4]' AS TEXT)) k;
        INSERT INTO member (id, community_id, name, first_seen_at) {Numbers} SELECT 1000 + i, 1, 'Member ' || i, 0 FROM n;
        """;

    // One of a hundred is paused. Their time is far from now, so that nobody but who asks for it finds them due.
    private const string Sources = $"""
        INSERT INTO feed (id, url, interval_ms, next_poll_at, first_taken_at, last_polled_at)
        {Numbers} SELECT 1 + i, 'https://outlet' || i || '.example/feed', 3600000,
                         CASE WHEN i % 100 = 0 THEN @Due ELSE @Due + i * 7919 % 3600000 END, 0, 0 FROM n;
        INSERT INTO source (id, community_id, feed_id, name, created_at, paused_at)
        {Numbers} SELECT 1 + i, 1 + i % 20, 1 + i, 'Outlet ' || i, 0, CASE WHEN i % 100 = 0 THEN 0 END FROM n;
        INSERT INTO subscription (source_id, channel_id, created_at, offered_at)
        {Numbers} SELECT 1 + i, 1000 + (1 + i % 20) * 5 + i / 20 % 5, 0, 0 FROM n;
        """;

    private const string Stories = $"""
        INSERT INTO entry (id, feed_id, guid, url, url_key, title, title_key, content_hash, excerpt, published_at, seen_at)
        {Numbers} SELECT 1 + i, 1 + i % 2000, 'g' || i, 'https://outlet.example/' || i, 'outlet.example/' || i,
                         {Title}, {Title}, 'h' || i, {Text}, @Begin + i * @Step, @Begin + i * @Step FROM n;
        INSERT INTO story (id, community_id, headline, slug, url, lead_entry_id, summary_text, published_at, created_at,
                           updated_at, next_number, comment_count)
        {Numbers} SELECT 1 + i, 1 + i % 20, {Title}, 'story', 'https://outlet.example/' || i, 1 + i, {Text},
                         @Begin + i * @Step, @Begin + i * @Step, @Begin + i * @Step, CASE WHEN i % 20 = 0 THEN 2 ELSE 1 END,
                         CASE WHEN i % 20 = 0 THEN 1 ELSE 0 END FROM n;
        INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
        {Numbers} SELECT 1 + i, 1 + i, 1 + i % 20, 1 + i % 2000, @Begin + i * @Step FROM n;
        INSERT INTO channel_story (channel_id, story_id, state, at)
        {Numbers} SELECT 1000 + (1 + i % 20) * 5 + i % 2000 / 20 % 5, 1 + i, 'carded', @Begin + i * @Step FROM n;
        INSERT INTO post (channel_id, subject, part, operation, revision, body, state, not_before, message_id, cause_at,
                          created_at, sent_at)
        {Numbers} SELECT 1000 + (1 + i % 20) * 5 + i % 2000 / 20 % 5, 'story:' || (1 + i), 0, 'create', 1, @Body,
                         'sent', 0, 'm' || (1 + i), @Begin + i * @Step, @Begin + i * @Step, @Begin + i * @Step FROM n;
        INSERT INTO digest (id, channel_id, due_at, since, title, subtitle)
        {Numbers} SELECT 1 + i, 1000 + (1 + i % 20) * 5 + i % 2000 / 20 % 5, i, i, 'Digest', 'Ten stories' FROM n
        WHERE i % 100 < 20;
        INSERT INTO digest_story (digest_id, story_id, rank, is_card)
        {Numbers} SELECT 1 + i - i % 100 + i % 20, 1 + i, i % 100 / 20, 1 FROM n;
        INSERT INTO web_message (channel_id, post_key, body, story_id, created_at)
        {Numbers} SELECT 1005 + i % 2000 / 20 % 5, 'story:' || (1 + i) || '/0', @Body, 1 + i, @Begin + i * @Step
        FROM n WHERE i % 20 = 0;
        INSERT INTO comment (story_id, number, member_id, body, visibility, channel_id, message_id, written_at, accepted_at)
        {Numbers} SELECT 1 + i, 1, 1001 + i / 20 % 20, {Text}, 'public', 1005 + i % 2000 / 20 % 5, 'reply-' || i,
                         @Begin + i * @Step, @Begin + i * @Step FROM n WHERE i % 20 = 0;
        """;

    private const string Title =
        "'Harbour ' || (i * 7919 % 20011) || ' bridge ' || (i * 104729 % 9973) || ' opens ' || i";

    private const string Text =
        "'Words ' || (i * 31 % 50021) || ' of the report ' || (i * 17 % 4999) || ' say what it costs, who pays and when it opens.'";

    private static readonly string Body = PostBodies.Write(
        new PostBody.Card(
            new StoryId(1),
            "Harbour bridge opens",
            "https://outlet.example/1",
            "Outlet",
            [],
            DateTimeOffset.UnixEpoch,
            "Words of the report.",
            null,
            0,
            null,
            IsRemoved: false
        )
    );

    /// <summary>Feeds that the community wants whose pages are looked at, in turn.</summary>
    public static long OfHome(int number) => 1 + (Communities * (1 + (number % 4)));

    /// <summary>Makes communities and channels.</summary>
    public static Task PlacesAsync(Database database) =>
        database.WriteAsync(
            (Func<DbConnection, Task>)(
                connection => connection.ExecuteAsync(Places, new { From = 1, To = Communities + 1 })
            ),
            CancellationToken.None
        );

    /// <summary>Makes sources, each with a feed of its own.</summary>
    /// <param name="database">Where.</param>
    /// <param name="count">How many.</param>
    /// <param name="due">The first of the hour in which they are due.</param>
    public static Task SourcesAsync(Database database, int count, DateTimeOffset due) =>
        InStepsAsync(
            database,
            Sources,
            count,
            (from, to) =>
                new
                {
                    From = from,
                    To = to,
                    Due = due.Ms(),
                }
        );

    /// <summary>Makes stories, the last one a minute ago.</summary>
    public static Task StoriesAsync(Database database, int count, DateTimeOffset now)
    {
        var step = DayMs / StoriesADay;
        var begin = now.Ms() - 60_000 - (count * step);
        return InStepsAsync(
            database,
            Stories,
            count,
            (from, to) =>
                new
                {
                    From = from,
                    To = to,
                    Begin = begin,
                    Step = step,
                    Body,
                }
        );
    }

    private static async Task InStepsAsync(
        Database database,
        string statements,
        int count,
        Func<int, int, object> values
    )
    {
        for (var from = 0; from < count; from += AtATime)
        {
            var to = Math.Min(count, from + AtATime);
            await database.WriteAsync(
                async connection =>
                {
                    // One by one: what a statement costs is planned with what the one before has written.
                    foreach (var statement in statements.Split(';', StringSplitOptions.RemoveEmptyEntries))
                    {
                        await connection.ExecuteAsync(statement, values(from, to), commandTimeout: 3_600);
                    }
                },
                CancellationToken.None
            );
        }

        if (database is PostgresDatabase)
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            foreach (var table in (string[])["community", "channel", "member", "feed", "source", "entry", "story"])
            {
                await connection.ExecuteAsync(
                    $"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT COALESCE(MAX(id), 1) FROM {table}))"
                );
            }

            // Its own clockwork would come to it by and by.
            await connection.ExecuteAsync("VACUUM ANALYZE", commandTimeout: 3_600);
        }
    }
}
