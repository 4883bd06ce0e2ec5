using Microsoft.Extensions.DependencyInjection;
using NewsBot.Core.Feeds;
using NewsBot.Storage;

namespace NewsBot.Tests.WebSub;

/// <summary>Hubs that fail, lead elsewhere or lead where nothing is asked, and feeds that no hub is told of.</summary>
public sealed class HubRefusalTests
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hub_that_fails_is_asked_less_and_less_and_the_feed_polled_as_usual()
    {
        await using var rig = await WebSubRig.StartAsync();
        rig.Hub.Status = 503;
        await rig.PollAsync();
        for (var minute = 0; minute < 60; minute++)
        {
            await rig.AskAfterAsync(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(rig.Hub.Requests.Count, 3, 4);
        Assert.Contains("503", await rig.Newsroom.WordAsync("SELECT last_error FROM websub"));
        await rig.PollAsync();
        Assert.True(await rig.UntilPollAsync() <= Usual);
    }

    [Theory]
    [InlineData(307, 1)]
    [InlineData(308, 1)]
    [InlineData(301, 0)]
    [InlineData(302, 0)]
    [InlineData(303, 0)]
    public async Task A_hub_may_send_on_to_another_by_the_two_redirects_that_keep_a_request(int status, int reached)
    {
        await using var rig = await WebSubRig.StartAsync();
        await rig.PollAsync();
        await rig.Newsroom.RunAsync(
            "UPDATE feed SET hub_url = @Hub",
            new { Hub = rig.Hub.MovedBy(status).AbsoluteUri }
        );
        var before = rig.Hub.Requests.Count;

        await rig.AskAsync();

        Assert.Equal(reached, rig.Hub.Requests.Skip(before).Count(request => request.Mode == "subscribe"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:0/hub", "Fetching:AllowedPrivateHubs")]
    [InlineData("https://127.0.0.1:0/hub", "Fetching:AllowedPrivateHubs")]
    [InlineData("http://203.0.114.9/hub", "has no https")]
    [InlineData("https://user:word@hub.example/", "user name or password")]
    [InlineData("https://hub.example:22/", "Port 22")]
    public async Task A_hub_where_nothing_is_asked_is_refused_before_anything_is_sent(string address, string reason)
    {
        await using var rig = await WebSubRig.StartAsync("--Fetching:AllowedPrivateHubs:0=10.9.9.9/32");
        var hub = address.Replace(
            ":0/",
            FormattableString.Invariant($":{rig.Hub.Url.Port}/"),
            StringComparison.Ordinal
        );
        await rig.PollAsync();
        await rig.Newsroom.RunAsync("UPDATE feed SET hub_url = @hub; DELETE FROM websub", new { hub });

        await rig.AskAsync();

        Assert.Empty(rig.Hub.Requests);
        Assert.Contains(
            reason,
            await rig.Newsroom.WordAsync("SELECT last_error FROM websub WHERE hub_url = @hub", new { hub })
        );
    }

    [Fact]
    public async Task A_feed_with_a_login_is_never_told_to_a_hub()
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        var login = FeedLogin.Basic(rig.Site.Root, "reader", "tide").Login!;
        var kept = rig.Newsroom.Services.GetRequiredService<FeedLogins>().Protect(login);
        await rig
            .Newsroom.Services.GetRequiredService<Database>()
            .WriteAsync(connection => FeedLogins.SaveAsync(connection, 1, kept, rig.Time.GetUtcNow()), Stop);

        await rig.AskAsync();
        await rig.PollAsync();
        await rig.AskAsync();

        Assert.Equal("unsubscribe", rig.Asked.Mode);
        Assert.Null(await rig.StateAsync());
        Assert.Null(await rig.Newsroom.WordAsync("SELECT hub_url FROM feed"));
    }
}
