using System.Globalization;

namespace NewsBot.Tests.Flows;

/// <summary>Pages without a feed, polled like feeds.</summary>
public sealed class PollPagesTests : IAsyncLifetime
{
    private const string Path = "/news.html";

    private NewsDesk _desk = null!;

    [Fact]
    public async Task What_is_new_on_a_page_is_posted_once()
    {
        var channel = await StartAsync(6);
        Assert.Empty(_desk.Cards(channel));

        Serve(7);
        await _desk.PollAsync();
        await _desk.PollAsync();
        Serve(7, "<p>Something else changed</p>");
        await _desk.PollAsync();

        Assert.Equal(["Notice 7 of the harbour office"], _desk.Cards(channel));
        Assert.Equal(7, _desk.Number("SELECT COUNT(*) FROM entry"));
        Assert.Equal("html", _desk.Word("SELECT format FROM feed"));
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM private_message"));
    }

    [Fact]
    public async Task Admins_are_told_once_when_the_selectors_match_nothing_any_more_and_again_after_it_was_well()
    {
        await StartAsync(6);
        _desk.Site.Set(Path, "<html><body><h1>We have a new site</h1></body></html>", "text/html");

        var told = await ToldAfterThreePollsAsync();

        Assert.Contains("match nothing on the page", told);
        Assert.Contains("finds new selectors", told);
        Assert.Equal(4, _desk.Number("SELECT failures FROM feed"));

        Serve(6);
        await _desk.PollAsync();
        Assert.Equal(0, _desk.Number("SELECT failures FROM feed"));
    }

    [Fact]
    public async Task Admins_are_told_once_when_a_page_brings_far_fewer_than_usual_although_it_stays_the_same()
    {
        await StartAsync(12);
        Serve(2);

        var told = await ToldAfterThreePollsAsync();

        Assert.Contains("brings only 2 instead of about", told);
        Assert.Equal(0, _desk.Number("SELECT failures FROM feed"));

        Serve(13);
        await _desk.PollAsync();
        Assert.Equal(0, _desk.Number("SELECT few_in_row FROM feed"));
    }

    [Fact]
    public async Task A_page_that_says_it_did_not_change_is_not_read_again()
    {
        await StartAsync(6);
        var seen = _desk.Number("SELECT last_success_at FROM feed");
        _desk.Time.Advance(TimeSpan.FromHours(1));

        await _desk.PollAsync();

        Assert.True(_desk.Number("SELECT last_success_at FROM feed") > seen);
        Assert.Equal(6, _desk.Number("SELECT last_entries FROM feed"));
        Assert.Equal(0, _desk.Number("SELECT few_in_row FROM feed"));
    }

    [Fact]
    public async Task A_hostile_page_fails_like_any_feed_that_cannot_be_read()
    {
        Start();
        _desk.Site.Set(Path, string.Concat(Enumerable.Repeat("<div>", 100_000)), "text/html");

        await _desk.PollAsync();

        Assert.Contains("nested too deeply", _desk.Word("SELECT last_error FROM feed"));
    }

    public async ValueTask InitializeAsync() => _desk = await NewsDesk.OpenWithSiteAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    /// <summary>A page that was read once.</summary>
    private async Task<Core.Channels.ChannelId> StartAsync(int notices)
    {
        var channel = Start();
        Serve(notices);
        await _desk.PollAsync();
        return channel;
    }

    /// <summary>What the admins were told: nothing after two polls, and once however many follow.</summary>
    private async Task<string> ToldAfterThreePollsAsync()
    {
        await _desk.PollAsync();
        await _desk.PollAsync();
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM private_message"));
        await _desk.PollAsync();
        await _desk.PollAsync();
        return Assert.Single(_desk.Words("SELECT body FROM private_message"));
    }

    private Core.Channels.ChannelId Start()
    {
        var channel = _desk.Channel();
        _desk.Source(Path, "Harbour office", channel);
        _desk.Run("UPDATE feed SET recipe = '.notices li'");
        _desk.Run("INSERT INTO member (community_id, name, role, first_seen_at) VALUES (1, 'Ada', 'admin', 0)");
        return channel;
    }

    private void Serve(int notices, string more = "") =>
        _desk.Site.Set(
            Path,
            $"<html><head><title>Harbour office</title></head><body><ul class=notices>{string.Concat(Enumerable.Range(1, notices).Reverse().Select(Notice))}</ul>{more}</body></html>",
            "text/html"
        );

    private static string Notice(int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<li><a href='/notices/{number}'>Notice {number} of the harbour office</a>"
        );
}
