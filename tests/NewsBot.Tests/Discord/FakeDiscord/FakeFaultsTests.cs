using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Faults;
using NewsBot.Testing.Servers.FakeDiscord.Gateway;

namespace NewsBot.Tests.Discord.FakeDiscord;

public sealed class FakeFaultsTests
{
    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task A_502_comes_before_or_after_the_effect(string when, int told)
    {
        await using var caller = await Caller.StartAsync();
        var rule = JsonNode.Parse(
            """{"match":{"method":"POST","route":"/channels/{channel}/messages"},"kind":"status","status":502}"""
        )!;
        rule["when"] = when;

        var scripted = await caller.AskAsync("POST", "/_fake/faults", new JsonArray(rule));
        var other = await caller.BotAsync("GET", "/users/@me");
        var broken = await Say(caller);
        var effects = caller.Told.Count;
        var whole = await Say(caller);

        Assert.Equal(200, scripted.Status);
        Assert.Equal([200, 502, 200], [other.Status, broken.Status, whole.Status]);
        Assert.Equal(told, effects);
    }

    [Fact]
    public async Task A_fault_may_let_some_pass_and_then_take_several()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Status)
            {
                After = 1,
                Count = 2,
                Pattern = "/users/.*",
            }
        );

        var statuses = new List<int>();
        for (var index = 0; index < 4; index++)
        {
            statuses.Add((await caller.BotAsync("GET", "/users/@me")).Status);
        }

        Assert.Equal([200, 500, 500, 200], statuses);
        Assert.Equal(2, caller.Server.Statistics.Faults);
    }

    [Fact]
    public async Task A_cut_connection_is_no_answer_though_the_message_is_there()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.Abort) { Method = "POST", AfterEffect = true });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Say(caller));

        Assert.Single(caller.Told);
    }

    [Fact]
    public async Task Humans_meet_no_faults()
    {
        await using var caller = await Caller.StartAsync();
        caller.Server.Faults.Randomly(seed: 1, rate: 1);

        var answer = await caller.AskAsync("GET", "/users/@me", null, caller.Server.Human("saga_w").Token);

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public void The_same_seed_makes_the_same_faults_in_whatever_order_requests_come()
    {
        var forwards = Drawn(Enumerable.Range(0, 60));
        var backwards = Drawn(Enumerable.Range(0, 60).Reverse());

        Assert.Equal(forwards.OrderBy(one => one.Key), backwards.OrderBy(one => one.Key));
        Assert.Contains(forwards, one => one.Value is not null);
        Assert.Contains(forwards, one => one.Value is null);

        static Dictionary<int, FakeFaultKind?> Drawn(IEnumerable<int> order)
        {
            var faults = new FakeFaults();
            faults.Randomly(seed: 7, rate: 0.3);
            return order.ToDictionary(one => one, one => faults.Take("POST", "/t", $"/channels/{one}")?.Kind);
        }
    }

    [Fact]
    public async Task Faults_of_the_gateway_go_to_the_gateway_and_all_end_together()
    {
        await using var caller = await Caller.StartAsync();

        await caller.AskAsync(
            "POST",
            "/_fake/faults",
            JsonNode.Parse("""[{"kind":"drop_ack","count":2},{"kind":"abort"},{"kind":"abort","at":"dispatch"}]""")
        );

        Assert.Equal(
            [GatewayFaultKind.DropAck, GatewayFaultKind.Abort],
            caller.Server.Gateway.Faults.Pending.Select(fault => fault.Kind)
        );
        Assert.Equal(FakeFaultKind.Abort, Assert.Single(caller.Server.Faults.Pending).Kind);
        await caller.AskAsync("DELETE", "/_fake/faults");
        Assert.Empty(caller.Server.Gateway.Faults.Pending);
        Assert.Empty(caller.Server.Faults.Pending);
    }

    [Fact]
    public async Task A_fault_that_is_written_wrongly_is_refused_with_what_there_is()
    {
        await using var caller = await Caller.StartAsync();

        var answer = await caller.AskAsync(
            "POST",
            "/_fake/faults",
            new JsonArray(new JsonObject { ["kind"] = "flood" })
        );

        Assert.Equal(400, answer.Status);
        Assert.Contains("kind is one of", answer["error"]);
    }

    private static Task<Answer> Say(Caller caller) =>
        caller.BotAsync("POST", $"/channels/{caller.Text}/messages", new JsonObject { ["content"] = "a" });
}
