using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeDiscord.Faults;
using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Tests.Discord.FakeDiscord;

public sealed class FakeLimitsTests
{
    [Fact]
    public async Task The_sixth_message_in_five_seconds_waits_for_the_window_its_headers_told_of()
    {
        await using var caller = await Caller.StartAsync();

        var answers = new List<Answer>();
        for (var index = 0; index < 6; index++)
        {
            answers.Add(await Say(caller, caller.Text));
        }

        var elsewhere = await Say(caller, caller.Server.Channels.Private);
        caller.Time.Advance(TimeSpan.FromSeconds(5));
        var later = await Say(caller, caller.Text);

        Assert.Equal(["4", "3", "2", "1", "0", "0"], answers.Select(one => one.Headers["X-RateLimit-Remaining"]));
        Assert.Equal(429, answers[5].Status);
        Assert.Equal("user", answers[5].Headers["X-RateLimit-Scope"]);
        Assert.Equal("5.000", answers[5].Headers["X-RateLimit-Reset-After"]);
        Assert.Equal(5.0, (double)answers[5].Body!["retry_after"]!);
        Assert.Equal("false", answers[5]["global"]);
        Assert.Equal([200, 200], [elsewhere.Status, later.Status]);
        Assert.Equal(answers[0].Headers["X-RateLimit-Bucket"], elsewhere.Headers["X-RateLimit-Bucket"]);
        Assert.Equal(1, caller.Server.Statistics.Avoidable);
    }

    [Fact]
    public async Task More_than_fifty_requests_in_a_second_are_too_many_for_the_bot_but_not_for_humans()
    {
        await using var caller = await Caller.StartAsync(options =>
        {
            options.Limits = FakeLimits.Unlimited();
            options.Limits.Global = new FakeLimit(50, TimeSpan.FromSeconds(1));
        });
        for (var index = 0; index < 50; index++)
        {
            await caller.BotAsync("GET", "/users/@me");
        }

        var refused = await caller.BotAsync("GET", "/users/@me");
        var human = await caller.AskAsync("GET", "/users/@me", null, caller.Server.Human("Kofi").Token);

        Assert.Equal(
            (429, "true", "global"),
            (refused.Status, refused["global"], refused.Headers["X-RateLimit-Scope"])
        );
        Assert.Equal("true", refused.Headers["X-RateLimit-Global"]);
        Assert.Equal(200, human.Status);
    }

    [Fact]
    public async Task The_webhooks_of_a_channel_share_a_limit_that_no_header_tells_of()
    {
        await using var caller = await Caller.StartAsync(options =>
            options.Limits.WebhookHidden = new FakeLimit(3, TimeSpan.FromMinutes(1))
        );
        var hook = await caller.BotAsync(
            "POST",
            $"/channels/{caller.Text}/webhooks",
            new JsonObject { ["name"] = "A" }
        );
        var path = $"/webhooks/{hook["id"]}/{hook["token"]}";

        var answers = new List<Answer>();
        for (var index = 0; index < 4; index++)
        {
            answers.Add(await caller.AskAsync("POST", path, new JsonObject { ["content"] = "a" }));
        }

        Assert.Equal([204, 204, 204, 429], answers.Select(one => one.Status));
        Assert.Equal("1", answers[3].Headers["X-RateLimit-Remaining"]);
        Assert.Equal(1, caller.Server.Statistics.Hidden);
    }

    [Fact]
    public async Task Whoever_is_refused_too_often_is_locked_out()
    {
        await using var caller = await Caller.StartAsync(options =>
            options.Limits.Invalid = new FakeLimit(3, TimeSpan.FromMinutes(10))
        );
        for (var index = 0; index < 3; index++)
        {
            await caller.AskAsync("GET", "/users/@me", null, "Bot wrong");
        }

        var locked = await caller.BotAsync("GET", "/users/@me");
        caller.Time.Advance(TimeSpan.FromMinutes(10));
        var later = await caller.BotAsync("GET", "/users/@me");

        Assert.Equal(429, locked.Status);
        Assert.Null(locked.Body);
        Assert.False(locked.Headers.ContainsKey("Via"));
        Assert.Equal(200, later.Status);
    }

    [Fact]
    public async Task An_old_message_is_edited_only_so_often()
    {
        await using var caller = await Caller.StartAsync(options =>
            options.Limits.EditOld = new FakeLimit(1, TimeSpan.FromHours(1))
        );
        var id = await caller.SayAsync(caller.Text);
        caller.Time.Advance(TimeSpan.FromHours(2));

        var first = await Edit(caller, id);
        var second = await Edit(caller, id);

        Assert.Equal(200, first.Status);
        Assert.Equal(30046, second.Code);
    }

    [Theory]
    [InlineData(FakeFaultKind.User, "user")]
    [InlineData(FakeFaultKind.Global, "global")]
    [InlineData(FakeFaultKind.Shared, "shared")]
    [InlineData(FakeFaultKind.Hidden, "user")]
    [InlineData(FakeFaultKind.NoHeaders, null)]
    [InlineData(FakeFaultKind.Cloudflare, null)]
    public async Task A_scripted_429_has_the_marks_of_its_scope(FakeFaultKind kind, string? scope)
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Faults.Add(new FakeFaultRule(kind) { RetryAfter = TimeSpan.FromSeconds(2) });

        var answer = await Say(caller, caller.Text);

        Assert.Equal(429, answer.Status);
        Assert.Equal(scope, answer.Headers.GetValueOrDefault("X-RateLimit-Scope"));
        Assert.Equal(kind != FakeFaultKind.Cloudflare, answer.Body is not null);
        Assert.Equal(
            kind is FakeFaultKind.Hidden or FakeFaultKind.Shared,
            answer.Headers.GetValueOrDefault("X-RateLimit-Remaining") == "5"
        );
        Assert.Equal(0, caller.Server.Statistics.Avoidable);
        Assert.Empty(caller.Told);
    }

    [Fact]
    public async Task Who_does_not_wait_as_told_is_refused_again()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.User) { RetryAfter = TimeSpan.FromSeconds(2) });

        await Say(caller, caller.Text);
        var soon = await Say(caller, caller.Text);
        caller.Time.Advance(TimeSpan.FromSeconds(2));
        var later = await Say(caller, caller.Text);

        Assert.Equal([429, 200], [soon.Status, later.Status]);
    }

    private static Task<Answer> Say(Caller caller, ulong channel) =>
        caller.BotAsync("POST", $"/channels/{channel}/messages", new JsonObject { ["content"] = "a" });

    private static Task<Answer> Edit(Caller caller, ulong message) =>
        caller.BotAsync("PATCH", $"/channels/{caller.Text}/messages/{message}", new JsonObject { ["content"] = "b" });
}
