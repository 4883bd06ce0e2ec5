using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Chat;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Communities;
using NewsBot.Testing.Servers.FakeSlack.Humans;
using NewsBot.Testing.Servers.FakeSlack.Stored;
using NewsBot.Tests.Slack.Commands;

namespace NewsBot.Tests.Doors;

/// <summary>Buttons, windows, shortcuts and selects of Slack, tried by everybody, also where nobody was shown them.</summary>
public sealed class SlackActionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_does_by_a_button_window_or_shortcut_what_is_not_theirs()
    {
        await using var world = await DoorWorld.StartAsync();
        var story = await world.Rig.StoryAsync();
        var other = await world.Rig.StoryAsync(headline: "Kelp forests return");
        var card = world.Rig.Rooms.Slack.FindCards(story.Id)[0].Ts;
        await world.Rig.Rooms.Slack.CardsAsync(other.Id);
        var actions = Actions(world, story.Id, other.Id, story.Slack, card);
        Assert.Equal(
            ActionRights.All.Skip(3).SelectMany(one => one.Known.Select(known => $"{one.What} {known}")).ToHashSet(),
            actions.Select(action => $"{action.Table} {action.Name}").ToHashSet()
        );
        await world.Rig.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE state <> 'sent'", 0);
        var before = await DatabaseDump.ReadAsync(world.Database, PermissionTests.Volatile);
        List<string> wrong = [];

        foreach (var (place, person) in Person.OfSlack.Index())
        {
            // Slack lets us ask a hundred times a minute who somebody is: those who are alike share what there is to try.
            foreach (
                var (_, action) in actions
                    .Index()
                    .Where(pair => person.Role is null ? IsForStrangers(pair.Item) : person.Role < pair.Item.Least)
                    .Where(pair => person.Role is null or Role.Moderator || pair.Index % 3 == place % 3)
            )
            {
                var answer = await UseAsync(world, person, action);
                if (!IsRefusal(person, action, answer))
                {
                    wrong.Add($"{person} was not refused {action.Table} {action.Name}: {answer}");
                }
            }
        }

        DatabaseDump.AssertSame(before, await DatabaseDump.ReadAsync(world.Database, PermissionTests.Volatile));
        foreach (var action in actions)
        {
            var person = Person.OfSlack.First(one => one.Role == action.Least);
            var answer = await UseAsync(world, person, action);
            if (
                IsRefusal(person, action, answer)
                || answer.Contains("not known any more", StringComparison.Ordinal)
                || answer.Contains("\"kind\":\"failed\"", StringComparison.Ordinal)
            )
            {
                wrong.Add($"{person} was refused {action.Table} {action.Name}: {answer}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task The_newsrooms_window_offers_changes_only_to_admins()
    {
        await using var world = await DoorWorld.StartAsync();

        foreach (var person in Person.OfSlack.Where(person => person.Role is not null))
        {
            var asked = world.Slack.Human(person.Name).GlobalShortcut("anything");
            var window = SlackRig.Actions(await asked.AnswerAsync(2, Stop));
            Assert.Equal(
                person.Role is Role.Admin,
                window.Any(id => id.StartsWith($"{SlackActions.Open}:", StringComparison.Ordinal))
            );
        }
    }

    // They see no messages of our channels, and may know the world's time zones.
    private static bool IsForStrangers(Used action) =>
        action is not ({ Table: "shortcuts of Slack" } or { Name: "zone" });

    private static bool IsRefusal(Person person, Used action, string answer) =>
        answer.Contains(DoorWorld.Refused, StringComparison.Ordinal)
        || (action.Table == "selects of Slack" && answer.Contains("\"options\":[]", StringComparison.Ordinal))
        || (
            person.Role is null
            && new[] { "belongs to the other workspace", "not installed in your workspace" }.Any(words =>
                answer.Contains(words, StringComparison.Ordinal)
            )
        );

    private static IReadOnlyList<Used> Actions(DoorWorld world, long story, long other, long channel, string card)
    {
        var room = world.Slack.Channels.Public;
        var ours = $"channel-{channel}";
        var state = new SlackFormState(Channel: room, Source: "source-1");

        Used Button(string name, string rest, string value, Role? least = null) =>
            new("buttons of Slack", name, least ?? ActionRights.SlackButtons[name])
            {
                Ask = (state, user) =>
                {
                    var payload = Head(state, user, "block_actions", room, card);
                    var action = new JsonObject
                    {
                        ["type"] = "button",
                        ["action_id"] = name + rest,
                        ["block_id"] = "b",
                        ["value"] = value,
                        ["action_ts"] = Testing.Servers.FakeSlack.FakeSlackState.Ts(state.Now.ToUnixTimeSeconds(), 0),
                    };
                    payload["actions"] = new JsonArray(action);
                    return state.Ask(Exchange(state, user, "block_actions", room, card), payload, answerable: true);
                },
            };

        Used Window(string name, View view, JsonObject values) =>
            new("windows of Slack", name, ActionRights.SlackWindows[name])
            {
                Ask = (state, user) =>
                {
                    var json = (JsonObject)JsonSerializer.SerializeToNode(view, SlackJson.Options)!;
                    Assert.Equal(name, json["callback_id"]!.ToString());
                    var opened = state.OpenView(Exchange(state, user, "shortcut", room, null), json, below: null);
                    return Questions.Submit(state, user, opened.Id, values);
                },
            };

        Used Shortcut(string name) =>
            new("shortcuts of Slack", name, ActionRights.SlackShortcuts[name])
            {
                Ask = (state, user) => Questions.Shortcut(state, user, state.FindMessage(room, card), name),
            };

        Used Select(string name, string rest) =>
            new("selects of Slack", name, ActionRights.SlackSelects[name])
            {
                Ask = (state, user) =>
                {
                    var payload = Head(state, user, "block_suggestion", room, card);
                    payload["action_id"] = name + rest;
                    payload["block_id"] = "b";
                    payload["value"] = "";
                    return state.Ask(Exchange(state, user, "block_suggestion", room, card), payload, answerable: false);
                },
            };

        var typed = new JsonObject { ["text"] = "typed" };
        return
        [
            Button("confirm", "", "abcdef"),
            Button("cancel", "", "abcdef"),
            Button("run:", "0", "latest"),
            Button("run:", "1", "list", Role.Admin),
            Button("run:", "2", "words list", Role.Moderator),
            Button("open:login", "", $"{ours}|https://feeds.example.org/a.xml"),
            Button("open:", "filter", "filter"),
            Button("merge:", $"{story}", $"{other}"),
            Button("discuss", $":{story}:0", ""),
            Window("confirm", SlackViews.Confirm("?", new SlackFormState(Code: "abcdef")), []),
            Window("source", SlackFormViews.Source(state), new JsonObject { ["url"] = "http://127.0.0.1:9/a.xml" }),
            Window("digest", SlackFormViews.Digest(state, "UTC"), new JsonObject { ["times"] = "8:30" }),
            Window("import", SlackFormViews.Import(state), new JsonObject { ["part-1"] = "{}" }),
            Window(
                "login",
                SlackFormViews.Login("Login", new SlackFormState(Source: "source-1")),
                new JsonObject { ["user"] = "u", ["secret"] = "s" }
            ),
            Window(
                "text",
                SlackFormViews.Text(
                    SourceForm.Of("template")!,
                    "The Daily",
                    null,
                    new SlackFormState(Channel: ours, Source: "source-1")
                ),
                typed
            ),
            Window(
                "answer",
                SlackFormViews.Answer("?", null, new SlackFormState(Channel: room, Thread: card, Message: card)),
                typed
            ),
            .. new[] { "filter", "template", "login" }.Select(kind =>
                Window($"pick:{kind}", SlackFormViews.Pick(kind, state), new JsonObject { ["source"] = "source-1" })
            ),
            .. SlackActions.Shortcuts.Select(shortcut => Shortcut(shortcut.CallbackId)),
            Select("zone", ""),
            Select("source", ""),
            Select("merge:", $"{story}"),
        ];
    }

    // As no client would send it: what is not shown to somebody is used all the same.
    private static async Task<string> UseAsync(DoorWorld world, Person person, Used action)
    {
        var state = world.Slack.State;
        var id = world.Slack.Human(person.Name).Id;
        var begun = state.Change(() => action.Ask(state, state.World.Users[id]));
        var asked = new FakeExchange(state, begun);
        var answer = (await asked.AnswerAsync(Stop)).ToJsonString(DoorWorld.Readable);
        // A window is empty first.
        return answer.Contains("One moment…", StringComparison.Ordinal)
            ? (await asked.AnswerAsync(2, Stop)).ToJsonString(DoorWorld.Readable)
            : answer;
    }

    private static JsonObject Head(
        Testing.Servers.FakeSlack.FakeSlackState state,
        StoredUser user,
        string type,
        string channel,
        string message
    )
    {
        // Whoever presses what our app has posted, it is our workspace that hears of it.
        var payload = state.InteractionHead(type, user, state.Team(state.World.TeamId));
        payload["channel"] = new JsonObject { ["id"] = channel, ["name"] = "news" };
        payload["container"] = new JsonObject
        {
            ["type"] = "message",
            ["message_ts"] = message,
            ["channel_id"] = channel,
        };
        return payload;
    }

    private static StoredExchange Exchange(
        Testing.Servers.FakeSlack.FakeSlackState state,
        StoredUser user,
        string type,
        string channel,
        string? message
    ) =>
        new()
        {
            Type = type,
            UserId = user.Id,
            TeamId = state.World.TeamId,
            ChannelId = channel,
            MessageTs = message,
        };

    /// <summary>Something that somebody uses.</summary>
    private sealed record Used(string Table, string Name, Role Least)
    {
        public required Func<Testing.Servers.FakeSlack.FakeSlackState, StoredUser, StoredExchange> Ask { get; init; }
    }
}
