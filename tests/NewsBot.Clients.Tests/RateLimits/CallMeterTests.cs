using System.Net;
using NewsBot.Clients.Discord;
using NewsBot.Clients.RateLimits;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Clients.Tests.Discord.Rest;
using NewsBot.Clients.Tests.Http;
using NewsBot.Clients.Tests.Slack.WebApi;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.RateLimits;

/// <summary>Every try of a call is counted by how it ended, and its wait for limits is timed.</summary>
public sealed class CallMeterTests
{
    private const string Limited = """{"message":"slow","retry_after":4,"global":false}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Discords_refusals_for_limits_are_told_from_its_outages()
    {
        using var meter = new HeardMeter();
        await using var trial = await RestTrial.StartAsync(meter: meter.Calls);
        trial.Server.Otherwise = Json("""{"id":"1"}""");
        trial.Server.Then(Json(Limited, 429, ("Retry-After", "4"), ("X-RateLimit-Scope", "user")), Json("{}", 502));

        await trial.PlayAsync(trial.Rest.GetChannelAsync(new Snowflake(1), Cancel));

        Assert.Equal(["limited", "broken", "ok"], meter.Outcomes);
        Assert.True(meter.Waits[1] >= 4);
    }

    [Fact]
    public async Task Discords_guard_counts_as_a_limit()
    {
        using var meter = new HeardMeter();
        await using var trial = await RestTrial.StartAsync(meter: meter.Calls);
        trial.Server.Then(Text("<html></html>", "text/html", 429, ("Retry-After", "1")));

        await trial.RefusedAsync(trial.Rest.GetChannelAsync(new Snowflake(1), Cancel));

        Assert.Equal(["limited"], meter.Outcomes);
    }

    [Fact]
    public async Task What_Slack_refuses_at_200_is_refused()
    {
        using var meter = new HeardMeter();
        await using var trial = await WebTrial.StartAsync(options => options with { Meter = meter.Calls });
        trial.Server.Then(Json("""{"ok":false,"error":"channel_not_found"}"""));

        await Assert.ThrowsAsync<SlackException>(() =>
            trial.PlayAsync(trial.Api.PostMessageAsync("C1", new() { Text = "Hello" }, Cancel))
        );

        Assert.Equal(["refused"], meter.Outcomes);
    }

    [Theory]
    [InlineData(null, "NoAnswer")]
    [InlineData(HttpStatusCode.OK, "Ok")]
    [InlineData(HttpStatusCode.NoContent, "Ok")]
    [InlineData(HttpStatusCode.Found, "Refused")]
    [InlineData(HttpStatusCode.Forbidden, "Refused")]
    [InlineData(HttpStatusCode.TooManyRequests, "Limited")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "Broken")]
    public void A_status_is_one_of_five_ends(HttpStatusCode? status, string end) =>
        Assert.Equal(end, CallMeter.OutcomeOf(status).ToString());
}
