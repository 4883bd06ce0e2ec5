using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Clients.Tests.Http;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.Slack.WebApi;

public sealed class SlackWebApiLimitTests : IAsyncLifetime
{
    private const string Posted = """{"ok":true,"channel":"C1","ts":"1700000000.000100"}""";
    private const string Page = """{"ok":true,"messages":[]}""";

    private static readonly SlackTs Note = new("1700000000.000100");
    private static readonly NewMessage Hello = new() { Text = "Hello" };

    private WebTrial _trial = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _trial = await WebTrial.StartAsync();
        _trial.Server.Otherwise = Json(Posted);
    }

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    [Fact]
    public async Task Three_messages_go_at_once_in_a_channel_and_then_one_a_second()
    {
        var calls = Enumerable.Range(0, 6).Select(_ => PostAsync("C1")).ToList();
        await _trial.PlayAsync(Task.WhenAll(calls));

        var times = Times();
        Assert.Equal(times[0], times[2]);
        Assert.True(times[3] - times[0] >= TimeSpan.FromSeconds(1));
        Assert.True(times[5] - times[0] >= TimeSpan.FromSeconds(3));
        Assert.True(times[5] - times[0] < TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Channels_and_workspaces_do_not_wait_for_each_other()
    {
        using var other = _trial.Make(options => options);
        var calls = Enumerable
            .Range(0, 3)
            .SelectMany(_ => new[] { PostAsync("C1"), PostAsync("C2"), other.PostMessageAsync("C1", Hello, Cancel) });

        await _trial.PlayAsync(Task.WhenAll(calls));

        Assert.Single(Times().Distinct());
    }

    [Theory]
    [InlineData(429, """{"ok":false,"error":"ratelimited"}""")]
    [InlineData(429, "<html></html>")]
    [InlineData(200, """{"ok":false,"error":"rate_limited"}""")]
    public async Task A_refused_post_waits_as_long_as_it_was_asked_to(int status, string body)
    {
        _trial.Server.Then(Json(body, status, ("Retry-After", "4")));

        var posted = await _trial.PlayAsync(PostAsync("C1"));

        var times = Times();
        Assert.Equal(Note, posted.Ts);
        Assert.Equal(2, times.Count);
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_refused_method_holds_up_no_other()
    {
        _trial.Server.Then(Json("{}", 429, ("Retry-After", "30")));

        var update = _trial.Api.UpdateMessageAsync("C1", Note, Hello, Cancel);
        await PlayedClock.UntilAsync(() => _trial.Api.WaitFor(WebMethods.Update) > TimeSpan.Zero);
        await _trial.PlayAsync(PostAsync("C1"));
        var posted = Times()[^1];
        await _trial.PlayAsync(update);

        var times = Times();
        Assert.True(posted - times[0] < TimeSpan.FromSeconds(1));
        Assert.True(times[2] - times[0] >= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_long_refusal_of_a_post_is_the_workspaces_and_holds_up_all_channels()
    {
        _trial.Server.Then(Json("{}", 429, ("Retry-After", "30")));

        var first = PostAsync("C1");
        await PlayedClock.UntilAsync(() => _trial.Api.WaitFor(WebMethods.PostMessage, "C2") > TimeSpan.Zero);
        await _trial.PlayAsync(PostAsync("C2"));
        await _trial.PlayAsync(first);

        var times = Times();
        Assert.All(times.Skip(1), time => Assert.True(time - times[0] >= TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_fails_and_says_how_long()
    {
        _trial.Server.Then(Json("""{"ok":false,"error":"ratelimited"}""", 429, ("Retry-After", "3600")));

        var first = await _trial.RefusedAsync(PostAsync("C1"));
        var second = await _trial.RefusedAsync(PostAsync("C1"));

        Assert.Equal((SlackErrorKind.RateLimited, TimeSpan.FromHours(1)), (first.Kind, first.RetryAfter));
        Assert.True(second.RetryAfter > TimeSpan.FromMinutes(50));
        Assert.False(second.IsOutcomeUnknown);
        Assert.Single(_trial.Server.Received);
    }

    [Fact]
    public async Task A_call_that_is_refused_again_and_again_is_given_up()
    {
        _trial.Server.Otherwise = Json("{}", 429, ("Retry-After", "1"));

        var error = await _trial.RefusedAsync(_trial.Api.GetUserAsync("U1", Cancel));

        Assert.Equal(TimeSpan.FromSeconds(1), error.RetryAfter);
        Assert.Equal(6, _trial.Server.Received.Count);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("NaN")]
    public async Task A_refusal_that_does_not_say_how_long_waits_politely(string retryAfter)
    {
        _trial.Server.Then(Json("{}", 429, ("Retry-After", retryAfter)));

        await _trial.PlayAsync(PostAsync("C1"));

        Assert.True(Times()[1] - Times()[0] >= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Changes_keep_to_fifty_a_minute()
    {
        var calls = Enumerable.Range(0, 51).Select(_ => _trial.Api.UpdateMessageAsync("C1", Note, Hello, Cancel));

        var all = Task.WhenAll(calls.ToList());
        await PlayedClock.UntilAsync(() => _trial.Server.Received.Count == 50);
        var left = _trial.Api.UpdatesLeft;
        await _trial.PlayAsync(all);

        Assert.Equal(0, left);
        Assert.True(Times()[50] - Times()[0] >= TimeSpan.FromMinutes(1));
        Assert.Equal(Times()[0], Times()[49]);
    }

    [Fact]
    public async Task A_history_that_is_refused_for_a_minute_is_limited_from_then_on()
    {
        _trial.Server.Otherwise = Json(Page);
        _trial.Server.Then(Json(Page), Json("""{"ok":false,"error":"ratelimited"}""", 429, ("Retry-After", "60")));
        var query = new HistoryQuery("C1") { Limit = 200 };

        await _trial.PlayAsync(_trial.Api.GetHistoryAsync(query, Cancel));
        var before = _trial.Api.IsHistoryLimited;
        await _trial.PlayAsync(_trial.Api.GetHistoryAsync(query, Cancel));
        var wait = _trial.Api.WaitFor(WebMethods.History);
        await _trial.PlayAsync(_trial.Api.GetHistoryAsync(query, Cancel));

        Assert.False(before);
        Assert.True(_trial.Api.IsHistoryLimited);
        Assert.InRange(wait, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
        Assert.Equal("15", _trial.Field("limit"));
        Assert.True(Times()[3] - Times()[2] >= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_short_refusal_of_a_history_does_not_limit_it()
    {
        _trial.Server.Otherwise = Json(Page);
        _trial.Server.Then(Json("{}", 429, ("Retry-After", "3")));

        await _trial.PlayAsync(_trial.Api.GetHistoryAsync(new HistoryQuery("C1"), Cancel));

        Assert.False(_trial.Api.IsHistoryLimited);
    }

    [Fact]
    public async Task A_limited_app_reads_a_page_of_fifteen_a_minute_from_the_start_histories_and_threads_apart()
    {
        await using var limited = await WebTrial.StartAsync(options =>
            options with
            {
                History = SlackHistoryMode.Limited,
            }
        );
        limited.Server.Otherwise = Json(
            """{"ok":true,"messages":[{"ts":"1.1"}],"response_metadata":{"next_cursor":"n"}}"""
        );

        var replies = limited.Api.GetRepliesAsync(new HistoryQuery("C1"), Note, Cancel);
        await limited.PlayAsync(
            SlackWebApiReadTests.AllAsync(limited.Api.ReadHistoryAsync(new HistoryQuery("C1"), 2, Cancel))
        );
        await limited.PlayAsync(replies);

        var times = limited.Server.Received.Select(call => call.At).Order().ToList();
        Assert.Equal(times[0], times[1]);
        Assert.True(times[2] - times[0] >= TimeSpan.FromMinutes(1));
        Assert.All(limited.Server.Received, call => Assert.Equal("15", WebTrial.FieldOf(call, "limit")));
    }

    [Fact]
    public async Task A_full_history_stays_full_whatever_is_refused()
    {
        await using var full = await WebTrial.StartAsync(options => options with { History = SlackHistoryMode.Full });
        full.Server.Otherwise = Json(Page);
        full.Server.Then(Json("{}", 429, ("Retry-After", "60")));

        await full.PlayAsync(full.Api.GetHistoryAsync(new HistoryQuery("C1"), Cancel));

        Assert.False(full.Api.IsHistoryLimited);
    }

    [Fact]
    public async Task A_call_that_waits_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var burst = Enumerable.Range(0, 3).Select(_ => PostAsync("C1"));
        await Task.WhenAll(burst.ToList());

        var waiting = _trial.Api.PostMessageAsync("C1", Hello, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(3, _trial.Server.Received.Count);
    }

    private Task<PostedMessage> PostAsync(string channel) => _trial.Api.PostMessageAsync(channel, Hello, Cancel);

    private List<DateTimeOffset> Times() => [.. _trial.Server.Received.Select(call => call.At)];
}
