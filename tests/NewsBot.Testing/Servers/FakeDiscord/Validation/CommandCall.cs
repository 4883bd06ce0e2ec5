using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>A command as a human calls it: its options checked, what they name looked up.</summary>
internal sealed class CommandCall(FakeDiscordState state, StoredGuild? guild, FieldErrors errors, bool complete)
{
    private readonly JsonObject _users = [];
    private readonly JsonObject _members = [];
    private readonly JsonObject _roles = [];
    private readonly JsonObject _channels = [];

    /// <summary>What the options name, as the interaction carries it; null where they name nothing.</summary>
    public JsonObject? Resolved()
    {
        var all = new JsonObject();
        foreach (
            var (name, found) in (IEnumerable<(string, JsonObject)>)
                [("users", _users), ("members", _members), ("roles", _roles), ("channels", _channels)]
        )
        {
            if (found.Count > 0)
            {
                all[name] = found;
            }
        }

        return all.Count > 0 ? all : null;
    }

    /// <summary>Checks the options against the command.</summary>
    /// <param name="declared">The command, group or sub-command.</param>
    /// <param name="given">What the human entered.</param>
    /// <param name="path">Where it stands.</param>
    /// <returns>The options as the interaction carries them.</returns>
    public JsonArray Options(JsonObject declared, JsonObject given, string path)
    {
        var known = (declared["options"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var made = new JsonArray();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (option, at) in errors.Objects(given, "options", path, 25))
        {
            var name = errors.Text(option, "name", at + ".name", 1, 32, required: true);
            var match = known.Find(one => one["name"]!.ToString() == name);
            if (match is null || !names.Add(name))
            {
                errors.Add(at + ".name", "APPLICATION_COMMAND_OPTION_UNKNOWN", $"There is no option {name}, or twice.");
                continue;
            }

            made.Add(One(match, option, at));
        }

        var hasSubs = known.Exists(one => (int)one["type"]! is 1 or 2);
        if (hasSubs && made.Count != 1)
        {
            errors.Add(path, "APPLICATION_COMMAND_SUBCOMMAND_REQUIRED", "One sub-command has to be chosen.");
        }

        if (complete && !hasSubs)
        {
            foreach (var missing in known.Where(one => (bool?)one["required"] == true))
            {
                if (!names.Contains(missing["name"]!.ToString()))
                {
                    errors.Missing($"{path}.{missing["name"]}");
                }
            }
        }

        return made;
    }

    private JsonObject One(JsonObject declared, JsonObject given, string at)
    {
        var type = (int)declared["type"]!;
        var made = new JsonObject { ["name"] = declared["name"]!.ToString(), ["type"] = type };
        if (type is 1 or 2)
        {
            made["options"] = Options(declared, given, at + ".options");
            return made;
        }

        var focused = errors.Flag(given, "focused", at + ".focused") ?? false;
        if (focused)
        {
            made["focused"] = true;
        }

        // What is still being typed may be anything.
        made["value"] =
            complete || !focused ? Value(declared, given, type, at + ".value") : given["value"]?.DeepClone();
        return made;
    }

    private JsonNode? Value(JsonObject declared, JsonObject given, int type, string at)
    {
        switch (type)
        {
            case 3:
                var text = errors.Text(
                    given,
                    "value",
                    at,
                    (int?)declared["min_length"] ?? 0,
                    (int?)declared["max_length"] ?? 6000
                );
                Choose(declared, text, at);
                return text;
            case 4:
                var least = (long?)declared["min_value"] ?? -(1L << 53);
                var number = errors.Number(given, "value", at, least, (long?)declared["max_value"] ?? 1L << 53);
                Choose(declared, number?.ToString(CultureInfo.InvariantCulture) ?? "", at);
                return number;
            case 5:
                return errors.Flag(given, "value", at);
            case 10:
                return given["value"]?.DeepClone();
            default:
                return Look(type, given, at);
        }
    }

    private void Choose(JsonObject declared, string value, string at)
    {
        if (
            declared["choices"] is JsonArray { Count: > 0 } choices
            && !choices.Any(choice => choice!["value"]!.ToString() == value)
        )
        {
            errors.Choice(at, string.Join(", ", choices.Select(choice => choice!["value"]!.ToString())));
        }
    }

    private JsonNode? Look(int type, JsonObject given, string at)
    {
        if (errors.Id(given, "value", at) is not { } id)
        {
            return null;
        }

        var text = FakeDiscordState.Text(id);
        if (type is 6 or 9 && state.World.Users.ContainsKey(id))
        {
            _users[text] = state.User(id);
            if (guild?.Members.ContainsKey(id) == true)
            {
                _members[text] = state.Member(guild, id, withUser: false);
            }
        }
        else if (type is 8 or 9 && guild?.Roles.Find(role => role.Id == id) is { } role)
        {
            _roles[text] = FakeDiscordState.Role(role);
        }
        else if (type is 7 && state.World.Channels.TryGetValue(id, out var channel))
        {
            _channels[text] = state.Channel(channel);
        }
        else
        {
            errors.Add(at, "APPLICATION_COMMAND_OPTION_VALUE_UNKNOWN", $"Nothing here has the id {text}.");
        }

        return text;
    }
}
