using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeDiscord.Faults;
using NewsBot.Tests.SignIn;

namespace NewsBot.Tests.Moderation;

/// <summary>A desk in Discord.</summary>
internal sealed class DiscordDesk(SignInRig rig, PublishedStory story) : IReviewDesk
{
    private const int Private = 64;

    private readonly ulong _desk = rig.Discord.Driver.AddChannel(0, "desk");

    private FakeDiscordServer Discord => rig.Discord;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task SetUpAsync(params IReadOnlyList<string> words)
    {
        await RunningNewsroom.UntilAsync(() =>
            Task.FromResult(Discord.State.World.Commands.GetValueOrDefault(0UL)?.Count > 0 ? "yes" : null)
        );
        await ConfirmAsync("admin", "news-admin moderation channel", []);
        foreach (var word in words)
        {
            await ConfirmAsync("moderator", "news-mod words add", new JsonObject { ["word"] = word });
        }
    }

    public Task SayAsync(string human, string text) =>
        Discord
            .Human(human)
            .SayAsync(Discord.Channels.Text, text, rig.Rooms.Discord.FindCards(story.Id)[0].Message, Stop);

    public string Panel()
    {
        lock (Discord.State.Sync)
        {
            return string.Join('\n', Messages(_desk).Select(message => Words(message.Components)));
        }
    }

    public Func<Task<string>> Press(string human, string label)
    {
        ulong message;
        string id;
        lock (Discord.State.Sync)
        {
            var panel = Messages(_desk).Single();
            message = panel.Id;
            id = Buttons(panel.Components).Single(button => button["label"]!.ToString() == label)[
                "custom_id"
            ]!.ToString();
        }

        var pressed = Discord.Human(human).Click(_desk, message, id);
        return async () =>
        {
            var answer = await pressed.AnswerAsync(Stop);
            Assert.Equal(Private, (int)answer["message"]!["flags"]! & Private);
            return Words(answer["message"]);
        };
    }

    public IReadOnlyList<string> Thread()
    {
        lock (Discord.State.Sync)
        {
            var card = rig.Rooms.Discord.FindCards(story.Id)[0].Message;
            return [.. Messages(card).Select(message => $"{message.WebhookName}: {message.Content}")];
        }
    }

    public void Freeze() =>
        Discord.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Status)
            {
                Method = "PATCH",
                Pattern = string.Create(CultureInfo.InvariantCulture, $"/channels/{_desk}/messages/"),
                Count = 1_000,
            }
        );

    public void Mend() => Discord.Faults.Clear();

    private async Task ConfirmAsync(string human, string command, JsonObject options)
    {
        var asked = await Discord.Human(human).RunCommandAsync(_desk, command, options, Stop);
        var confirm = Buttons(asked["message"]!["components"])
            .Select(button => button["custom_id"]!.ToString())
            .FirstOrDefault(id => id.StartsWith("confirm:", StringComparison.Ordinal));
        Assert.True(confirm is not null, asked.ToJsonString());
        var id = ulong.Parse(asked["message_id"]!.ToString(), CultureInfo.InvariantCulture);
        await Discord.Human(human).ClickAsync(_desk, id, confirm, Stop);
    }

    private IEnumerable<Testing.Servers.FakeDiscord.Stored.StoredMessage> Messages(ulong channel) =>
        Discord.State.World.Messages.TryGetValue(channel, out var messages)
            ? messages.Values.Where(message => message.AuthorId == Discord.BotUserId || message.WebhookId is not null)
            : [];

    private static string Words(JsonNode? node) =>
        node switch
        {
            JsonArray list => string.Concat(list.Select(Words)),
            JsonObject one => string.Concat(
                one.Where(field => field.Key is "content" or "label")
                    .Select(field => field.Value!.ToString() + "\n")
                    .Append(Words(one["components"]))
            ),
            _ => "",
        };

    private static IEnumerable<JsonObject> Buttons(JsonNode? node) =>
        node switch
        {
            JsonArray list => list.SelectMany(Buttons),
            JsonObject one when one["custom_id"] is not null => [one],
            JsonObject one => Buttons(one["components"]),
            _ => [],
        };
}
