using System.Text.Json.Nodes;

namespace NewsBot.Tests.Discord.FakeDiscord;

public sealed class FakeWebhooksTests
{
    [Theory]
    [InlineData("Discordia")]
    [InlineData("my clyde")]
    [InlineData("everyone")]
    [InlineData("  ")]
    public async Task Some_names_are_not_borne(string name)
    {
        await using var caller = await Caller.StartAsync();
        var hook = await MakeAsync(caller, caller.Text);

        var answer = await caller.AskAsync(
            "POST",
            Path(hook),
            new JsonObject { ["content"] = "a", ["username"] = name }
        );

        Assert.Equal(50035, answer.Code);
        Assert.NotNull(answer.ErrorAt("username"));
    }

    [Fact]
    public async Task A_copy_in_a_thread_is_found_only_with_its_thread()
    {
        await using var caller = await Caller.StartAsync();
        var hook = await MakeAsync(caller, caller.Text);
        var card = await caller.SayAsync(caller.Text);
        await caller.BotAsync(
            "POST",
            $"/channels/{caller.Text}/messages/{card}/threads",
            new JsonObject { ["name"] = "Talk" }
        );
        caller.Told.Clear();

        var copy = await caller.AskAsync(
            "POST",
            $"{Path(hook)}?wait=true&thread_id={card}",
            new JsonObject { ["content"] = "A copy", ["username"] = "Inês" }
        );
        var change = new JsonObject { ["content"] = "Corrected" };
        var without = await caller.AskAsync("PATCH", $"{Path(hook)}/messages/{copy.Id}", change.DeepClone());
        var with = await caller.AskAsync("PATCH", $"{Path(hook)}/messages/{copy.Id}?thread_id={card}", change);

        Assert.Equal(("Inês", hook["id"]), (copy.Body!["author"]!["username"]!.ToString(), copy["webhook_id"]));
        Assert.Null(caller.Told[0].Data["member"]);
        Assert.Equal(10008, without.Code);
        Assert.Equal("Corrected", with["content"]);
    }

    [Fact]
    public async Task Without_wait_nothing_is_said()
    {
        await using var caller = await Caller.StartAsync();
        var hook = await MakeAsync(caller, caller.Text);

        var answer = await caller.AskAsync("POST", Path(hook), new JsonObject { ["content"] = "a" });

        Assert.Equal(204, answer.Status);
        Assert.Null(answer.Body);
    }

    [Fact]
    public async Task In_a_forum_a_webhook_needs_a_thread_or_a_name_for_one()
    {
        await using var caller = await Caller.StartAsync();
        var hook = await MakeAsync(caller, caller.Server.Channels.Forum);

        var neither = await caller.AskAsync("POST", Path(hook), new JsonObject { ["content"] = "a" });
        var named = await caller.AskAsync(
            "POST",
            Path(hook) + "?wait=true",
            new JsonObject { ["content"] = "a", ["thread_name"] = "New" }
        );
        var both = await caller.AskAsync(
            "POST",
            $"{Path(hook)}?thread_id={named.Id}",
            new JsonObject { ["content"] = "a", ["thread_name"] = "New" }
        );

        Assert.Equal(220001, neither.Code);
        Assert.Equal(named["id"], named["channel_id"]);
        Assert.Equal(220002, both.Code);
    }

    [Fact]
    public async Task A_deleted_webhook_is_unknown_and_a_wrong_token_is_wrong()
    {
        await using var caller = await Caller.StartAsync();
        var hook = await MakeAsync(caller, caller.Text);

        var wrong = await caller.AskAsync("POST", $"/webhooks/{hook["id"]}/x", new JsonObject { ["content"] = "a" });
        caller.Server.Driver.DeleteWebhook(hook.Id);
        var gone = await caller.AskAsync("POST", Path(hook), new JsonObject { ["content"] = "a" });

        Assert.Equal(50027, wrong.Code);
        Assert.Equal((404, 10015), (gone.Status, gone.Code));
    }

    [Fact]
    public async Task A_channel_has_at_most_fifteen()
    {
        await using var caller = await Caller.StartAsync();

        var answers = new List<Answer>();
        for (var index = 0; index < 16; index++)
        {
            answers.Add(await MakeAsync(caller, caller.Text));
        }

        Assert.All(answers[..15], answer => Assert.Equal(200, answer.Status));
        Assert.Equal(30007, answers[15].Code);
    }

    private static Task<Answer> MakeAsync(Caller caller, ulong channel) =>
        caller.BotAsync("POST", $"/channels/{channel}/webhooks", new JsonObject { ["name"] = "News" });

    private static string Path(Answer hook) => $"/webhooks/{hook["id"]}/{hook["token"]}";
}
