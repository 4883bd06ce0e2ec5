using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>
/// Commands registered and listed. Source: https://discord.com/developers/docs/interactions/application-commands
/// </summary>
internal static class CommandRoutes
{
    private const string Global = "/applications/{application}/commands";
    private const string Guild = "/applications/{application}/guilds/{guild}/commands";
    private const int MaxCreatesPerDay = 200;

    public static IEnumerable<FakeRoute> All()
    {
        foreach (var template in (string[])[Global, Guild])
        {
            yield return new("GET", template, List);
            yield return new("PUT", template, Replace);
            yield return new("POST", template, Upsert);
            yield return new("GET", template + "/{command}", One);
            yield return new("PATCH", template + "/{command}", Change);
            yield return new("DELETE", template + "/{command}", Delete);
        }
    }

    private static FakeReply List(FakeCall call) => FakeReply.List(Place(call).Select(one => one.DeepClone()));

    private static FakeReply One(FakeCall call) => FakeReply.Ok(Found(call).DeepClone());

    private static FakeReply Replace(FakeCall call)
    {
        var place = Place(call);
        if (call.Json is not JsonArray sent)
        {
            throw Fail.Field("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        }

        var errors = new FieldErrors();
        var commands = new List<JsonObject>();
        for (var index = 0; index < sent.Count; index++)
        {
            if (sent[index] is not JsonObject command)
            {
                errors.Add($"{index}", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
                continue;
            }

            CommandRules.Check(command, $"{index}.", errors);
            if (commands.Exists(one => IsSame(one, command)))
            {
                errors.Add(
                    $"{index}",
                    "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    "Application command names must be unique"
                );
            }

            commands.Add(command);
        }

        errors.ThrowIfAny();
        Cap(commands);
        var old = place.ToList();
        place.Clear();
        place.AddRange(commands.Select(command => Made(call, command, old.Find(one => IsSame(one, command)))));
        return FakeReply.List(place.Select(one => one.DeepClone()));
    }

    private static FakeReply Upsert(FakeCall call)
    {
        var place = Place(call);
        var errors = new FieldErrors();
        CommandRules.Check(call.Body, "", errors);
        errors.ThrowIfAny();
        var old = place.Find(one => IsSame(one, call.Body));
        var made = Made(call, call.Body, old);
        place.RemoveAll(one => one == old);
        place.Add(made);
        Cap(place);
        return new FakeReply(old is null ? 201 : 200, made.DeepClone());
    }

    private static FakeReply Change(FakeCall call)
    {
        var place = Place(call);
        var old = Found(call);
        var merged = (JsonObject)old.DeepClone();
        foreach (var (name, value) in call.Body)
        {
            merged[name] = value?.DeepClone();
        }

        var errors = new FieldErrors();
        CommandRules.Check(merged, "", errors);
        errors.ThrowIfAny();
        var made = Made(call, merged, old);
        place[place.IndexOf(old)] = made;
        return FakeReply.Ok(made.DeepClone());
    }

    private static FakeReply Delete(FakeCall call)
    {
        Place(call).Remove(Found(call));
        return FakeReply.Nothing;
    }

    private static JsonObject Made(FakeCall call, JsonObject sent, JsonObject? old)
    {
        var state = call.State;
        var guild = call.Values.ContainsKey("guild") ? call.Id("guild") : 0;
        if (old is null)
        {
            var created = state.World.CommandsCreated.GetValueOrDefault(guild) + 1;
            if (created > MaxCreatesPerDay)
            {
                throw Fail.With(30034);
            }

            state.World.CommandsCreated[guild] = created;
        }

        var type = (int?)sent["type"] ?? 1;
        var made = new JsonObject
        {
            ["id"] = old?["id"]?.DeepClone() ?? FakeDiscordState.Text(state.NextId()),
            ["application_id"] = FakeDiscordState.Text(state.ApplicationId),
            ["version"] = FakeDiscordState.Text(state.NextId()),
            ["default_member_permissions"] = sent["default_member_permissions"]?.ToString(),
            ["type"] = type,
            ["name"] = sent["name"]!.ToString(),
            ["name_localizations"] = sent["name_localizations"]?.DeepClone(),
            ["description"] = type == 1 ? sent["description"]!.ToString() : "",
            ["description_localizations"] = sent["description_localizations"]?.DeepClone(),
            ["dm_permission"] = sent["dm_permission"]?.DeepClone() ?? true,
            ["contexts"] = sent["contexts"]?.DeepClone(),
            ["integration_types"] = sent["integration_types"]?.DeepClone() ?? new JsonArray(0),
            ["nsfw"] = sent["nsfw"]?.DeepClone() ?? false,
        };
        if (guild != 0)
        {
            made["guild_id"] = FakeDiscordState.Text(guild);
        }

        if (sent["options"] is JsonArray { Count: > 0 } options)
        {
            made["options"] = options.DeepClone();
        }

        return made;
    }

    private static void Cap(List<JsonObject> commands)
    {
        if (commands.Count(one => Type(one) == 1) > 100)
        {
            throw Fail.With(30032);
        }

        if (commands.GroupBy(Type).Any(group => group.Key != 1 && group.Count() > 15))
        {
            throw Fail.With(30032);
        }
    }

    private static bool IsSame(JsonObject one, JsonObject other) =>
        Type(one) == Type(other) && one["name"]?.ToString() == other["name"]?.ToString();

    private static int Type(JsonObject command) => (int?)command["type"] ?? 1;

    private static JsonObject Found(FakeCall call)
    {
        var id = call.Id("command").ToString(CultureInfo.InvariantCulture);
        return Place(call).Find(one => one["id"]!.ToString() == id) ?? throw Fail.With(10063);
    }

    private static List<JsonObject> Place(FakeCall call)
    {
        if (!call.Actor.IsBot)
        {
            throw Fail.Unauthorized();
        }

        if (call.Id("application") != call.State.ApplicationId)
        {
            throw Fail.With(10002);
        }

        var guild = call.Values.ContainsKey("guild") ? call.Id("guild") : 0;
        if (guild != 0 && !call.State.GuildIds.Contains(guild))
        {
            throw Fail.With(50001);
        }

        if (!call.State.World.Commands.TryGetValue(guild, out var place))
        {
            call.State.World.Commands[guild] = place = [];
        }

        return place;
    }
}
