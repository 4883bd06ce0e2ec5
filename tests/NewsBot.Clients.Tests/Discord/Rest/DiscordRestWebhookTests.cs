using System.Text.Json.Nodes;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.Discord.Rest;

public sealed class DiscordRestWebhookTests : IAsyncLifetime
{
    private const string Secret = "a-webhook-token_that-must-not-be-shown";
    private const string MessageJson = """{"id":"5","channel_id":"7","webhook_id":"9"}""";

    private static readonly WebhookKey Hook = new(new Snowflake(9), Secret);
    private static readonly Snowflake Thread = new(7);
    private static readonly WebhookMessage Hello = new("Hello")
    {
        Username = "Ada",
        AvatarUrl = "https://pictures.example/ada.png",
    };

    private RestTrial _trial = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _trial = await RestTrial.StartAsync();
        _trial.Server.Otherwise = Json(MessageJson);
    }

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    [Fact]
    public async Task A_message_is_posted_into_the_thread_without_the_bots_token_and_pings_nobody()
    {
        var message = await _trial.PlayAsync(_trial.Rest.ExecuteWebhookAsync(Hook, Thread, Hello, Cancel));

        var call = _trial.Server.Received.Single();
        var body = JsonNode.Parse(call.Body)!;
        Assert.Equal($"/api/v10/webhooks/9/{Secret}?wait=true&thread_id=7", call.Target);
        Assert.Null(call.Header("Authorization"));
        Assert.Equal(
            ("Ada", "https://pictures.example/ada.png"),
            ((string?)body["username"], (string?)body["avatar_url"])
        );
        Assert.Empty(body["allowed_mentions"]!["parse"]!.AsArray());
        Assert.Equal(new Snowflake(5), message.Id);
    }

    [Fact]
    public async Task An_edit_names_the_thread_and_nobody_and_keeps_name_and_picture()
    {
        await _trial.PlayAsync(
            _trial.Rest.EditWebhookMessageAsync(Hook, Thread, new Snowflake(5), Hello with { Content = "Bye" }, Cancel)
        );

        var call = _trial.Server.Received.Single();
        var body = JsonNode.Parse(call.Body)!.AsObject();
        Assert.Equal($"/api/v10/webhooks/9/{Secret}/messages/5?thread_id=7", call.Target);
        Assert.Equal("Bye", (string?)body["content"]);
        Assert.Empty(body["allowed_mentions"]!["parse"]!.AsArray());
        Assert.False(body.ContainsKey("username") || body.ContainsKey("avatar_url"));
    }

    [Fact]
    public async Task A_post_whose_fate_is_unknown_is_not_repeated()
    {
        _trial.Server.Then(Json("""{"message":"oops"}""", 502));

        var error = await _trial.RefusedAsync(_trial.Rest.ExecuteWebhookAsync(Hook, Thread, Hello, Cancel));

        Assert.True(error.IsOutcomeUnknown);
        Assert.Single(_trial.Server.Received);
    }

    [Fact]
    public async Task A_deletion_is_repeated_and_done_where_the_second_finds_nothing()
    {
        _trial.Server.Then(
            Json("""{"message":"oops"}""", 503),
            Json("""{"message":"Unknown Message","code":10008}""", 404)
        );

        await _trial.PlayAsync(_trial.Rest.DeleteWebhookMessageAsync(Hook, Thread, new Snowflake(5), Cancel));

        Assert.Equal(2, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task A_wrong_token_of_a_webhook_stops_nobody_else_and_is_never_shown()
    {
        var echo = new JsonObject
        {
            ["message"] = $"Invalid {Secret} here",
            ["code"] = 50027,
            ["errors"] = new JsonObject
            {
                [Secret] = new JsonObject
                {
                    ["_errors"] = new JsonArray(new JsonObject { ["message"] = Secret, ["code"] = Secret }),
                },
            },
        };
        _trial.Server.Then(Json(echo.ToJsonString(), 401));

        var error = await _trial.RefusedAsync(_trial.Rest.ExecuteWebhookAsync(Hook, Thread, Hello, Cancel));
        await _trial.PlayAsync(_trial.Rest.GetChannelAsync(new Snowflake(1), Cancel));

        Assert.Equal(50027, error.Code);
        Assert.DoesNotContain(Secret, error.ToString());
        Assert.DoesNotContain(error.FieldErrors, field => (field.Key + field.Value).Contains(Secret));
        Assert.DoesNotContain(Secret, Hook.ToString());
    }

    [Fact]
    public async Task Each_webhook_has_limits_of_its_own()
    {
        var other = new WebhookKey(new Snowflake(10), "other");
        _trial.Server.Then(Json(MessageJson, 200, Limits(1, 0, 60, "hooks")));

        await _trial.PlayAsync(_trial.Rest.ExecuteWebhookAsync(Hook, Thread, Hello, Cancel));
        await _trial.PlayAsync(_trial.Rest.ExecuteWebhookAsync(other, Thread, Hello, Cancel));
        await _trial.PlayAsync(_trial.Rest.ExecuteWebhookAsync(Hook, Thread, Hello, Cancel));

        var times = _trial.Server.Received.Select(call => call.At).ToList();
        Assert.True(times[1] - times[0] < TimeSpan.FromSeconds(5));
        Assert.True(times[2] - times[0] >= TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task The_hidden_limit_of_a_channel_holds_up_its_webhook_and_not_edits()
    {
        const string Refusal = """{"message":"slow","retry_after":30,"global":false}""";
        _trial.Server.Then(Json(Refusal, 429, [.. Limits(5, 4, 2, "hooks"), ("X-RateLimit-Scope", "shared")]));

        var first = _trial.Rest.ExecuteWebhookAsync(Hook, Thread, Hello, Cancel);
        await RestTrial.UntilAsync(() => _trial.Server.Received.Count == 1);
        await _trial.PlayAsync(_trial.Rest.EditWebhookMessageAsync(Hook, Thread, new Snowflake(5), Hello, Cancel));
        await _trial.PlayAsync(first);

        var times = _trial.Server.Received.Select(call => call.At).ToList();
        Assert.Equal(3, times.Count);
        Assert.True(times[1] - times[0] < TimeSpan.FromSeconds(30));
        Assert.True(times[2] - times[0] >= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Webhooks_are_made_once_and_listed_with_their_tokens()
    {
        _trial.Server.Then(
            Json("""{"message":"oops"}""", 500),
            Json(
                $$"""[{"id":"9","type":1,"channel_id":"1","name":"NewsBot","application_id":"3","token":"{{Secret}}"},{"id":"8","type":2}]"""
            )
        );

        var error = await _trial.RefusedAsync(_trial.Rest.CreateWebhookAsync(new Snowflake(1), "NewsBot", Cancel));
        var found = await _trial.PlayAsync(_trial.Rest.GetWebhooksAsync(new Snowflake(1), Cancel));

        Assert.True(error.IsOutcomeUnknown);
        Assert.Equal(
            (new Snowflake(9), new Snowflake(3), Secret),
            (found[0].Id, found[0].ApplicationId, found[0].Token)
        );
        Assert.Null(found[1].Token);
        Assert.DoesNotContain(Secret, found[0].ToString());
    }
}
