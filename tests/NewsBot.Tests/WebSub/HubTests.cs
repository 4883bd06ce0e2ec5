using System.Net;
using NewsBot.Core.Feeds;
using NewsBot.Testing.Servers;

namespace NewsBot.Tests.WebSub;

/// <summary>What is agreed with a hub: asked, verified, renewed, denied, ended.</summary>
public sealed class HubTests
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hub_is_asked_with_a_callback_nobody_guesses_and_a_secret_that_is_written_nowhere()
    {
        await using var rig = await WebSubRig.StartLiveAsync("--Logging:LogLevel:Default=Trace");
        await rig.AddAsync("/second.rss", "Second");
        rig.Site.Set("/second.rss", Flows.FeedItem.Rss("Second", [rig.Old]));
        rig.Site.Announce("/second.rss", rig.Hub);
        await rig.PollAsync();
        await rig.AskAsync();

        var (first, second) = (rig.Hub.Requests[0], rig.Hub.Requests[1]);
        Assert.Equal("subscribe", first.Mode);
        Assert.Equal(rig.Site.Url(WebSubRig.Feed).AbsoluteUri, first.Topic);
        Assert.Matches("^https://news\\.example/websub/[0-9a-f]{32}$", first.Callback.AbsoluteUri);
        Assert.True(first.Lease > 86_400);
        Assert.Matches("^[0-9a-f]{64}$", first.Secret!);
        Assert.NotEqual(first.Callback, second.Callback);
        Assert.NotEqual(first.Secret, second.Secret);
        await rig.PushAsync(rig.Bridge);
        await rig.Hub.PushAsync(second, [1], Stop, signature: "sha256=00");
        Assert.DoesNotContain(rig.Newsroom.Log.Lines, line => line.Contains(first.Secret!, StringComparison.Ordinal));
        Assert.DoesNotContain(
            first.Secret!,
            await rig.Newsroom.WordAsync("SELECT secret FROM websub WHERE feed_id = 1")
        );
    }

    [Fact]
    public async Task A_lease_is_renewed_before_it_ends()
    {
        await using var rig = await WebSubRig.StartAsync();
        rig.Hub.Lease = 40 * 60;
        await rig.PollAsync();
        await rig.AskAsync();
        await rig.AskAfterAsync(TimeSpan.FromMinutes(29));
        Assert.Single(rig.Hub.Requests);

        await rig.AskAfterAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(2, rig.Hub.Requests.Count);
        Assert.Equal(rig.Hub.Requests[0], rig.Hub.Requests[1]);
        rig.Time.Advance(TimeSpan.FromMinutes(29));
        await rig.AskAsync();
        Assert.Equal("live", await rig.StateAsync());
    }

    [Fact]
    public async Task When_a_lease_ends_the_feed_is_polled_as_usual_at_once_and_the_hub_asked_again()
    {
        await using var rig = await WebSubRig.StartAsync();
        rig.Hub.Lease = 90 * 60;
        await rig.PollAsync();
        await rig.AskAsync();
        await rig.PollAsync();
        rig.Hub.Verifies = false;
        Assert.True(await rig.UntilPollAsync() >= PollSchedule.SafetyInterval);

        await rig.AskAfterAsync(TimeSpan.FromMinutes(91));

        Assert.Equal("asking", await rig.StateAsync());
        Assert.True(await rig.UntilPollAsync() <= Usual);
        rig.Hub.Verifies = true;
        await rig.AskAfterAsync(TimeSpan.FromDays(1));
        Assert.Equal("live", await rig.StateAsync());
    }

    [Fact]
    public async Task While_a_hub_pushes_its_feed_is_polled_every_few_hours_unless_it_missed_something()
    {
        await using var rig = await WebSubRig.StartAsync();
        await rig.PollAsync();
        Assert.True(await rig.UntilPollAsync() <= Usual);
        await rig.AskAsync();

        await rig.PollAsync();
        var quiet = await rig.UntilPollAsync();
        rig.Site.Set(WebSubRig.Feed, Flows.FeedItem.Rss("Harbour Post", [rig.Bridge, rig.Old]));
        await rig.PollAsync();
        var missed = await rig.UntilPollAsync();

        Assert.InRange(quiet, PollSchedule.SafetyInterval, PollSchedule.SafetyInterval * 1.2);
        Assert.True(missed <= Usual);
        await rig.PollAsync();
        Assert.True(await rig.UntilPollAsync() >= PollSchedule.SafetyInterval);
    }

    [Fact]
    public async Task A_hub_that_denies_is_left_alone_for_a_week_and_the_feed_polled_as_usual_at_once()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        await rig.PollAsync();

        Assert.Equal(HttpStatusCode.OK, await rig.Hub.DenyAsync(rig.Asked, Stop));

        Assert.Equal("denied", await rig.StateAsync());
        Assert.True(await rig.UntilPollAsync() <= Usual);
        Assert.Equal(HttpStatusCode.Gone, await rig.PushAsync(rig.Bridge));
        await rig.AskAfterAsync(TimeSpan.FromDays(6));
        Assert.Single(rig.Hub.Requests);
        await rig.AskAfterAsync(TimeSpan.FromDays(1));
        Assert.Equal("live", await rig.StateAsync());
    }

    [Fact]
    public async Task Only_what_was_asked_is_confirmed()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        var asked = rig.Asked;
        HubSubscription[] madeUp =
        [
            asked with
            {
                Callback = new Uri("https://news.example/websub/0123456789abcdef0123456789abcdef"),
            },
            asked with
            {
                Topic = "https://elsewhere.example/feed",
            },
            asked with
            {
                Topic = asked.Topic + "?",
            },
            asked with
            {
                Mode = "unsubscribe",
            },
            asked with
            {
                Mode = "publish",
            },
            asked with
            {
                Mode = "",
            },
            asked with
            {
                Lease = -5,
            },
        ];

        foreach (var request in madeUp)
        {
            Assert.Equal(HttpStatusCode.NotFound, await rig.Hub.VerifyAsync(request, Stop));
        }

        Assert.Equal(HttpStatusCode.NotFound, await rig.Hub.DenyAsync(madeUp[1], Stop));
        Assert.Equal("live", await rig.StateAsync());
    }

    [Fact]
    public async Task What_was_asked_long_ago_is_not_confirmed_any_more()
    {
        await using var rig = await WebSubRig.StartLiveAsync();

        rig.Time.Advance(TimeSpan.FromHours(25));

        Assert.Equal(HttpStatusCode.NotFound, await rig.Hub.VerifyAsync(rig.Asked, Stop));
    }

    [Fact]
    public async Task A_hub_that_did_not_hear_the_answer_may_ask_again()
    {
        await using var rig = await WebSubRig.StartLiveAsync();

        Assert.Equal(HttpStatusCode.OK, await rig.Hub.VerifyAsync(rig.Asked, Stop));
        Assert.Equal("live", await rig.StateAsync());
    }

    [Fact]
    public async Task What_a_stop_came_between_is_asked_again()
    {
        await using var rig = await WebSubRig.StartAsync();
        rig.Hub.Verifies = false;
        await rig.PollAsync();
        await rig.AskAsync();

        await rig.RestartAsync();
        rig.Hub.Verifies = true;
        await rig.AskAsync();
        Assert.Single(rig.Hub.Requests);
        await rig.AskAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(2, rig.Hub.Requests.Count);
        Assert.Equal(rig.Hub.Requests[0], rig.Hub.Requests[1]);
        Assert.Equal("live", await rig.StateAsync());
        Assert.Equal(HttpStatusCode.NoContent, await rig.PushAsync(rig.Bridge));
        Assert.Contains(rig.Bridge.Title, await rig.EntriesAsync());
    }

    [Theory]
    [InlineData("pause \"Harbour Post\"")]
    [InlineData("remove \"Harbour Post\"")]
    public async Task A_source_that_is_paused_or_removed_is_unsubscribed(string command)
    {
        await using var rig = await WebSubRig.StartLiveAsync();

        await rig.CommandAsync(command);
        await rig.AskAsync();

        Assert.Equal("unsubscribe", rig.Asked.Mode);
        Assert.Empty(rig.Hub.Active);
        Assert.Null(await rig.StateAsync());
        Assert.Equal(HttpStatusCode.Gone, await rig.PushAsync(rig.Bridge));
        Assert.Equal([rig.Old.Title], await rig.EntriesAsync());
    }

    [Fact]
    public async Task A_source_that_goes_on_is_subscribed_anew()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        var before = rig.Asked;
        rig.Hub.Verifies = false;
        await rig.CommandAsync("pause \"Harbour Post\"");
        await rig.AskAsync();
        Assert.Equal("leaving", await rig.StateAsync());
        Assert.Equal(HttpStatusCode.Gone, await rig.Hub.PushAsync(before, WebSubRig.Bytes(rig.Bridge), Stop));

        rig.Hub.Verifies = true;
        await rig.CommandAsync("resume \"Harbour Post\"");
        await rig.AskAsync();

        Assert.Equal("live", await rig.StateAsync());
        // The hub comes late with what was asked before.
        Assert.Equal(HttpStatusCode.NotFound, await rig.Hub.VerifyAsync(rig.Asked with { Mode = "unsubscribe" }, Stop));
        Assert.Equal(HttpStatusCode.NoContent, await rig.PushAsync(rig.Bridge));
    }

    [Fact]
    public async Task A_hub_that_does_not_let_go_is_asked_a_few_times_and_then_forgotten()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        rig.Hub.Status = 500;
        await rig.CommandAsync("pause \"Harbour Post\"");

        for (var day = 0; day < 7; day++)
        {
            await rig.AskAfterAsync(TimeSpan.FromDays(1));
        }

        Assert.Null(await rig.StateAsync());
        Assert.InRange(rig.Hub.Requests.Count(request => request.Mode == "unsubscribe"), 2, 5);
    }

    [Fact]
    public async Task A_feed_that_changes_its_hub_leaves_the_old_one()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        await using var other = await FakeHub.StartAsync(Stop);
        other.Reach = rig.Hub.Reach;
        rig.Site.Announce(WebSubRig.Feed, other);
        rig.Site.Set(WebSubRig.Feed, Flows.FeedItem.Rss("Harbour Post", [rig.Bridge, rig.Old]));
        await rig.PollAsync();

        await rig.AskAsync();
        await other.SettledAsync();

        Assert.Equal("unsubscribe", rig.Asked.Mode);
        Assert.Equal("subscribe", Assert.Single(other.Requests).Mode);
        Assert.Equal("live", await rig.StateAsync());
    }
}
