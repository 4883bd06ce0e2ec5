using System.Text;
using System.Text.Json.Nodes;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Servers.FakeSlack.Stored;
using NewsBot.Tests.Slack.Commands;
using NewsBot.Tests.Slack.Publishing;

namespace NewsBot.Tests.Communities;

/// <summary>A community whose one workspace is a team.</summary>
internal sealed class LiveSlack(SlackNewsroom room, long channel, long story, string card, string reply) : ILiveSide
{
    private int _presses;

    public string Word => "Cobalt";

    public long Story => story;

    public long Channel => channel;

    private FakeSlackServer Slack => room.Slack;

    private string Place => Slack.Channels.Public;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<string> AskAsync(string line) =>
        SlackRig.Words(await Slack.Human("admin").SlashAsync("/news", line, Place, Stop));

    public async Task DoAsync(string line)
    {
        var asked = await Slack.Human("admin").SlashAsync("/news", line, Place, Stop);
        Assert.True(SlackRig.Actions(asked).Contains("confirm", StringComparer.Ordinal), asked.ToJsonString());
        await Slack.Human("admin").ClickAsync(Place, SlackRig.Data(asked)["ts"]!.ToString(), "confirm", Stop);
    }

    public async Task<string> SuggestionsAsync()
    {
        var all = new StringBuilder();
        var admin = Slack.Human("admin");
        var form = SlackRig.Data(await admin.Slash("/news", "filter set", Place).AnswerAsync(2, Stop));
        all.Append(SlackRig.Words(await admin.TypeInMenu(form["id"]!.ToString(), "source", "").AnswerAsync(Stop)));
        return all.ToString();
    }

    public async Task<string> PressAsync(string kind, string value)
    {
        // Twice the same within seconds would be one press.
        var press = ++_presses;
        var id = kind switch
        {
            "discuss" => $"discuss:{value}:{press}",
            "run" => $"run:{press}",
            _ => kind,
        };
        var message = kind == "confirm" ? await AskedAsync() : Slack.State.World.Messages[Place][card];
        Slack.State.Change(() =>
        {
            message.Blocks =
            [
                new JsonObject
                {
                    ["type"] = "actions",
                    ["block_id"] = "b",
                    ["elements"] = new JsonArray(
                        new JsonObject
                        {
                            ["type"] = "button",
                            ["action_id"] = id,
                            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = "Press" },
                            ["value"] = value,
                        }
                    ),
                },
            ];
        });
        return SlackRig.Words(await Slack.Human("admin").ClickAsync(Place, message.Ts, id, Stop));
    }

    public async Task<string> NumberAndLinkAsync() =>
        SlackRig.Words(await Slack.Human("Kofi").ShortcutAsync(Place, reply, "number", Stop));

    public string Everything() =>
        string.Join(
            '\n',
            Slack
                .State.Messages(Place)
                .Select(message => $"{message["username"]} {message["text"]} {SlackCopyStage.Words(message["blocks"])}")
        );

    // An answer that only the admin sees, with a button that confirms.
    private async Task<StoredMessage> AskedAsync()
    {
        var asked = await Slack.Human("admin").SlashAsync("/news", "words add ours", Place, Stop);
        lock (Slack.State.Sync)
        {
            return Slack.State.World.Ephemeral[$"{Place} {SlackRig.Data(asked)["ts"]}"];
        }
    }
}
