using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NewsBot.Chat.Discord;
using NewsBot.Core.Commands;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Tests.Communities;

/// <summary>A community whose one workspace is a guild.</summary>
internal sealed class LiveDiscord(DiscordNewsroom room, long channel, long story, ulong reply) : ILiveSide
{
    private static readonly (string Command, string Option)[] Typed =
    [
        ("news story", "story"),
        ("news follow", "story"),
        ("news-mod hide", "comment"),
        ("news-mod show", "comment"),
        ("news-mod lock", "story"),
        ("news-mod words remove", "word"),
        ("news-admin edit", "source"),
        ("news-admin pause", "source"),
        ("news-admin takedown", "story"),
    ];

    public string Word => "Amber";

    public long Story => story;

    public long Channel => channel;

    private FakeDiscordServer Discord => room.Discord;

    private ulong Place => Discord.Channels.Text;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<string> AskAsync(string line) => Words((await RunAsync(line))["message"]);

    public async Task DoAsync(string line)
    {
        var asked = await RunAsync(line);
        var confirm = Ids(asked["message"]).First(id => id.StartsWith("confirm:", StringComparison.Ordinal));
        var id = ulong.Parse(asked["message_id"]!.ToString(), CultureInfo.InvariantCulture);
        await Discord.Human("admin").ClickAsync(Place, id, confirm, Stop);
    }

    public async Task<string> SuggestionsAsync()
    {
        var all = new StringBuilder();
        foreach (var (command, option) in Typed)
        {
            var choices = await Discord
                .Human("admin")
                .AutocompleteAsync(Place, command, option, new JsonObject { [option] = "" }, Stop);
            Assert.NotNull(choices);
            foreach (var choice in choices)
            {
                all.Append(choice!["name"]).Append(' ').Append(choice["value"]).Append('\n');
            }
        }

        return all.ToString();
    }

    public async Task<string> PressAsync(string kind, string value)
    {
        var id = kind == "discuss" ? $"discuss:{value}:x" : $"{kind}:{value}";
        var message = kind == "confirm" ? await AskedAsync() : Card();
        Discord.State.Change(() =>
        {
            message.Components =
            [
                new JsonObject
                {
                    ["type"] = 1,
                    ["id"] = 1,
                    ["components"] = new JsonArray(
                        new JsonObject
                        {
                            ["type"] = 2,
                            ["id"] = 2,
                            ["style"] = 2,
                            ["label"] = "Press",
                            ["custom_id"] = id,
                        }
                    ),
                },
            ];
        });
        return Words((await Discord.Human("admin").ClickAsync(Place, message.Id, id, Stop))["message"]);
    }

    public async Task<string> NumberAndLinkAsync() =>
        Words(
            (
                await Discord
                    .Human("Kofi")
                    .RunMessageCommand(Place, DiscordCatalogue.NumberAndLink, reply)
                    .AnswerAsync(Stop)
            )["message"]
        );

    public string Everything()
    {
        lock (Discord.State.Sync)
        {
            return string.Join(
                '\n',
                Discord.State.World.Messages.Values.SelectMany(messages =>
                    messages.Values.Select(message =>
                        $"{message.WebhookName} {message.Content} {Words(message.Components)}"
                    )
                )
            );
        }
    }

    // An answer that only the admin sees, with a button that confirms.
    private async Task<StoredMessage> AskedAsync()
    {
        var asked = await RunAsync("words add ours");
        lock (Discord.State.Sync)
        {
            return Discord.State.World.Ephemeral[
                ulong.Parse(asked["message_id"]!.ToString(), CultureInfo.InvariantCulture)
            ];
        }
    }

    // The first of its own, however it was changed since.
    private StoredMessage Card()
    {
        lock (Discord.State.Sync)
        {
            return Discord.State.World.Messages[Place].Values.First(message => message.AuthorId == Discord.BotUserId);
        }
    }

    // A line as its parts are filled in in Discord's menu.
    private async Task<JsonObject> RunAsync(string line)
    {
        var found = Assert.IsType<CommandLineOutcome.Found>(CommandLine.Parse(line)).Command;
        var options = new JsonObject();
        foreach (var (option, value) in found.Arguments.Concat(found.Options))
        {
            options[option] = value;
        }

        return await Discord
            .Human("admin")
            .RunCommandAsync(Place, DiscordCommandName.Of(found.Spec).Line, options, Stop);
    }

    private static string Words(JsonNode? node) =>
        node switch
        {
            JsonArray list => string.Concat(list.Select(Words)),
            JsonObject one => string.Concat(
                one.Where(field => field.Key is "content" or "label" or "description")
                    .Select(field => field.Value?.ToString() + "\n")
                    .Append(Words(one["components"]))
                    .Append(Words(one["accessory"]))
            ),
            _ => "",
        };

    private static IEnumerable<string> Ids(JsonNode? node) =>
        node switch
        {
            JsonArray list => list.SelectMany(Ids),
            JsonObject one when one["custom_id"] is { } id => [id.ToString()],
            JsonObject one => Ids(one["components"]),
            _ => [],
        };
}
