using NewsBot.Core.Channels;
using NewsBot.Storage;
using NewsBot.Testing.Servers;

namespace NewsBot.Tests.Flows;

/// <summary>What a feed's server says, and how it is followed: unchanged, gone, moved, asked to wait.</summary>
public sealed class PollMannersTests : IAsyncLifetime
{
    private const string Rss = "application/rss+xml; charset=utf-8";
    private const string Feed = "/gazette.rss";

    private NewsDesk _desk = null!;

    private FeedItem Old => new("Saltmarsh wardens count seals again", _desk.Now.AddDays(-1));

    private FeedItem Bridge => new("Harbour bridge opens to cyclists after three years of work", _desk.Now);

    [Fact]
    public async Task An_unchanged_feed_costs_one_304_a_poll_and_its_newest_validator_is_used()
    {
        await StartAsync();
        await _desk.PollAsync();
        Assert.Equal(1, _desk.Number("SELECT SUM(polls) - 1 FROM feed_day"));
        Assert.StartsWith("\"", _desk.Site.Requests[^1].Headers["If-None-Match"], StringComparison.Ordinal);

        // The same bytes under another tag, as behind several servers.
        var body = FeedItem.Rss(Feed, [Old]);
        _desk.Site.Set(Feed, FakeAnswer.Text(body, Rss) with { Headers = Header("ETag", "\"second\"") });
        await _desk.PollAsync();
        await _desk.PollAsync();

        Assert.Equal("\"second\"", _desk.Site.Requests[^1].Headers["If-None-Match"]);
        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM entry"));
    }

    [Fact]
    public async Task A_feed_that_is_gone_is_retired_and_looked_at_once_a_week()
    {
        var channel = await StartAsync();
        _desk.Site.Set(Feed, FakeAnswer.Text("", "") with { Status = 410, Conditional = false });

        await _desk.PollAsync();
        Assert.Equal("retired", _desk.Word("SELECT state FROM feed"));
        var wait = Instants.At(_desk.Number("SELECT next_poll_at FROM feed")) - _desk.Now;
        Assert.InRange(wait, TimeSpan.FromDays(6), TimeSpan.FromDays(7));

        _desk.Serve(Feed, Bridge, Old);
        _desk.Time.Advance(wait);
        await _desk.PollDueAsync();
        Assert.Equal("active", _desk.Word("SELECT state FROM feed"));
        Assert.Single(_desk.Cards(channel));
    }

    [Fact]
    public async Task A_permanent_redirect_is_kept_and_posts_nothing_again()
    {
        var channel = await StartAsync();
        _desk.Serve("/moved.rss", Bridge, Old);
        var redirect = FakeAnswer.Text("", "") with
        {
            Status = 301,
            Conditional = false,
            Headers = Header("Location", "/moved.rss"),
        };
        _desk.Site.Set(Feed, redirect);

        await _desk.PollAsync();
        await _desk.PollAsync();

        Assert.Equal(_desk.Site.Url("/moved.rss").AbsoluteUri, _desk.Word("SELECT url FROM feed"));
        Assert.Equal("/moved.rss", _desk.Site.Requests[^1].Path);
        Assert.Equal(2, _desk.Site.Count(Feed));
        Assert.Equal([Bridge.Title], _desk.Cards(channel));
    }

    [Fact]
    public async Task A_throttled_feed_is_left_alone_as_long_as_it_asks()
    {
        await StartAsync();
        var answer = FakeAnswer.Text("", "") with
        {
            Status = 429,
            Conditional = false,
            Headers = Header("Retry-After", "7200"),
        };
        _desk.Site.Set(Feed, answer);

        await _desk.PollAsync();

        var wait = Instants.At(_desk.Number("SELECT next_poll_at FROM feed")) - _desk.Now;
        Assert.InRange(wait, TimeSpan.FromHours(2), TimeSpan.FromHours(2.5));
    }

    public async ValueTask InitializeAsync() => _desk = await NewsDesk.OpenWithSiteAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static Dictionary<string, string> Header(string name, string value) =>
        new(StringComparer.Ordinal) { [name] = value };

    /// <summary>One channel and one source whose first poll is over.</summary>
    private async Task<ChannelId> StartAsync()
    {
        var channel = _desk.Channel();
        _desk.Source(Feed, "Gazette", channel);
        _desk.Serve(Feed, Old);
        await _desk.PollAsync();
        return channel;
    }
}
