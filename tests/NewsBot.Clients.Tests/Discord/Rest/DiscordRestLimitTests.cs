using System.Net;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.Discord.Rest;

public sealed class DiscordRestLimitTests : IAsyncLifetime
{
    private const string MessageJson = """{"id":"5","channel_id":"1"}""";

    private static readonly Snowflake Room = new(1);
    private static readonly NewMessage Hello = new() { Content = "Hello" };

    private RestTrial _trial = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _trial = await RestTrial.StartAsync();
        _trial.Server.Otherwise = Json(MessageJson);
    }

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    [Fact]
    public async Task An_empty_bucket_is_waited_for()
    {
        _trial.Server.Then(Json(MessageJson, 200, Limits(1, 0, 7)));

        await _trial.PlayAsync(PostAsync());
        await _trial.PlayAsync(PostAsync());

        var times = _trial.Server.Received.Select(call => call.At).ToList();
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData("""{"message":"slow","retry_after":4.5,"global":false}""", "5", 4.5)]
    [InlineData("""{"message":"slow","global":false}""", "5", 5)]
    public async Task A_refused_call_is_sent_again_after_the_wait_asked_for(string body, string header, double seconds)
    {
        _trial.Server.Then(
            Json(body, 429, [.. Limits(5, 3, 1), ("Retry-After", header), ("X-RateLimit-Scope", "user")])
        );

        var message = await _trial.PlayAsync(PostAsync());

        var times = _trial.Server.Received.Select(call => call.At).ToList();
        Assert.Equal(new Snowflake(5), message.Id);
        Assert.Equal(2, times.Count);
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("X-RateLimit-Global", "true", "{}")]
    [InlineData("X-RateLimit-Scope", "global", "{}")]
    [InlineData("X-Nothing", "1", """{"global":true}""")]
    public async Task A_global_refusal_holds_up_other_channels_too(string header, string value, string body)
    {
        _trial.Server.Then(Json(body, 429, [.. Limits(5, 3, 1), ("Retry-After", "3"), (header, value)]));

        var first = _trial.Rest.EditMessageAsync(Room, new Snowflake(5), Hello, [], Cancel);
        await RestTrial.UntilAsync(() => _trial.Rest.EditBudget(Room) is not null);
        await _trial.PlayAsync(_trial.Rest.GetChannelAsync(new Snowflake(2), Cancel));
        await _trial.PlayAsync(first);

        var times = _trial.Server.Received.Select(call => call.At).ToList();
        Assert.Equal(3, times.Count);
        Assert.All(times.Skip(1), time => Assert.True(time - times[0] >= TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task A_refusal_that_is_no_JSON_stops_everything_for_a_while_with_a_sentence()
    {
        _trial.Server.Then(Text("<html>secret words</html>", "text/html", 429, ("Retry-After", "1")));

        var first = await _trial.RefusedAsync(PostAsync());
        var second = await _trial.RefusedAsync(_trial.Rest.GetUserAsync(Room, Cancel));

        Assert.Contains("Cloudflare", first.Message);
        Assert.DoesNotContain("secret", first.Message);
        Assert.Equal(TimeSpan.FromMinutes(1), first.RetryAfter);
        Assert.Contains("Cloudflare", second.Message);
        Assert.Single(_trial.Server.Received);

        _trial.Clock.Advance(TimeSpan.FromMinutes(1));
        await _trial.PlayAsync(PostAsync());
    }

    [Fact]
    public async Task A_refusal_in_JSON_that_names_no_wait_is_the_guards_too()
    {
        _trial.Server.Then(Json("""{"message":"You are being blocked","code":0}""", 429));

        var error = await _trial.RefusedAsync(PostAsync());

        Assert.Contains("Cloudflare", error.Message);
        Assert.Equal(TimeSpan.FromMinutes(15), error.RetryAfter);
    }

    [Fact]
    public async Task Old_messages_are_deleted_from_a_bucket_of_their_own()
    {
        var old = new Snowflake(5);
        var young = Snowflake.At(_trial.Clock.GetUtcNow());
        _trial.Server.Then(Status(204, Limits(1, 0, 60, "old")), Status(204, Limits(3, 2, 1, "young")));
        var start = _trial.Clock.GetUtcNow();

        await _trial.PlayAsync(_trial.Rest.DeleteMessageAsync(Room, old, Cancel));
        await _trial.PlayAsync(_trial.Rest.DeleteMessageAsync(Room, young, Cancel));
        Assert.True(_trial.Server.Received.Last().At - start < TimeSpan.FromSeconds(60));

        await _trial.PlayAsync(_trial.Rest.DeleteMessageAsync(Room, old, Cancel));
        Assert.True(_trial.Server.Received.Last().At - start >= TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_wait_of_more_than_ten_minutes_is_left_to_the_caller_and_remembered()
    {
        _trial.Server.Then(Json("""{"retry_after":3600}""", 429, [.. Limits(5, 4, 1), ("X-RateLimit-Scope", "user")]));

        var first = await _trial.RefusedAsync(PostAsync());
        var second = await _trial.RefusedAsync(PostAsync());

        Assert.Equal(TimeSpan.FromHours(1), first.RetryAfter);
        Assert.Equal(HttpStatusCode.TooManyRequests, first.Status);
        Assert.InRange(second.RetryAfter!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        Assert.Single(_trial.Server.Received);
    }

    [Fact]
    public async Task A_call_that_is_refused_again_and_again_is_given_up()
    {
        _trial.Server.Otherwise = Json("""{"retry_after":0.1}""", 429, ("X-RateLimit-Scope", "shared"));

        var error = await _trial.RefusedAsync(PostAsync());

        Assert.Equal(HttpStatusCode.TooManyRequests, error.Status);
        Assert.Equal(6, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task A_wrong_token_stops_every_call_and_says_so()
    {
        _trial.Server.Then(Json("""{"message":"401: Unauthorized","code":0}""", 401));

        var first = await _trial.RefusedAsync(_trial.Rest.GetCurrentUserAsync(Cancel));
        var second = await _trial.RefusedAsync(PostAsync());

        Assert.Contains("token", first.Message);
        Assert.Equal(HttpStatusCode.Unauthorized, first.Status);
        Assert.Contains("token", second.Message);
        Assert.DoesNotContain(RestTrial.Token, first.ToString() + second);
        Assert.Single(_trial.Server.Received);
    }

    [Fact]
    public async Task An_interaction_token_that_is_refused_stops_nothing()
    {
        _trial.Server.Then(Json("""{"message":"Invalid Webhook Token","code":50027}""", 401));

        var error = await _trial.RefusedAsync(_trial.Rest.FollowUpAsync(Room, "t", Hello, [], Cancel));
        await _trial.PlayAsync(PostAsync());

        Assert.Equal(50027, error.Code);
    }

    [Fact]
    public async Task Many_refusals_slow_calls_down()
    {
        _trial.Server.Otherwise = Json("""{"message":"Missing Access","code":50001}""", 403);
        for (var call = 0; call < 500; call++)
        {
            await _trial.RefusedAsync(
                _trial.Rest.RespondAsync(Room, "t", new(InteractionResponseType.Pong), [], Cancel)
            );
        }

        await _trial.RefusedAsync(PostAsync());
        await _trial.RefusedAsync(PostAsync());

        var slow = _trial.Server.Received.Select(call => call.At).TakeLast(2).ToList();
        Assert.True(slow[1] - slow[0] >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task The_budget_for_edits_is_what_the_last_edit_told()
    {
        Assert.Null(_trial.Rest.EditBudget(Room));
        _trial.Server.Then(Json(MessageJson, 200, Limits(5, 3, 4)));

        await _trial.PlayAsync(_trial.Rest.EditMessageAsync(Room, new Snowflake(5), Hello, [], Cancel));

        var budget = _trial.Rest.EditBudget(Room)!;
        Assert.Equal((5, 3), (budget.Limit, budget.Remaining));
        Assert.InRange(budget.ResetAfter, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
        Assert.Null(_trial.Rest.EditBudget(new Snowflake(2)));

        _trial.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(5, _trial.Rest.EditBudget(Room)!.Remaining);
    }

    [Fact]
    public async Task A_call_that_waits_can_be_cancelled_and_leaves_its_place()
    {
        _trial.Server.Then(Json(MessageJson, 200, Limits(1, 0, 60)));
        await _trial.PlayAsync(PostAsync());
        using var cancel = new CancellationTokenSource();

        var waiting = _trial.Rest.CreateMessageAsync(Room, Hello, [], cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await _trial.PlayAsync(PostAsync());
        Assert.Equal(2, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task A_closed_client_fails_who_waits()
    {
        _trial.Server.Then(Json(MessageJson, 200, Limits(1, 0, 60)));
        await _trial.PlayAsync(PostAsync());

        var waiting = PostAsync();
        _trial.Rest.Dispose();

        await Assert.ThrowsAsync<DiscordException>(() => waiting);
    }

    private Task<Message> PostAsync() => _trial.Rest.CreateMessageAsync(Room, Hello, [], Cancel);
}
