using NewsBot.Core.Channels;
using NewsBot.Tests.Flows;

namespace NewsBot.Tests.Digests;

/// <summary>What does not wait for the digest, and what does not come at all.</summary>
public sealed class BreakingNewsTests : IAsyncLifetime
{
    private const string Headline = "Strong quake shakes the coast near Harbourtown";

    // Who only carries the text of another one is no second outlet.
    private static readonly Dictionary<string, string> InOwnWords = new(StringComparer.Ordinal)
    {
        ["/a"] =
            "A strong quake shook the coast near Harbourtown before dawn, and people ran out into the streets in their nightclothes.",
        ["/b"] =
            "Windows broke and chimneys fell when the ground moved under Harbourtown at half past four, the fire brigade says.",
        ["/c"] =
            "Nobody was hurt, a spokeswoman of the county told reporters, but two bridges stay closed until engineers have seen them.",
        ["/d"] =
            "Seismologists put the tremor at five point eight and its centre twelve kilometres out at sea; weaker ones may follow.",
    };

    private NewsDesk _desk = null!;

    [Fact]
    public async Task What_enough_outlets_report_is_posted_once_also_where_only_the_first_is_read()
    {
        var channel = Digest("digest+breaking");
        var late = _desk.Channel("late", "digest", ("schedule", "daily 20:00 UTC"), ("next_digest_at", Tomorrow));
        _desk.Source("/a", "A", channel, late);
        _desk.Source("/b", "B");
        _desk.Source("/c", "C");
        _desk.Source("/d", "D");
        await FirstPollAsync("/a", "/b", "/c", "/d");

        await ReportAsync("/a");
        await ReportAsync("/b");
        Assert.Empty(_desk.Cards(channel));
        await ReportAsync("/c");
        Assert.Equal([Headline], _desk.Cards(channel));
        await ReportAsync("/d");

        Assert.Equal([Headline], _desk.Cards(channel));
        Assert.Empty(_desk.Cards(late));
        Assert.Equal(
            "3 outlets reported it within 3 hours",
            _desk.Word("SELECT detail FROM channel_story WHERE breaking = 1")
        );
        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM story"));
    }

    [Fact]
    public async Task How_many_within_how_long_is_the_channels_choice()
    {
        var quick = Digest("digest+breaking", ("breaking_outlets", 2));
        var slow = Digest("digest+breaking", ("breaking_outlets", 2), ("breaking_ms", 60_000));
        _desk.Source("/a", "A", quick, slow);
        _desk.Source("/b", "B", quick, slow);
        await FirstPollAsync("/a", "/b");

        await ReportAsync("/a");
        _desk.Time.Advance(TimeSpan.FromMinutes(20));
        await ReportAsync("/b");

        Assert.Equal([Headline], _desk.Cards(quick));
        Assert.Empty(_desk.Cards(slow));
    }

    [Fact]
    public async Task It_neither_waits_for_the_limits_of_the_hour_nor_comes_twice_with_the_digest()
    {
        var channel = Digest(
            "digest+breaking",
            ("breaking_outlets", 2),
            ("max_per_hour", 1),
            ("schedule", "hourly UTC")
        );
        var source = _desk.Source("/a", "A", channel);
        _desk.Source("/b", "B", channel);
        _desk.Place(channel, _desk.Story("Carded before", source), "carded");
        await FirstPollAsync("/a", "/b");

        await ReportAsync("/a");
        await ReportAsync("/b");
        _desk.Time.Advance(TimeSpan.FromHours(1));
        _desk.Place(channel, _desk.Story("Something else"));
        _desk.Run("UPDATE channel SET next_digest_at = @Now", new { Now = _desk.Now.ToUnixTimeMilliseconds() });
        await _desk.DigestAsync();

        Assert.Single(_desk.Cards(channel), card => card == Headline);
    }

    [Fact]
    public async Task A_channel_gets_the_languages_it_takes_and_what_nobody_can_tell()
    {
        var german = _desk.Channel("news", "instant", ("languages", "de"));
        var all = _desk.Channel("all");
        _desk.Source("/a", "A", german, all);
        await FirstPollAsync("/a");

        _desk.Serve(
            "/a",
            Item("Die Hafenbrücke ist nach dem Sturm wieder offen", "Das sagt die Stadt und das ist auch nicht alles."),
            Item("The harbour bridge is open again after the storm", "That is what the city says, and it is not all."),
            Item("Norrvik Alder", "Norrvik Alder")
        );
        await _desk.PollAsync();

        Assert.Equal(3, _desk.Cards(all).Count);
        Assert.Equal(
            ["Die Hafenbrücke ist nach dem Sturm wieder offen", "Norrvik Alder"],
            _desk.Cards(german).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            "it is in “en”, the channel takes de",
            _desk.Word("SELECT detail FROM decision WHERE stage = 'language'")
        );
    }

    [Fact]
    public async Task A_filter_knows_the_language_of_a_feed_that_says_nothing_of_it()
    {
        var channel = _desk.Channel();
        _desk.Subscribe(_desk.Source("/a", "A"), channel, filter: "lang:de");
        await FirstPollAsync("/a");

        _desk.Serve(
            "/a",
            Item("Die Hafenbrücke ist nach dem Sturm wieder offen", "Das sagt die Stadt und das ist auch nicht alles."),
            Item("The harbour bridge is open again after the storm", "That is what the city says, and it is not all.")
        );
        await _desk.PollAsync();

        Assert.Equal(["Die Hafenbrücke ist nach dem Sturm wieder offen"], _desk.Cards(channel));
    }

    public async ValueTask InitializeAsync() => _desk = await NewsDesk.OpenWithSiteAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private object Tomorrow => _desk.Now.AddDays(1).ToUnixTimeMilliseconds();

    private ChannelId Digest(string mode, params (string Name, object? Value)[] columns) =>
        _desk.Channel(
            $"news-{columns.Length}",
            mode,
            [("schedule", "daily 20:00 UTC"), ("next_digest_at", Tomorrow), .. columns]
        );

    // A first poll posts nothing.
    private async Task FirstPollAsync(params string[] paths)
    {
        foreach (var path in paths)
        {
            _desk.Serve(path);
        }

        await _desk.PollAsync();
        _desk.Time.Advance(TimeSpan.FromMinutes(5));
    }

    private async Task ReportAsync(string path)
    {
        _desk.Serve(
            path,
            new FeedItem(Headline, _desk.Now)
            {
                Link = $"https://outlet.example/quake{path}",
                Guid = path,
                Text = InOwnWords[path],
            }
        );
        await _desk.PollAsync();
        _desk.Time.Advance(TimeSpan.FromMinutes(5));
    }

    private FeedItem Item(string title, string text) => new(title, _desk.Now) { Text = text };
}
