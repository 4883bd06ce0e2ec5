using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Servers.FakeSlack.Faults;
using NewsBot.Tests.SignIn;
using NewsBot.Tests.Slack.Commands;
using NewsBot.Tests.Slack.Publishing;

namespace NewsBot.Tests.Moderation;

/// <summary>A desk in Slack.</summary>
internal sealed class SlackDesk(SignInRig rig, PublishedStory story) : IReviewDesk
{
    private readonly string _desk = rig.Slack.Driver.AddChannel("desk", isPrivate: true, withBot: true);

    private FakeSlackServer Slack => rig.Slack;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task SetUpAsync(params IReadOnlyList<string> words)
    {
        await ConfirmAsync("admin", "moderation channel");
        await ConfirmAsync("admin", $"role <@{Slack.Human("moderator").Id}> moderator");
        foreach (var word in words)
        {
            await ConfirmAsync("moderator", $"words add {word}");
        }
    }

    public Task SayAsync(string human, string text) =>
        Slack.Human(human).SayAsync(Slack.Channels.Public, text, Card(), Stop);

    public string Panel() => string.Join('\n', Panels().Select(panel => SlackCopyStage.Words(panel["blocks"])));

    public Func<Task<string>> Press(string human, string label)
    {
        var panel = Panels().Single();
        var button = Buttons(panel["blocks"]).Single(one => one["text"]!["text"]!.ToString() == label);
        var pressed = Slack.Human(human).Click(_desk, panel["ts"]!.ToString(), button["action_id"]!.ToString());
        return async () =>
        {
            var answer = SlackRig.Words(await pressed.AnswerAsync(Stop));
            Assert.Single(Panels());
            return answer;
        };
    }

    public IReadOnlyList<string> Thread()
    {
        var card = Card();
        return
        [
            .. Slack
                .State.Messages(Slack.Channels.Public)
                .Where(message =>
                    message["thread_ts"]?.ToString() == card
                    && message["ts"]!.ToString() != card
                    && message["bot_id"] is not null
                )
                .Select(message => $"{message["username"]}: {SlackCopyStage.Words(message["blocks"])}"),
        ];
    }

    public void Freeze() =>
        Slack.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Status)
            {
                Method = "chat.update",
                Channel = _desk,
                Count = 1_000,
            }
        );

    public void Mend() => Slack.Faults.Clear();

    private string Card() => rig.Rooms.Slack.FindCards(story.Id)[0].Ts;

    // Answers that only one person sees are no messages of the channel.
    private List<JsonObject> Panels() =>
        [.. Slack.State.Messages(_desk).Where(message => message["bot_id"] is not null)];

    private async Task ConfirmAsync(string human, string line)
    {
        var asked = await Slack.Human(human).SlashAsync("/news", line, _desk, Stop);
        Assert.True(SlackRig.Actions(asked).Contains("confirm", StringComparer.Ordinal), asked.ToJsonString());
        await Slack.Human(human).ClickAsync(_desk, SlackRig.Data(asked)["ts"]!.ToString(), "confirm", Stop);
    }

    private static IEnumerable<JsonObject> Buttons(JsonNode? blocks) =>
        (blocks as JsonArray ?? [])
            .SelectMany(block => block!["elements"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(element => element["type"]?.ToString() == "button");
}
