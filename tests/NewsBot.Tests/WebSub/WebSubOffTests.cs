using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsBot.Cli;
using NewsBot.Core.Feeds;
using NewsBot.Fetching;
using NewsBot.Web;

namespace NewsBot.Tests.WebSub;

/// <summary>Where hubs cannot reach this server, or are not to.</summary>
public sealed class WebSubOffTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--Web:PublicUrl=http://news.example", "WebSub: off, because hubs need a public address with https")]
    [InlineData("--Fetching:WebSub=false", "WebSub: switched off by Fetching:WebSub")]
    public async Task No_hub_is_asked_and_the_doctor_and_the_status_page_say_why(string setting, string words)
    {
        await using var rig = await WebSubRig.StartAsync(setting);
        await rig.PollAsync();
        await rig.AskAsync();
        using var output = new StringWriter();
        Output.Capture(output, output);

        await Doctor.RunAsync(
            [
                $"--data={rig.Newsroom.Folder}",
                "--Web:PublicUrl=https://news.example",
                "--Chat:Web:JoinSecret=a quiet word",
                "--Starter:Enabled=false",
                setting,
            ],
            Stop
        );
        var status = await rig.Newsroom.Http.GetStringAsync(new Uri("/status", UriKind.Relative), Stop);

        Assert.Empty(rig.Hub.Requests);
        Assert.Contains(words, output.ToString());
        Assert.Contains(words["WebSub: ".Length..], WebUtility.HtmlDecode(status));
        Assert.True(await rig.UntilPollAsync() < PollSchedule.SafetyInterval);
    }

    [Fact]
    public async Task Where_it_is_on_the_status_page_says_how_many_feeds_are_pushed()
    {
        await using var rig = await WebSubRig.StartLiveAsync();

        var status = await rig.Newsroom.Http.GetStringAsync(new Uri("/status", UriKind.Relative), Stop);

        Assert.Contains("hubs send the news of 1 of 1 feed that name one", WebUtility.HtmlDecode(status));
    }

    [Theory]
    [InlineData(false, "https://news.example", 0)]
    [InlineData(true, "http://news.example", 0)]
    [InlineData(true, "https://other.example", 1)]
    public async Task What_was_agreed_under_other_settings_is_dropped_and_the_feed_polled_as_usual(
        bool isOn,
        string publicUrl,
        long live
    )
    {
        await using var rig = await WebSubRig.StartLiveAsync();
        var before = rig.Asked;
        await rig.PollAsync();
        var services = rig.Newsroom.Services;
        services.GetRequiredService<IOptions<FetchingOptions>>().Value.WebSub = isOn;
        services.GetRequiredService<IOptions<WebOptions>>().Value.PublicUrl = publicUrl;

        await rig.AskAsync();

        Assert.Equal(HttpStatusCode.Gone, await rig.Hub.PushAsync(before, WebSubRig.Bytes(rig.Bridge), Stop));
        Assert.Equal(live, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM websub WHERE state = 'live'"));
        Assert.True(await rig.UntilPollAsync() < PollSchedule.SafetyInterval);
    }
}
