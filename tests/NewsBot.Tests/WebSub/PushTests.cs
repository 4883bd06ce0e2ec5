using System.Globalization;
using System.Net;
using System.Text;
using NewsBot.Testing.Servers;
using NewsBot.Tests.Doors;

namespace NewsBot.Tests.WebSub;

/// <summary>What a hub sends, and what comes under its name.</summary>
public sealed class PushTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_published_is_a_story_in_the_channel_without_a_poll_and_a_poll_doubles_nothing()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        var polls = rig.Site.Count(WebSubRig.Feed);

        var answers = await rig.PublishAsync(rig.Bridge, rig.Old);

        Assert.Equal(HttpStatusCode.NoContent, Assert.Single(answers));
        await rig.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE state = 'sent'", 1);
        Assert.Equal(polls, rig.Site.Count(WebSubRig.Feed));
        await rig.PollAsync();
        Assert.Equal(polls + 1, rig.Site.Count(WebSubRig.Feed));
        Assert.Equal(2, (await rig.EntriesAsync()).Count);
        Assert.Equal(1, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM post"));
    }

    [Fact]
    public async Task A_push_after_the_poll_that_brought_the_same_doubles_nothing()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        rig.Site.Set(WebSubRig.Feed, Encoding.UTF8.GetString(WebSubRig.Bytes(rig.Bridge, rig.Old)));
        await rig.PollAsync();

        Assert.Equal(HttpStatusCode.NoContent, await rig.PushAsync(rig.Bridge, rig.Old));

        Assert.Equal(2, (await rig.EntriesAsync()).Count);
        Assert.Equal(1, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM story WHERE headline LIKE 'Harbour%'"));
        Assert.Equal(1, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM post"));
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    [InlineData("sha384")]
    [InlineData("sha512")]
    public async Task A_push_may_be_signed_in_each_way_the_standard_names(string method)
    {
        await using var rig = await WebSubRig.StartLiveAsync();

        var answer = await rig.Hub.PushAsync(rig.Asked, WebSubRig.Bytes(rig.Bridge), Stop, method);

        Assert.Equal(HttpStatusCode.NoContent, answer);
        Assert.Contains(rig.Bridge.Title, await rig.EntriesAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=00ff")]
    [InlineData("md5=d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("5d61")]
    [InlineData("another secret")]
    public async Task What_is_not_signed_with_the_secret_is_answered_as_if_it_were_and_left_out(string signature)
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        var body = WebSubRig.Bytes(rig.Bridge);

        var answer =
            signature == "another secret"
                ? await rig.Hub.PushAsync(rig.Asked with { Secret = signature }, body, Stop)
                : await rig.Hub.PushAsync(rig.Asked, body, Stop, signature: signature);

        Assert.Equal(HttpStatusCode.NoContent, answer);
        Assert.DoesNotContain(rig.Bridge.Title, await rig.EntriesAsync());
    }

    [Fact]
    public async Task A_hub_that_sends_the_same_for_ever_changes_nothing_any_more()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        await rig.PushAsync(rig.Bridge, rig.Old);
        await rig.PushAsync(rig.Old);
        await rig.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE state = 'sent'", 1);
        var file = Path.Combine(rig.Newsroom.Folder, "newsbot.db");
        var before = await DatabaseDump.ReadAsync(file);

        for (var round = 0; round < 50; round++)
        {
            Assert.Equal(HttpStatusCode.NoContent, await rig.PushAsync(rig.Bridge, rig.Old));
            Assert.Equal(HttpStatusCode.NoContent, await rig.PushAsync(rig.Old));
        }

        DatabaseDump.AssertSame(before, await DatabaseDump.ReadAsync(file));
    }

    [Fact]
    public async Task A_push_leaves_what_is_known_of_polls_as_it_is()
    {
        const string Known = """
            SELECT COALESCE(etag, '') || COALESCE(body_hash, '') || title || interval_ms || next_poll_at || last_polled_at
            FROM feed WHERE id = 1
            """;
        await using var rig = await WebSubRig.StartLiveAsync();
        await rig.PollAsync();
        var before = await rig.Newsroom.WordAsync(Known);

        await rig.Hub.PushAsync(
            rig.Asked,
            Encoding.UTF8.GetBytes(Flows.FeedItem.Rss("Another title", [rig.Bridge])),
            Stop
        );

        Assert.Contains(rig.Bridge.Title, await rig.EntriesAsync());
        Assert.Equal(before, await rig.Newsroom.WordAsync(Known));
    }

    [Fact]
    public async Task What_changes_a_known_entry_has_the_publisher_asked_at_once()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        await rig.PollAsync();
        rig.Time.Advance(TimeSpan.FromMinutes(10));
        var corrected = rig.Old with { Title = "Saltmarsh wardens count otters again" };

        // A hub that was late: what it sends is older than what the publisher has.
        await rig.PushAsync(corrected);

        Assert.DoesNotContain(corrected.Title, await rig.EntriesAsync());
        Assert.Equal(TimeSpan.Zero, await rig.UntilPollAsync());
        rig.Site.Set(WebSubRig.Feed, Encoding.UTF8.GetString(WebSubRig.Bytes(corrected with { Guid = rig.Old.Guid })));
        await rig.PollDueAsync();
        Assert.Contains(corrected.Title, await rig.EntriesAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Something is new.")]
    [InlineData("<html><script>alert(1)</script></html>")]
    [InlineData("{\"version\":")]
    public async Task What_is_no_feed_harms_nothing_and_has_the_publisher_asked(string body)
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        await rig.PollAsync();
        rig.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(HttpStatusCode.NoContent, await rig.Hub.PushAsync(rig.Asked, Encoding.UTF8.GetBytes(body), Stop));

        Assert.Equal([rig.Old.Title], await rig.EntriesAsync());
        Assert.Equal(0, await rig.Newsroom.NumberAsync("SELECT failures FROM feed"));
        Assert.Equal(TimeSpan.Zero, await rig.UntilPollAsync());
    }

    [Fact]
    public async Task What_another_feed_says_goes_to_nobody_but_the_source_it_was_sent_for()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        await rig.AddAsync("/other.rss", "Other Post");
        rig.Site.Set("/other.rss", Flows.FeedItem.Rss("Other Post", [rig.Old with { Guid = "other" }]));
        await rig.PollAsync();

        await rig.Hub.PushAsync(
            rig.Asked,
            Encoding.UTF8.GetBytes(Flows.FeedItem.Rss("Other Post", [rig.Bridge, rig.Old with { Guid = "other" }])),
            Stop
        );

        Assert.Equal(1, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM entry WHERE feed_id = 2"));
        Assert.Equal("Harbour Post", await rig.Newsroom.WordAsync("SELECT title FROM feed WHERE id = 1"));
        Assert.Equal("Other Post", await rig.Newsroom.WordAsync("SELECT title FROM feed WHERE id = 2"));
    }

    [Fact]
    public async Task What_is_too_large_or_packed_is_refused()
    {
        await using var rig = await WebSubRig.StartLiveAsync("--Fetching:MaxBodyBytes=65536");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await rig.Hub.PushAsync(rig.Asked, new byte[65_537], Stop));
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType,
            await rig.Hub.PushAsync(rig.Asked, WebSubRig.Bytes(rig.Bridge), Stop, encoding: "gzip")
        );
        Assert.Equal([rig.Old.Title], await rig.EntriesAsync());
    }

    [Fact]
    public async Task A_push_that_cannot_be_stored_is_answered_with_an_error_and_taken_when_it_comes_again()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        await rig.Newsroom.RunAsync(
            "CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no room'); END"
        );

        Assert.Equal(HttpStatusCode.InternalServerError, await rig.PushAsync(rig.Bridge));

        await rig.Newsroom.RunAsync("DROP TRIGGER full");
        Assert.Equal(HttpStatusCode.NoContent, await rig.PushAsync(rig.Bridge));
        Assert.Contains(rig.Bridge.Title, await rig.EntriesAsync());
    }

    [Fact]
    public async Task What_comes_to_no_address_is_told_that_it_is_gone()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        var nowhere = rig.Asked with { Callback = new Uri("https://news.example/websub/0123456789abcdef") };

        Assert.Equal(HttpStatusCode.Gone, await rig.Hub.PushAsync(nowhere, WebSubRig.Bytes(rig.Bridge), Stop));
        Assert.Equal([rig.Old.Title], await rig.EntriesAsync());
    }

    [Fact]
    public async Task Pushes_that_come_at_once_are_each_taken_in_once()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        var items = Enumerable
            .Range(0, 8)
            .Select(number => new Flows.FeedItem(
                string.Create(CultureInfo.InvariantCulture, $"Report {number} of pier {number * 37} at the harbour"),
                rig.Time.GetUtcNow()
            ))
            .ToArray();

        var answers = await Task.WhenAll(
            items.SelectMany(item => (Task<HttpStatusCode>[])[rig.PushAsync(item), rig.PushAsync(item)])
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer));
        Assert.Equal(9, (await rig.EntriesAsync()).Count);
        Assert.Equal(9, (await rig.EntriesAsync()).Distinct().Count());
    }

    [Fact]
    public async Task Whoever_guesses_addresses_is_told_to_slow_down()
    {
        await using var rig = await WebSubRig.StartLiveAsync("--Web:WriteBurst=5", "--Web:WritesPerSecond=1");

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(number =>
                    rig.Hub.PushAsync(
                        new HubSubscription(
                            "subscribe",
                            "x",
                            new Uri(FormattableString.Invariant($"https://news.example/websub/{number}")),
                            null,
                            null
                        ),
                        [],
                        Stop
                    )
                )
        );

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }
}
