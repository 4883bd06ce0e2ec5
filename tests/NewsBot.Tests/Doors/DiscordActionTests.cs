using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeDiscord.Humans;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Tests.Doors;

/// <summary>
/// Buttons, selects, forms, message commands and suggestions of Discord, tried by everybody, also where nobody was shown
/// them, through the gateway and by signed HTTP.
/// </summary>
public sealed class DiscordActionTests
{
    private const int Command = 2;
    private const int Component = 3;
    private const int Form = 5;

    // A thread that was opened goes on by itself, with its first message and name.
    private static readonly string[] Left = [.. PermissionTests.Volatile, "thread"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Everything_that_can_be_used_stands_in_the_table_of_rights()
    {
        foreach (var (what, table, known) in ActionRights.All)
        {
            Assert.True(
                known.Order(StringComparer.Ordinal).SequenceEqual(table.Keys.Order(StringComparer.Ordinal)),
                $"{what}: {string.Join(", ", known)}"
            );
        }
    }

    [Fact]
    public async Task Nobody_does_by_a_button_or_form_what_is_not_theirs()
    {
        await using var twin = await FakeDiscordServer.StartAsync(new FakeDiscordOptions(), Stop);
        await using var world = await DoorWorld.StartAsync($"--Chat:Discord:PublicKey={twin.PublicKey}");
        var story = await world.Rig.StoryAsync();
        var other = await world.Rig.StoryAsync(headline: "Kelp forests return");
        var card = world.Rig.Rooms.Discord.FindCards(story.Id)[0];
        await world.Rig.Rooms.Discord.CardsAsync(other.Id);
        var actions = Actions(story.Id, other.Id, story.Discord, card.Message);
        Assert.Equal(
            ActionRights.All.Take(3).SelectMany(one => one.Known.Select(known => $"{one.What} {known}")).ToHashSet(),
            actions.Select(action => $"{action.Table} {action.Name}").ToHashSet()
        );
        var address = new Uri(world.Rig.Newsroom.Http.BaseAddress!, DiscordInteractionEndpoint.Path);
        List<string> wrong = [];
        await world.Rig.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE state <> 'sent'", 0);

        foreach (var door in (string?[])[null, address.AbsoluteUri])
        {
            Assert.Null(await world.Discord.SetInteractionsEndpointAsync(door, Stop));
            var before = await DatabaseDump.ReadAsync(world.Database, Left);
            foreach (var person in Person.OfDiscord)
            {
                foreach (var action in actions.Where(action => person.Role < action.Least))
                {
                    var answer = await UseAsync(world, person, action);
                    if (!answer.Contains(DoorWorld.Refused, StringComparison.Ordinal))
                    {
                        wrong.Add($"{person} was not refused {action.Table} {action.Name} by {door}: {answer}");
                    }
                }
            }

            DatabaseDump.AssertSame(before, await DatabaseDump.ReadAsync(world.Database, Left));
            foreach (var action in actions)
            {
                var person = Person.OfDiscord.First(one => one.Role == action.Least);
                var answer = await UseAsync(world, person, action);
                if (
                    answer.Contains(DoorWorld.Refused, StringComparison.Ordinal)
                    || answer.Contains("\"kind\":\"failed\"", StringComparison.Ordinal)
                    || answer.Contains("not known any more", StringComparison.Ordinal)
                )
                {
                    wrong.Add($"{person} was refused {action.Table} {action.Name} by {door}: {answer}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Nobody_is_suggested_values_for_a_command_that_is_not_theirs()
    {
        await using var world = await DoorWorld.StartAsync();
        await world.Rig.StoryAsync();
        List<string> wrong = [];

        foreach (var person in Person.OfDiscord.DistinctBy(person => (person.Role, person.What[0])))
        {
            foreach (var spec in Catalogue.All.Where(spec => spec.Name != "confirm"))
            {
                var found = CommandLine.Parse(DoorWorld.LineOf(spec)) as CommandLineOutcome.Found;
                var place = found!
                    .Command.Arguments.Concat(found.Command.Options)
                    .FirstOrDefault(pair => CommandValues.IsCompleted(CommandValues.Of(spec, pair.Key)));
                if (place.Key is null)
                {
                    continue;
                }

                var choices = await world
                    .Discord.Human(person.Name)
                    .AutocompleteAsync(
                        world.Discord.Channels.Text,
                        DiscordCommandName.Of(spec).Line,
                        place.Key,
                        new JsonObject { [place.Key] = "" },
                        Stop
                    );
                if (choices is null || (choices.Count > 0 && person.Role < Rights.Least[spec.Name]))
                {
                    wrong.Add($"{person} was suggested for {spec.Name}: {choices?.ToJsonString()}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Whom_one_channel_lets_tidy_up_is_no_moderator_of_the_newsroom()
    {
        await using var world = await DoorWorld.StartAsync();
        var manageMessages = (ulong)Clients.Discord.Objects.Permissions.ManageMessages;
        var corner = world.Discord.Driver.AddChannel(0, "kofis-corner");
        world.Discord.Driver.SetPermissions(corner, manageMessages, 0, world.Discord.Human("Kofi").Id);
        var hide = Catalogue.Find("words", "list")!;

        var refused = await world
            .Discord.Human("Kofi")
            .RunCommandAsync(corner, DiscordCommandName.Of(hide).Line, null, Stop);
        var answered = await world
            .Discord.Human("moderator")
            .RunCommandAsync(corner, DiscordCommandName.Of(hide).Line, null, Stop);

        Assert.Contains(DoorWorld.Refused, refused.ToJsonString(DoorWorld.Readable), StringComparison.Ordinal);
        Assert.DoesNotContain(DoorWorld.Refused, answered.ToJsonString(DoorWorld.Readable), StringComparison.Ordinal);
    }

    private static IReadOnlyList<Used> Actions(long story, long other, long channel, ulong card)
    {
        static string Text(FormattableString text) => FormattableString.Invariant(text);
        Used Button(string name, string rest, Role? least = null, string? value = null)
        {
            var data = new JsonObject { ["custom_id"] = name + rest, ["component_type"] = value is null ? 2 : 3 };
            if (value is not null)
            {
                data["values"] = new JsonArray(value);
            }

            return new Used(
                "buttons of Discord",
                name,
                least ?? ActionRights.DiscordButtons[name],
                Component,
                data,
                card
            );
        }

        static Used Sent(string name, string rest, params (string Field, string Value)[] fields) =>
            new(
                "forms of Discord",
                name,
                ActionRights.DiscordForms[name],
                Form,
                new JsonObject
                {
                    ["custom_id"] = name + rest,
                    ["components"] = new JsonArray([
                        .. fields.Select(field => new JsonObject
                        {
                            ["type"] = 18,
                            ["component"] = new JsonObject
                            {
                                ["type"] = 4,
                                ["custom_id"] = field.Field,
                                ["value"] = field.Value,
                            },
                        }),
                    ]),
                }
            );

        Used Menu(string name) =>
            new(
                "message commands of Discord",
                name,
                ActionRights.DiscordMessages[name],
                Command,
                new JsonObject { ["name"] = name, ["target_id"] = card.ToString(CultureInfo.InvariantCulture) }
            );

        return
        [
            Button("run:", "latest"),
            Button("run:", "list", Role.Admin),
            Button("run:", "words list", Role.Moderator),
            Button("confirm:", "abcdef"),
            Button("cancel:", "abcdef"),
            Button("merge:", Text($"{story}"), value: Text($"{other}")),
            Button("discuss:", Text($"{story}:0")),
            Button("login-add:", Text($"channel-{channel}:https://feeds.example.org/a.xml")),
            Sent("login:", "1:", ("user", "u"), ("secret", "s")),
            Sent("login-add:", Text($"channel-{channel}:http://127.0.0.1:9/a.xml"), ("user", "u"), ("secret", "s")),
            Sent("filter:", Text($"1:{channel}"), ("filter", "title:rumor")),
            Sent("template:", Text($"1:{channel}"), ("template", "{{ source }}")),
            Menu(DiscordCatalogue.NumberAndLink),
            Menu(DiscordCatalogue.Hide),
            Menu(DiscordCatalogue.MergeInto),
        ];
    }

    // As no client would send it: what is not shown to somebody is used all the same.
    private static async Task<string> UseAsync(DoorWorld world, Person person, Used action)
    {
        var state = world.Discord.State;
        if (action.Type == Command)
        {
            return (
                await world
                    .Discord.Human(person.Name)
                    .RunMessageCommand(
                        world.Discord.Channels.Text,
                        action.Name,
                        ulong.Parse(action.Data["target_id"]!.ToString(), CultureInfo.InvariantCulture)
                    )
                    .AnswerAsync(Stop)
            ).ToJsonString(DoorWorld.Readable);
        }

        // What is answered in its place stands in an answer of ours that only they see.
        var isInPlace = action.Name is DiscordActions.Confirm or DiscordActions.Cancel or DiscordActions.Merge;
        var message = isInPlace ? await PrivateAsync(world, person) : action.Message;
        var begun = state.Change(() =>
            state.Begin(
                new StoredInteraction
                {
                    Type = action.Type,
                    UserId = world.Discord.Human(person.Name).Id,
                    GuildId = world.Discord.GuildId,
                    ChannelId = world.Discord.Channels.Text,
                    Name = action.Name,
                    SourceMessageId = message,
                },
                (JsonObject)action.Data.DeepClone()
            )
        );
        var answer = await new FakeExchange(state, begun).AnswerAsync(Stop);
        return answer.ToJsonString(DoorWorld.Readable);
    }

    private static async Task<ulong> PrivateAsync(DoorWorld world, Person person)
    {
        var shown = await world
            .Discord.Human(person.Name)
            .RunCommandAsync(world.Discord.Channels.Text, "news latest", null, Stop);
        return ulong.Parse(shown["message_id"]!.ToString(), CultureInfo.InvariantCulture);
    }

    /// <summary>Something that somebody uses.</summary>
    private sealed record Used(string Table, string Name, Role Least, int Type, JsonObject Data, ulong? Message = null);
}
