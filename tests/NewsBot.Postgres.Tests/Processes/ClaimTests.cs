using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using NewsBot.Core.Channels;
using NewsBot.Core.Feeds;
using NewsBot.Core.Posts;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Postgres.Tests.Processes;

/// <summary>Work that waits is taken up by one of the processes.</summary>
public sealed class ClaimTests : IAsyncLifetime
{
    private const string Newsroom = """
        INSERT INTO community (id, name, created_at) VALUES (1, 'Quay', 0) ON CONFLICT (id) DO NOTHING;
        INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (7, 1, 'web', 'w7', 'Chat');
        INSERT INTO channel (id, community_id, workspace_id, external_id, name, created_at)
        VALUES (1, 1, 7, 'a', 'a', 0), (2, 1, 7, 'b', 'b', 0);
        """;

    private const string Feeds = """
        INSERT INTO feed (id, url, interval_ms, next_poll_at)
        SELECT n, 'https://feed.example/' || n, 900000, 0 FROM generate_series(1, 40) n;
        INSERT INTO source (community_id, feed_id, name, created_at) SELECT 1, n, 'Feed ' || n, 0 FROM generate_series(1, 40) n;
        """;

    private SharedDatabase _shared = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Processes_that_claim_at_the_same_time_poll_different_feeds()
    {
        var (one, _) = await _shared.JoinAsync(Token);
        var (two, _) = await _shared.JoinAsync(Token);
        await one.WriteAsync(connection => connection.ExecuteAsync(Newsroom + Feeds), Token);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ClaimAsync(i % 2 == 0 ? one : two)));

        var polled = claims.SelectMany(claim => claim).Select(feed => feed.Id.Value).ToList();
        Assert.Equal(Enumerable.Range(1, 40).Select(id => (long)id), polled.Order());
    }

    [Fact]
    public async Task A_channel_whose_post_one_process_has_in_hand_is_left_alone_by_the_others()
    {
        var (one, _) = await _shared.JoinAsync(Token);
        var (two, _) = await _shared.JoinAsync(Token);
        await one.WriteAsync(connection => connection.ExecuteAsync(Newsroom), Token);
        await SayAsync(one, 1, "first");
        await SayAsync(one, 1, "second");
        await SayAsync(one, 2, "elsewhere");

        var first = Assert.Single(await TurnAsync(one, most: 1));
        var elsewhere = Assert.Single(await TurnAsync(two));
        Assert.Equal((1, 2), (first.Channel.Value, elsewhere.Channel.Value));

        Assert.Empty(await TurnAsync(one, most: 0, ended: first));
        var second = Assert.Single(await TurnAsync(two, busy: elsewhere.Channel));
        Assert.Equal(1, second.Channel.Value);
        Assert.Contains("second", second.Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_dead_process_had_in_hand_is_taken_up_by_another()
    {
        var (one, _) = await _shared.JoinAsync(Token);
        var (two, living) = await _shared.JoinAsync(Token);
        await one.WriteAsync(connection => connection.ExecuteAsync(Newsroom), Token);
        await SayAsync(one, 1, "first");
        var first = Assert.Single(await TurnAsync(one));
        Assert.Empty(await TurnAsync(two));

        await SharedDatabase.SilenceAsync(one, Token);
        await living.BuryAsync(Token);

        var again = Assert.Single(await TurnAsync(two));
        Assert.Equal(first.Id, again.Id);
        Assert.NotNull(again.TriedSince);
        await Assert.ThrowsAsync<DeadProcessException>(() => TurnAsync(one, ended: first));
    }

    public async ValueTask InitializeAsync() => _shared = await SharedDatabase.MakeAsync();

    public ValueTask DisposeAsync()
    {
        _shared.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Task<IReadOnlyList<Feed>> ClaimAsync(Database database) =>
        new FeedStore(database, new FeedLogins(new EphemeralDataProtectionProvider())).ClaimDueAsync(
            Now,
            TimeSpan.FromMinutes(5),
            5,
            Token
        );

    private static Task SayAsync(Database database, long channel, string words) =>
        database.WriteAsync(
            connection =>
                Outbox.CreateAsync(
                    connection,
                    new PostDraft(new ChannelId(channel), PostSubject.Notice(words), 0, new PostBody.Notice(words), Now)
                ),
            Token
        );

    private static Task<IReadOnlyList<OutgoingPost>> TurnAsync(
        Database database,
        int most = 10,
        OutgoingPost? ended = null,
        ChannelId? busy = null
    ) =>
        new PostStore(database, Options.Create(new WebOptions())).TurnAsync(
            ended is null ? [] : [new PostEnding.Sent(ended, "1", null)],
            busy is { } channel ? [channel] : [],
            most,
            Now.AddSeconds(1),
            Token
        );
}
