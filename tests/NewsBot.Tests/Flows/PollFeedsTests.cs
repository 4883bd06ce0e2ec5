using System.Globalization;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Storage;

namespace NewsBot.Tests.Flows;

/// <summary>Feed → entries → stories → outbox, against a real site and a real database.</summary>
public sealed class PollFeedsTests : IAsyncLifetime
{
    private const string Feed = "/gazette.rss";

    private NewsDesk _desk = null!;

    private FeedItem Old => new("Saltmarsh wardens count seals again", _desk.Now.AddDays(-1));

    private FeedItem Bridge => new("Harbour bridge opens to cyclists after three years of work", _desk.Now);

    private FeedItem Bakery => new("Village bakery wins national prize for rye bread", _desk.Now.AddMinutes(-5));

    [Fact]
    public async Task A_first_poll_posts_nothing_but_the_newest_few_that_a_channel_was_offered()
    {
        var asked = _desk.Channel();
        var silent = _desk.Channel("phones");
        var source = _desk.Source(Feed, "Gazette", silent);
        _desk.Subscribe(source, asked, offer: 2);
        _desk.Serve(Feed, Bridge, Bakery, Old);

        await _desk.PollAsync();

        Assert.Equal([Bakery.Title, Bridge.Title], _desk.Cards(asked));
        Assert.Empty(_desk.Cards(silent));
        Assert.Equal(3, _desk.Number("SELECT COUNT(*) FROM entry"));
    }

    [Fact]
    public async Task Polling_again_posts_nothing()
    {
        var channel = await StartAsync();
        _desk.Serve(Feed, Bridge, Old);
        await _desk.PollAsync();

        await _desk.PollAsync();
        _desk.Site.Set(Feed, FeedItem.Rss("A new title of the feed", [Bridge, Old]));
        await _desk.PollAsync();

        Assert.Equal([Bridge.Title], _desk.Cards(channel));
        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM post"));
    }

    [Fact]
    public async Task New_guids_other_schemes_and_tracking_parameters_are_no_new_story()
    {
        var channel = await StartAsync();
        FeedItem[] versions =
        [
            Bridge with
            {
                Link = "http://outlet.example/bridge",
                Guid = "1",
            },
            Bridge with
            {
                Link = "http://outlet.example/bridge",
                Guid = "2",
            },
            Bridge with
            {
                Link = "https://www.outlet.example/bridge/",
                Guid = "3",
            },
            Bridge with
            {
                Link = "https://outlet.example/bridge?utm_source=rss&utm_medium=feed",
                Guid = "4",
            },
            Bridge with
            {
                Link = "https://outlet.example/bridge?fbclid=abc#comments",
                Guid = "https://x.example/5",
            },
        ];

        foreach (var version in versions)
        {
            _desk.Serve(Feed, version, Old);
            await _desk.PollAsync();
        }

        Assert.Equal([Bridge.Title], _desk.Cards(channel));
        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM story"));
        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM post"));
    }

    [Fact]
    public async Task A_card_leads_to_the_article_without_what_counts_clicks()
    {
        await StartAsync();
        _desk.Serve(Feed, Bridge with { Link = "https://outlet.example/bridge?id=7&utm_source=rss&fbclid=abc" }, Old);

        await _desk.PollAsync();

        Assert.Contains("https://outlet.example/bridge?id=7", _desk.Words("SELECT url FROM entry"));
    }

    [Fact]
    public async Task The_same_event_from_another_source_joins_the_story_and_its_card_says_also()
    {
        var channel = await StartAsync();
        _desk.Source("/courier.rss", "Courier", channel);
        _desk.Serve("/courier.rss", Old with { Link = "https://courier.example/old", Guid = "c0" });
        await _desk.PollAsync();
        _desk.Serve(Feed, Bridge, Old);
        await _desk.PollAsync();
        await _desk.SendAsync();

        _desk.Serve(
            "/courier.rss",
            Bridge with
            {
                Title = "Cyclists get harbour bridge after three years of work",
                Link = "https://courier.example/bridge",
                Guid = "c1",
            }
        );
        await _desk.PollAsync();
        await _desk.SendAsync();

        var card = Assert.IsType<PostBody.Card>(Assert.Single(_desk.Publisher.Shown(channel)));
        Assert.Equal(Bridge.Title, card.Headline);
        Assert.Equal("Gazette", card.Source);
        Assert.Equal(["Courier"], card.Also);
        Assert.Contains("joined", _desk.Word("SELECT detail FROM decision WHERE stage = 'story' ORDER BY id DESC"));
    }

    [Fact]
    public async Task A_changed_headline_edits_the_card_and_marks_it()
    {
        var channel = await StartAsync();
        _desk.Serve(Feed, Bridge, Old);
        await _desk.PollAsync();
        await _desk.SendAsync();

        const string Changed = "Harbour bridge stays closed to cyclists after three years of work";
        _desk.Serve(Feed, Bridge with { Title = Changed, Link = Bridge.Link, Guid = Bridge.Guid }, Old);
        await _desk.PollAsync();
        await _desk.SendAsync();

        var card = Assert.IsType<PostBody.Card>(Assert.Single(_desk.Publisher.Shown(channel)));
        Assert.Equal(Changed, card.Headline);
        Assert.Equal($"Gazette first wrote: “{Bridge.Title}”.", card.Correction);
        Assert.Equal(2, _desk.Publisher.Tried.Count);
    }

    [Fact]
    public async Task A_trivial_change_edits_nothing()
    {
        var channel = await StartAsync();
        _desk.Serve(Feed, Bridge, Old);
        await _desk.PollAsync();
        await _desk.SendAsync();

        _desk.Serve(
            Feed,
            Bridge with
            {
                Text = $"  {Bridge.Text.Replace(". ", ".\n", StringComparison.Ordinal)}",
            },
            Old
        );
        await _desk.PollAsync();
        await _desk.SendAsync();

        Assert.Single(_desk.Publisher.Tried);
        Assert.Equal([Bridge.Title], _desk.Cards(channel));
    }

    [Fact]
    public async Task A_flood_goes_to_the_digest()
    {
        var channel = await StartAsync();

        _desk.Serve(Feed, Strangers(60));
        await _desk.PollAsync();

        Assert.Empty(_desk.Cards(channel));
        Assert.Equal(60, _desk.Number("SELECT COUNT(*) FROM channel_story WHERE state = 'waiting'"));
        Assert.Equal(_desk.Now.AddHours(1).Ms(), _desk.Number("SELECT next_digest_at FROM channel"));
    }

    [Fact]
    public async Task What_is_too_much_for_an_hour_or_a_day_rolls_over_into_a_digest()
    {
        var hourly = await StartAsync(("max_per_hour", 3));
        var daily = _desk.Channel("phones", "instant", ("max_per_day", 2));
        _desk.Subscribe(_desk.Number("SELECT id FROM source"), daily);

        _desk.Serve(Feed, Strangers(6));
        await _desk.PollAsync();
        Assert.Equal(3, _desk.Cards(hourly).Count);
        Assert.Equal(2, _desk.Cards(daily).Count);

        _desk.Time.Advance(TimeSpan.FromHours(1));
        await _desk.DigestAsync();
        await _desk.SendAsync();
        foreach (var channel in new[] { hourly, daily })
        {
            var cards = _desk.Publisher.Shown(channel).OfType<PostBody.Card>().Select(card => card.Headline).ToList();
            Assert.Equal(6, cards.Count);
            Assert.Equal(6, cards.Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public async Task Quiet_hours_delay_the_card()
    {
        var channel = await StartAsync(("quiet_hours", "22:00-11:00"), ("time_zone", "Europe/Berlin"));
        _desk.Serve(Feed, Bridge, Old);
        await _desk.PollAsync();

        // Eleven in Berlin is ten o'clock UTC.
        _desk.Time.SetUtcNow(new DateTimeOffset(2026, 3, 2, 9, 59, 59, TimeSpan.Zero));
        await _desk.SendAsync();
        Assert.Empty(_desk.Shown(channel));

        _desk.Time.Advance(TimeSpan.FromSeconds(1));
        await _desk.SendAsync();
        Assert.Equal([Bridge.Title], _desk.Shown(channel));
    }

    [Fact]
    public async Task A_filter_holds_a_story_back_and_it_is_written_down_why()
    {
        var channel = _desk.Channel();
        var source = _desk.Source(Feed, "Gazette");
        _desk.Subscribe(source, channel, filter: "title:bridge");
        _desk.Serve(Feed, Old);
        await _desk.PollAsync();

        _desk.Serve(Feed, Bridge, Bakery, Old);
        await _desk.PollAsync();

        Assert.Equal([Bridge.Title], _desk.Cards(channel));
        Assert.Equal(1, _desk.Number("SELECT COUNT(*) FROM channel_story WHERE state = 'held'"));
        var why = _desk.Words(
            """
            SELECT d.stage || ' ' || d.passed FROM decision d JOIN entry e ON e.id = d.entry_id
            WHERE e.title LIKE '%bakery%' ORDER BY d.id
            """
        );
        Assert.Equal(["fetched 1", "story 1", "filter 0"], why);
        Assert.NotEmpty(_desk.Word("SELECT detail FROM decision WHERE stage = 'filter' AND passed = 0")!);
    }

    [Fact]
    public async Task A_paused_source_is_not_polled()
    {
        await StartAsync();
        var before = _desk.Site.Count(Feed);
        _desk.Run("UPDATE source SET paused_at = 1");

        await _desk.PollAsync();
        Assert.Equal(before, _desk.Site.Count(Feed));

        _desk.Run("UPDATE source SET paused_at = NULL");
        await _desk.PollAsync();
        Assert.Equal(before + 1, _desk.Site.Count(Feed));
    }

    [Fact]
    public async Task A_broken_intake_is_taken_in_at_the_next_poll_with_nothing_lost_or_doubled()
    {
        var channel = await StartAsync();
        _desk.Source("/courier.rss", "Courier", channel);
        _desk.Serve("/courier.rss", Old with { Link = "https://courier.example/old", Guid = "c0" });
        await _desk.PollAsync();
        _desk.Serve(Feed, Bridge, Bakery, Old);
        _desk.Break("post");
        _desk.Run("UPDATE feed SET next_poll_at = @Now WHERE url LIKE '%gazette%'", new { Now = _desk.Now.Ms() });

        await _desk.PollDueAsync();
        Assert.Equal(2, _desk.Number("SELECT COUNT(*) FROM entry"));

        // Another event takes the ids of the stories that never were.
        _desk.Mend("post");
        _desk.Run("UPDATE feed SET next_poll_at = 0 WHERE url LIKE '%courier%'");
        var comet = new FeedItem("Comet returns to the western sky", _desk.Now);
        _desk.Serve("/courier.rss", comet with { Link = "https://courier.example/comet" });
        await _desk.PollDueAsync();
        Assert.Equal([comet.Title], _desk.Cards(channel));

        // The claim has run out.
        _desk.Time.Advance(TimeSpan.FromMinutes(5));
        await _desk.PollDueAsync();
        await _desk.PollAsync();
        Assert.Equal([comet.Title, Bakery.Title, Bridge.Title], _desk.Cards(channel));
        Assert.Equal(3, _desk.Number("SELECT COUNT(*) FROM story"));
    }

    [Fact]
    public async Task Entries_without_dates_are_carded_from_the_bottom_of_the_feed_up()
    {
        var channel = await StartAsync();
        const string Undated = "<pubDate>";
        var rss = FeedItem.Rss("Gazette", [Bridge, Bakery, Old]);
        var lines = rss.Split('\n').Where(line => !line.Contains(Undated, StringComparison.Ordinal));
        _desk.Site.Set(Feed, string.Join('\n', lines));

        await _desk.PollAsync();

        Assert.Equal([Bakery.Title, Bridge.Title], _desk.Cards(channel));
    }

    [Fact]
    public async Task A_date_in_the_future_counts_as_now()
    {
        await StartAsync();
        _desk.Serve(Feed, Bridge with { At = _desk.Now.AddYears(3) }, Old);

        await _desk.PollAsync();

        Assert.Equal(_desk.Now.Ms(), _desk.Number("SELECT published_at FROM story"));
        Assert.Equal(_desk.Now.Ms(), _desk.Number("SELECT cause_at FROM post"));
    }

    public async ValueTask InitializeAsync() => _desk = await NewsDesk.OpenWithSiteAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    /// <summary>One channel and one source whose first poll is over.</summary>
    private async Task<ChannelId> StartAsync(params (string Name, object? Value)[] columns)
    {
        var channel = _desk.Channel("news", "instant", columns);
        _desk.Source(Feed, "Gazette", channel);
        _desk.Serve(Feed, Old);
        await _desk.PollAsync();
        return channel;
    }

    /// <summary>Items that have no word in common.</summary>
    private FeedItem[] Strangers(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    var tail = string.Create(
                        CultureInfo.InvariantCulture,
                        $"{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}"
                    );
                    return new FeedItem($"Zor{tail}on kep{tail}un wal{tail}im tor{tail}es", _desk.Now.AddMinutes(-i))
                    {
                        Text = $"Bru{tail}or {tail}minol qua{tail}rep.",
                    };
                }),
        ];
}
