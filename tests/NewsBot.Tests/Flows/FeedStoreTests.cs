using NewsBot.Core.Feeds;
using NewsBot.Storage;

namespace NewsBot.Tests.Flows;

public sealed class FeedStoreTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private NewsDesk _desk = null!;

    private FeedStore Feeds => new(_desk.Database, _desk.Logins);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_feed_whose_sources_all_rest_is_claimed_once_one_goes_on()
    {
        var source = _desk.Source("/one.rss", "Outlet");
        _desk.Run("UPDATE source SET paused_at = 1 WHERE id = @source", new { source });

        Assert.Empty(await ClaimAsync());

        _desk.Run("UPDATE source SET paused_at = NULL WHERE id = @source", new { source });

        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task A_feed_that_nobody_wants_any_more_is_not_claimed()
    {
        var source = _desk.Source("/one.rss", "Outlet");
        _desk.Run("DELETE FROM source WHERE id = @source", new { source });

        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task A_feed_is_claimed_while_one_of_its_sources_rests_and_another_does_not()
    {
        var source = _desk.Source("/one.rss", "Outlet");
        _desk.Run(
            """
            INSERT INTO community (id, name, created_at) VALUES (7, 'Elsewhere', 0);
            INSERT INTO source (community_id, feed_id, name, paused_at, created_at)
            SELECT 7, feed_id, 'Outlet', 1, 0 FROM source WHERE id = @source;
            """,
            new { source }
        );

        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task Polls_that_brought_nothing_move_their_feeds_on_and_are_counted()
    {
        _desk.Source("/one.rss", "One");
        _desk.Source("/two.rss", "Two");
        _desk.Run("UPDATE feed SET failures = 3, last_error = 'It was away.', etag = 'old'");
        var feeds = await ClaimAsync();

        await Feeds.SavePollsAsync(
            [Quiet(feeds[0], Minute) with { ETag = "new" }, Quiet(feeds[1], Minute), Quiet(feeds[1], 2 * Minute)],
            Token
        );

        Assert.Equal(
            [
                (feeds[0].Id.Value, (_desk.Now + Minute).ToUnixTimeMilliseconds(), "new", 1),
                (feeds[1].Id.Value, (_desk.Now + (2 * Minute)).ToUnixTimeMilliseconds(), "old", 2),
            ],
            feeds
                .Select(feed => feed.Id.Value)
                .Order()
                .Select(id =>
                    (
                        id,
                        _desk.Number("SELECT next_poll_at FROM feed WHERE id = @id", new { id }),
                        _desk.Word("SELECT etag FROM feed WHERE id = @id", new { id })!,
                        (int)_desk.Number("SELECT polls FROM feed_day WHERE feed_id = @id", new { id })
                    )
                )
        );
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM feed WHERE failures > 0 OR last_error IS NOT NULL"));
        Assert.Equal(
            2,
            _desk.Number(
                "SELECT COUNT(*) FROM feed WHERE last_success_at = @Now",
                new { Now = _desk.Now.ToUnixTimeMilliseconds() }
            )
        );
    }

    [Fact]
    public async Task A_poll_that_brought_nothing_of_a_feed_whose_hub_sends_it_is_long_the_last()
    {
        _desk.Source("/one.rss", "One");
        _desk.Run(
            """
            INSERT INTO websub (feed_id, hub_url, topic_url, origin, callback_key, secret, state, lease_ends_at, due_at)
            SELECT id, 'https://hub.example/', url, 'https://news.example', 'key', 'secret', 'live', @Ends, 0 FROM feed
            """,
            new { Ends = _desk.Now.AddDays(1).ToUnixTimeMilliseconds() }
        );
        var feed = (await ClaimAsync())[0];

        await Feeds.SavePollsAsync([Quiet(feed, Minute)], Token);

        Assert.Equal(
            (_desk.Now + (100 * Minute)).ToUnixTimeMilliseconds(),
            _desk.Number("SELECT next_poll_at FROM feed")
        );
    }

    [Fact]
    public async Task A_feed_is_found_by_its_number_and_polled_soon()
    {
        _desk.Source("/one.rss", "One");
        var feed = (await ClaimAsync())[0];
        await Feeds.SavePollsAsync([Quiet(feed, 100 * Minute)], Token);
        _desk.Time.Advance(20 * Minute);

        await Feeds.PollSoonAsync(feed.Id, _desk.Now, 5 * Minute, 5 * Minute, Token);

        Assert.Equal(feed.Url, (await Feeds.FindAsync(feed.Id, Token))!.Url);
        Assert.Equal(_desk.Now.ToUnixTimeMilliseconds(), _desk.Number("SELECT next_poll_at FROM feed"));
    }

    public async ValueTask InitializeAsync() => _desk = await NewsDesk.OpenWithSiteAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private Task<IReadOnlyList<Feed>> ClaimAsync() => Feeds.ClaimDueAsync(_desk.Now.AddYears(1), 5 * Minute, 10, Token);

    private FeedPoll Quiet(Feed feed, TimeSpan pause) =>
        new(
            feed,
            new PollPlan(_desk.Now + pause, pause, 0) { NextIfPushedAt = _desk.Now + (100 * Minute) },
            _desk.Now,
            Error: null,
            MovedTo: null,
            IsRetired: false,
            IsContact: true
        );
}
