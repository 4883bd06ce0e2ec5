using System.Net;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Tests.Slack.FakeSlack;

public sealed class FakeHttpTests
{
    [Fact]
    public async Task An_address_is_taken_once_it_repeats_the_challenge()
    {
        await using var caller = await Caller.StartAsync();
        await using var sink = await RequestSink.StartAsync();

        var refused = await SetAsync(caller, sink.Url);
        var challenge = await sink.NextAsync();
        sink.Answer = Repeat;
        var taken = await SetAsync(caller, sink.Url);

        Assert.StartsWith("The challenge was answered with 200", refused, StringComparison.Ordinal);
        Assert.True(challenge.IsSigned(caller.Server.SigningSecret));
        Assert.Null(taken);
    }

    [Fact]
    public async Task An_event_is_signed_and_retried_at_once_after_a_minute_and_after_five()
    {
        await using var caller = await Caller.StartAsync();
        await using var sink = await ConnectAsync(caller);
        sink.Answer = _ => (500, "");
        await caller.SayAsync();

        var came = new List<SunkRequest> { await sink.NextAsync() };
        foreach (
            var wait in (TimeSpan[])[TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)]
        )
        {
            var retries = came.Count - 1;
            await WaitForFailureAsync(caller, retries);
            caller.Time.Advance(wait);
            came.Add(await sink.NextAsync());
        }

        Assert.All(came, one => Assert.True(one.IsSigned(caller.Server.SigningSecret)));
        Assert.All(came, one => Assert.Equal("/slack/events", one.Path));
        Assert.Equal([null, "1", "2", "3"], came.Select(one => one.Headers.GetValueOrDefault("X-Slack-Retry-Num")));
        Assert.Equal("http_error", came[1].Headers["X-Slack-Retry-Reason"]);
        Assert.Single(came.Select(one => JsonNode.Parse(one.Body)!["event_id"]!.ToString()).Distinct());
    }

    [Fact]
    public async Task A_header_ends_the_retries()
    {
        await using var caller = await Caller.StartAsync();
        await using var sink = await ConnectAsync(caller);
        sink.Answer = _ => (400, "");
        sink.ForbidsRetries = true;

        await caller.SayAsync();
        await sink.NextAsync();
        await caller.Server.State.WaitAsync(
            () => caller.Server.Delivery.GivenUp == 1,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(0, caller.Server.Delivery.Retries);
    }

    [Fact]
    public async Task A_command_is_a_form_whose_answer_is_shown()
    {
        await using var caller = await Caller.StartAsync();
        await using var sink = await ConnectAsync(caller);
        sink.Answer = _ => (200, "Here it is");

        var answer = await caller
            .Server.Human("Kofi")
            .SlashAsync("/news", "latest & greatest", caller.News, TestContext.Current.CancellationToken);
        var request = await sink.NextAsync();

        Assert.Equal("Here it is", answer["data"]!["text"]!.ToString());
        Assert.Equal("/slack/commands", request.Path);
        Assert.True(request.IsSigned(caller.Server.SigningSecret));
        Assert.Contains("text=" + WebUtility.UrlEncode("latest & greatest"), request.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FakeFaultKind.WrongSignature, false, 0)]
    [InlineData(FakeFaultKind.StaleTimestamp, true, 360)]
    public async Task Requests_are_signed_wrongly_or_late_as_scripted(FakeFaultKind kind, bool isRight, int age)
    {
        await using var caller = await Caller.StartAsync();
        await using var sink = await ConnectAsync(caller);
        caller.Server.Faults.Add(new FakeFaultRule(kind));

        await caller.SayAsync();
        var request = await sink.NextAsync();

        Assert.Equal(isRight, request.IsSigned(caller.Server.SigningSecret));
        var sent = long.Parse(
            request.Headers["X-Slack-Request-Timestamp"],
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.Equal(age, caller.Time.GetUtcNow().ToUnixTimeSeconds() - sent);
    }

    private static (int Status, string Body) Repeat(SunkRequest request) =>
        (200, JsonNode.Parse(request.Body)!["challenge"]?.ToString() ?? "");

    private static async Task<RequestSink> ConnectAsync(Caller caller)
    {
        var sink = await RequestSink.StartAsync();
        sink.Answer = Repeat;
        Assert.Null(await SetAsync(caller, sink.Url));
        await sink.NextAsync();
        return sink;
    }

    private static Task<string?> SetAsync(Caller caller, string url) =>
        caller.Server.SetRequestUrlAsync($"{url}/slack", TestContext.Current.CancellationToken);

    // The answer has to be back before the clock of the retry runs.
    private static Task WaitForFailureAsync(Caller caller, int retries) =>
        caller.Server.State.WaitAsync(
            () => caller.Server.Delivery.Failures == retries + 1,
            TestContext.Current.CancellationToken
        );
}
