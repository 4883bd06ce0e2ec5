using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Tests.Slack.FakeSlack;

public sealed class FakeFaultsTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_server_error_comes_before_or_after_the_effect(bool after, int posted)
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.Status) { Status = 502, AfterEffect = after });

        var answer = await PostAsync(caller);

        Assert.Equal((502, 0), (answer.Status, answer.Body.Count));
        Assert.Equal(posted, caller.Events("message").Count);
        Assert.Equal(1, caller.Server.Statistics.Faults);
    }

    [Fact]
    public async Task Answers_are_refused_cut_or_no_json_as_scripted()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.Error) { Code = "fatal_error", AfterEffect = true });
        caller.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.Html));
        caller.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.HalfJson));
        caller.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.Abort) { AfterEffect = true });

        var answers = new[] { await PostAsync(caller), await PostAsync(caller), await PostAsync(caller) };
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(caller));

        Assert.Equal([200, 200, 200], answers.Select(one => one.Status));
        Assert.Equal(["fatal_error", null, null], answers.Select(one => one.Error));
        Assert.Equal([2, 0, 0], answers.Select(one => one.Body.Count));
        Assert.Equal(2, caller.Events("message").Count);
    }

    [Fact]
    public async Task A_fault_is_for_a_method_and_channel_and_lets_some_pass_first()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Error)
            {
                Method = "chat.postMessage",
                Channel = caller.News,
                After = 1,
                Count = 2,
            }
        );

        var other = await caller.BotAsync("auth.test");
        var codes = new[] { await PostAsync(caller), await PostAsync(caller), await PostAsync(caller) };

        Assert.Null(other.Error);
        Assert.Equal([null, "internal_error", "internal_error"], codes.Select(one => one.Error));
        Assert.Empty(caller.Server.Faults.Pending);
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_faults()
    {
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var caller = await Caller.StartAsync();
            caller.Server.Faults.Randomly(7, 0.4);
            var ends = new List<string>();
            for (var index = 0; index < 20; index++)
            {
                caller.Time.Advance(TimeSpan.FromMinutes(1));
                ends.Add(await EndAsync(caller));
            }

            runs.Add(string.Join(' ', ends));
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.Contains("200", runs[0], StringComparison.Ordinal);
        Assert.True(runs[0].Split(' ').Distinct(StringComparer.Ordinal).Count() > 2, runs[0]);
    }

    [Fact]
    public async Task Faults_are_scripted_from_outside_and_humans_meet_none()
    {
        await using var caller = await Caller.StartAsync();
        await caller.PostAsync(
            "/_fake/faults",
            new JsonObject
            {
                ["kind"] = "error",
                ["code"] = "missing_scope",
                ["needed"] = "pins:write",
                ["match"] = new JsonObject { ["method"] = "chat.postMessage" },
            }
        );

        await caller.KofiAsync("Unhurt");
        var refused = await PostAsync(caller);
        var wrong = await caller.PostAsync("/_fake/faults", new JsonObject { ["kind"] = "rain" });

        Assert.Equal(("missing_scope", "pins:write"), (refused.Error, refused["needed"]));
        Assert.Equal(400, wrong.Status);
        Assert.StartsWith("kind is one of", wrong.Error, StringComparison.Ordinal);
    }

    private static async Task<string> EndAsync(Caller caller)
    {
        try
        {
            var answer = await caller.BotAsync("reactions.get", new JsonObject { ["channel"] = caller.News });
            return $"{answer.Status}{answer.Error}";
        }
        catch (HttpRequestException)
        {
            return "cut";
        }
    }

    private static Task<Answer> PostAsync(Caller caller) =>
        caller.BotAsync("chat.postMessage", new JsonObject { ["channel"] = caller.News, ["text"] = "a" });
}
