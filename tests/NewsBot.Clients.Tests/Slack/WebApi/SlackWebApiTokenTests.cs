using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Clients.Tests.Http;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.Slack.WebApi;

public sealed class SlackWebApiTokenTests : IAsyncLifetime
{
    private const string Posted = """{"ok":true,"channel":"C1","ts":"1700000000.000100"}""";

    private static readonly SlackTs Note = new("1700000000.000100");
    private static readonly NewMessage Hello = new() { Text = "Hello, secret words" };

    private WebTrial _trial = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _trial = await WebTrial.StartAsync();

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    [Fact]
    public async Task A_dead_token_is_not_used_again_until_it_is_renewed()
    {
        _trial.Server.Then(Json("""{"ok":false,"error":"token_revoked"}"""));
        _trial.Server.Otherwise = Json(Posted);

        var first = await _trial.RefusedAsync(_trial.Api.GetConversationAsync("C1", Cancel));
        var second = await _trial.RefusedAsync(_trial.Api.PostMessageAsync("C1", Hello, Cancel));
        var asked = _trial.Server.Received.Count;
        _trial.Api.Renew("xoxb-new");
        await _trial.PlayAsync(_trial.Api.PostMessageAsync("C1", Hello, Cancel));

        Assert.True(first.IsInstallDead);
        Assert.Equal(("token_revoked", false), (second.Code, second.IsOutcomeUnknown));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_refusal_of_the_old_token_says_nothing_of_a_renewed_one()
    {
        var answered = new TaskCompletionSource();
        _trial.Server.Then(async context =>
        {
            await answered.Task;
            await Json("""{"ok":false,"error":"token_revoked"}""")(context);
        });
        _trial.Server.Otherwise = Json(Posted);

        var old = _trial.Api.GetConversationAsync("C1", Cancel);
        await PlayedClock.UntilAsync(() => !_trial.Server.Received.IsEmpty);
        _trial.Api.Renew("xoxb-new");
        answered.SetResult();
        await _trial.RefusedAsync(old);

        Assert.Equal(Note, (await _trial.PlayAsync(_trial.Api.PostMessageAsync("C1", Hello, Cancel))).Ts);
    }

    [Fact]
    public async Task Calls_that_wait_for_their_turn_hear_of_the_dead_token_at_once()
    {
        _trial.Server.Otherwise = Json(Posted);
        var burst = Enumerable.Range(0, 20).Select(_ => _trial.Api.PostMessageAsync("C1", Hello, Cancel)).ToList();
        await Task.WhenAll(burst.Take(3));
        _trial.Server.Then(Json("""{"ok":false,"error":"account_inactive"}"""));

        var before = _trial.Now;
        await _trial.RefusedAsync(_trial.Api.GetConversationAsync("C1", Cancel));
        var errors = burst.Skip(3).Select(call => Assert.ThrowsAsync<SlackException>(() => call)).ToList();
        var ended = await Task.WhenAll(errors);

        Assert.All(ended, error => Assert.True(error.IsInstallDead));
        Assert.True(_trial.Now - before < TimeSpan.FromSeconds(1));
    }
}
