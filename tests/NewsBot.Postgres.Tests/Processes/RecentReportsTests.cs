using System.Data.Common;
using Dapper;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Postgres.Tests.Processes;

/// <summary>What a process keeps of stories in memory, beside another one that writes too.</summary>
public sealed class RecentReportsTests : IAsyncLifetime
{
    private const string Newsroom = """
        INSERT INTO community (id, name, created_at) VALUES (1, 'Quay', 0) ON CONFLICT (id) DO NOTHING;
        INSERT INTO feed (id, url, interval_ms, next_poll_at) VALUES (1, 'https://feed.example/', 900000, 0);
        INSERT INTO source (id, community_id, feed_id, name, created_at) VALUES (1, 1, 1, 'Gazette', 0);
        """;

    private const string AddEntry = """
        INSERT INTO entry (feed_id, guid, title, title_key, content_hash, published_at, seen_at)
        VALUES (1, @Title, @Title, @Title, 'h', @Now, @Now) RETURNING id
        """;

    private const string AddStory = """
        INSERT INTO story (community_id, headline, slug, url, lead_entry_id, published_at, created_at, updated_at)
        VALUES (1, @Title, 'story', 'https://feed.example/', @Entry, @Now, @Now, @Now) RETURNING id
        """;

    private const string Join = """
        INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
        VALUES (@Story, @Entry, 1, 1, @Now)
        """;

    private SharedDatabase _shared = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_story_that_was_rolled_back_is_forgotten_although_another_process_wrote_one_since()
    {
        const string Ghost = "Harbour bridge opens to the public after nine years";
        using var one = _shared.View();
        using var two = _shared.View();
        await one.WriteAsync(connection => connection.ExecuteAsync(Newsroom), Token);
        var reports = new RecentReports();
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            one.WriteAsync<bool>(
                async connection =>
                {
                    await reports.ForgetUndoneAsync(connection);
                    await WriteAsync(connection, Ghost);
                    Assert.NotNull(await ChooseAsync(reports, connection, Ghost));
                    throw new InvalidOperationException("Nothing of this is kept.");
                },
                Token
            )
        );
        await two.WriteAsync(connection => WriteAsync(connection, "Seal sleeps on the runway of Gullcliff"), Token);

        var chosen = await one.WriteAsync(
            async connection =>
            {
                await reports.ForgetUndoneAsync(connection);
                return await ChooseAsync(reports, connection, Ghost);
            },
            Token
        );

        Assert.Null(chosen);
    }

    public async ValueTask InitializeAsync() => _shared = await SharedDatabase.MakeAsync();

    public ValueTask DisposeAsync()
    {
        _shared.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Task<StoryMatch?> ChooseAsync(RecentReports reports, DbConnection connection, string title) =>
        reports.ChooseAsync(
            connection,
            new CommunityId(1),
            new ClusterItem(null, title, "", "Courier", Now),
            Now.AddMinutes(1)
        );

    private static async Task<long> WriteAsync(DbConnection connection, string title)
    {
        var entry = await connection.ExecuteScalarAsync<long>(
            AddEntry,
            new { Title = title, Now = Now.ToUnixTimeMilliseconds() }
        );
        var story = await connection.ExecuteScalarAsync<long>(
            AddStory,
            new
            {
                Title = title,
                Entry = entry,
                Now = Now.ToUnixTimeMilliseconds(),
            }
        );
        await connection.ExecuteAsync(
            Join,
            new
            {
                Story = story,
                Entry = entry,
                Now = Now.ToUnixTimeMilliseconds(),
            }
        );
        return story;
    }
}
