using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Servers.FakeSlack.Faults;
using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Tests.Slack.FakeSlack;

public sealed class FakeLimitsTests
{
    [Fact]
    public async Task A_channel_takes_three_messages_at_once_and_then_one_a_second()
    {
        await using var caller = await Caller.StartAsync();

        var burst = new List<int>();
        for (var index = 0; index < 4; index++)
        {
            burst.Add((await PostAsync(caller, caller.News)).Status);
        }

        var refused = await PostAsync(caller, caller.News);
        var elsewhere = await PostAsync(caller, caller.Server.Channels.Private);
        caller.Time.Advance(TimeSpan.FromSeconds(1));
        var later = new[] { await PostAsync(caller, caller.News), await PostAsync(caller, caller.News) };

        Assert.Equal([200, 200, 200, 429], burst);
        Assert.Equal((429, "1", "ratelimited"), (refused.Status, refused.Headers["Retry-After"], refused.Error));
        Assert.Equal(200, elsewhere.Status);
        Assert.Equal([200, 429], later.Select(one => one.Status));
        Assert.Equal((3, 0), (caller.Server.Statistics.Avoidable, caller.Server.Statistics.Unavoidable));
    }

    [Fact]
    public async Task A_workspace_takes_so_many_messages_a_minute()
    {
        await using var caller = await Caller.StartAsync(options =>
        {
            options.Limits = FakeLimits.Unlimited();
            options.Limits.Workspace = new FakeLimit(2, TimeSpan.FromMinutes(1));
        });

        await PostAsync(caller, caller.News);
        await PostAsync(caller, caller.Server.Channels.Private);
        var third = await PostAsync(caller, caller.News);

        Assert.Equal((429, "60"), (third.Status, third.Headers["Retry-After"]));
    }

    [Fact]
    public async Task Each_method_has_the_limit_of_its_tier_and_humans_have_none()
    {
        await using var caller = await Caller.StartAsync();
        var kofi = caller.Server.Human("Kofi");
        var codes = new List<int>();
        for (var index = 0; index < 21; index++)
        {
            codes.Add((await caller.BotAsync("conversations.list")).Status);
            await caller.AsAsync(kofi.Token, "conversations.list");
        }

        var other = await caller.BotAsync("users.info", new JsonObject { ["user"] = kofi.Id });
        var human = await caller.AsAsync(kofi.Token, "conversations.list");

        Assert.Equal(20, codes.Count(code => code == 200));
        Assert.Equal(429, codes[^1]);
        Assert.Equal((200, 200), (other.Status, human.Status));
        Assert.Equal(21, caller.Server.Statistics.Calls["conversations.list"]);
    }

    [Fact]
    public async Task A_scripted_429_blames_nobody_but_who_does_not_wait()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.RateLimited)
            {
                Method = "chat.postMessage",
                RetryAfter = TimeSpan.FromSeconds(30),
            }
        );

        var scripted = await PostAsync(caller, caller.News);
        var soon = await PostAsync(caller, caller.News);
        caller.Time.Advance(TimeSpan.FromSeconds(30));
        var later = await PostAsync(caller, caller.News);

        Assert.Equal("30", scripted.Headers["Retry-After"]);
        Assert.Equal((429, 200), (soon.Status, later.Status));
        Assert.Equal((1, 1), (caller.Server.Statistics.Avoidable, caller.Server.Statistics.Unavoidable));
    }

    [Theory]
    [InlineData(10, 20, 17)]
    [InlineData(1, 3, 0)]
    [InlineData(200, 3, 60)]
    public void The_optimum_is_that_of_the_narrower_limit(int channels, int perChannel, int seconds)
    {
        var optimum = FakeStatistics.Optimum(new FakeLimits(), channels, perChannel);

        Assert.Equal(TimeSpan.FromSeconds(seconds), optimum);
    }

    private static Task<Answer> PostAsync(Caller caller, string channel) =>
        caller.BotAsync("chat.postMessage", new JsonObject { ["channel"] = channel, ["text"] = "a" });
}
