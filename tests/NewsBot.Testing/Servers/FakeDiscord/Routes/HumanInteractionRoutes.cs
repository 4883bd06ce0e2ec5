using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>What humans do that the bot has to answer: commands, buttons and menus, modals, and typing in options.</summary>
internal static class HumanInteractionRoutes
{
    public static IEnumerable<FakeRoute> All() => [new("POST", "/interactions", Interact)];

    private static FakeReply Interact(FakeCall call)
    {
        if (!call.Actor.IsHuman)
        {
            throw Fail.With(50001);
        }

        Start(call.State, call.Actor.UserId, call.Body);
        return FakeReply.Nothing;
    }

    /// <summary>Begins an interaction from the body that a client sends.</summary>
    public static StoredInteraction Start(FakeDiscordState state, ulong user, JsonObject body)
    {
        var errors = new FieldErrors();
        var type = errors.Number(body, "type", "type", 2, 5);
        var application = errors.Id(body, "application_id", "application_id");
        var channelId = errors.Id(body, "channel_id", "channel_id");
        var data = errors.Object(body, "data", "data");
        foreach (var name in (string[])["type", "application_id", "channel_id", "data"])
        {
            if (body[name] is null)
            {
                errors.Missing(name);
            }
        }

        errors.ThrowIfAny();
        if (application != state.ApplicationId)
        {
            throw Fail.With(10002);
        }

        var channel = state.FindChannel(channelId!.Value, user);
        var guild = channel.GuildId == 0 ? null : state.FindGuild(channel.GuildId, user);
        if (guild is { BotIn: false })
        {
            throw Fail.With(50001);
        }

        var interaction = new StoredInteraction
        {
            Type = (int)type!,
            UserId = user,
            GuildId = channel.GuildId,
            ChannelId = channel.Id,
        };
        var made = type switch
        {
            2 or 4 => Command(state, interaction, channel, guild, data!),
            3 => Component(state, interaction, body, data!),
            _ => Modal(state, interaction, data!),
        };
        return state.Begin(interaction, made);
    }

    private static JsonObject Command(
        FakeDiscordState state,
        StoredInteraction interaction,
        StoredChannel channel,
        StoredGuild? guild,
        JsonObject data
    )
    {
        var command = Find(state, guild, data);
        interaction.Name = command["name"]!.ToString();
        interaction.CommandType = (int)command["type"]!;
        if (guild is not null)
        {
            state.Require(interaction.UserId, channel, Permissions.UseCommands);
            RequireDefault(state, interaction.UserId, channel, command);
        }

        var made = new JsonObject
        {
            ["id"] = command["id"]!.DeepClone(),
            ["name"] = interaction.Name,
            ["type"] = interaction.CommandType,
        };
        if (command["guild_id"] is { } ofGuild)
        {
            made["guild_id"] = ofGuild.DeepClone();
        }

        if (interaction.CommandType != 1)
        {
            Target(state, interaction, channel, guild, data, made);
            return made;
        }

        var errors = new FieldErrors();
        var call = new CommandCall(state, guild, errors, complete: interaction.Type == 2);
        var options = call.Options(command, data, "data.options");
        errors.ThrowIfAny();
        if (options.Count > 0)
        {
            made["options"] = options;
        }

        if (call.Resolved() is { } resolved)
        {
            made["resolved"] = resolved;
        }

        return made;
    }

    private static JsonObject Find(FakeDiscordState state, StoredGuild? guild, JsonObject data)
    {
        var type = (int?)data["type"] ?? 1;
        var all = state.World.Commands.GetValueOrDefault(0UL) ?? [];
        if (guild is not null && state.World.Commands.TryGetValue(guild.Id, out var own))
        {
            all = [.. own, .. all];
        }

        // Clients send the id; by hand the name is easier.
        return all.Find(one =>
                data["id"] is { } id
                    ? one["id"]!.ToString() == id.ToString()
                    : one["name"]!.ToString() == data["name"]?.ToString() && (int)one["type"]! == type
            ) ?? throw Fail.With(10063);
    }

    private static void RequireDefault(FakeDiscordState state, ulong user, StoredChannel channel, JsonObject command)
    {
        var bits = state.PermissionsIn(user, channel);
        var wanted = command["default_member_permissions"]?.ToString() is { } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : (ulong?)null;
        var administers = (bits & Permissions.Administrator) != 0;
        if (wanted is { } needs && !administers && (needs == 0 || (bits & needs) != needs))
        {
            throw Fail.With(50013);
        }
    }

    private static void Target(
        FakeDiscordState state,
        StoredInteraction interaction,
        StoredChannel channel,
        StoredGuild? guild,
        JsonObject data,
        JsonObject made
    )
    {
        var errors = new FieldErrors();
        if (errors.Id(data, "target_id", "data.target_id") is not { } target)
        {
            errors.Missing("data.target_id");
            throw errors.Exception();
        }

        var text = FakeDiscordState.Text(target);
        made["target_id"] = text;
        if (interaction.CommandType == 3)
        {
            // The target is shown whole, also to a bot without MESSAGE_CONTENT.
            var message = state.Message(state.FindMessage(channel.Id, target));
            made["resolved"] = new JsonObject { ["messages"] = new JsonObject { [text] = message } };
            return;
        }

        var resolved = new JsonObject { ["users"] = new JsonObject { [text] = state.User(target) } };
        if (guild?.Members.ContainsKey(target) == true)
        {
            resolved["members"] = new JsonObject { [text] = state.Member(guild, target, withUser: false) };
        }

        made["resolved"] = resolved;
    }

    private static JsonObject Component(
        FakeDiscordState state,
        StoredInteraction interaction,
        JsonObject body,
        JsonObject data
    )
    {
        var errors = new FieldErrors();
        var id = errors.Id(body, "message_id", "message_id");
        var customId = errors.Text(data, "custom_id", "data.custom_id", 1, 100, required: true);
        if (id is null)
        {
            errors.Missing("message_id");
        }

        errors.ThrowIfAny();
        var message = state.World.Ephemeral.TryGetValue(id!.Value, out var hidden)
            ? hidden
            : state.FindMessage(interaction.ChannelId, id.Value);
        if (message.EphemeralTo is { } only && only != interaction.UserId)
        {
            throw Fail.With(10008);
        }

        var component =
            All(message.Components).FirstOrDefault(one => one["custom_id"]?.ToString() == customId)
            ?? throw Fail.Field("data.custom_id", "COMPONENT_VALIDATION_FAILED", "Component validation failed");
        if ((bool?)component["disabled"] == true || message.ApplicationIdOr(state.BotUserId) != state.ApplicationId)
        {
            throw Fail.Field("data.custom_id", "COMPONENT_VALIDATION_FAILED", "Component validation failed");
        }

        interaction.SourceMessageId = message.Id;
        interaction.Name = customId;
        var made = new JsonObject
        {
            ["custom_id"] = customId,
            ["component_type"] = component["type"]!.DeepClone(),
            ["id"] = component["id"]?.DeepClone(),
        };
        if ((int)component["type"]! != 2)
        {
            made["values"] = Picked(component, data);
        }

        return made;
    }

    private static JsonArray Picked(JsonObject select, JsonObject data)
    {
        var values = data["values"] as JsonArray ?? [];
        var least = (int?)select["min_values"] ?? 1;
        var most = (int?)select["max_values"] ?? 1;
        var options = (select["options"] as JsonArray ?? []).Select(option => option!["value"]!.ToString()).ToList();
        if (
            values.Count < least
            || values.Count > most
            || (options.Count > 0 && values.Any(value => !options.Contains(value?.ToString() ?? "")))
        )
        {
            throw Fail.Field("data.values", "COMPONENT_VALIDATION_FAILED", "Component validation failed");
        }

        return (JsonArray)values.DeepClone();
    }

    private static JsonObject Modal(FakeDiscordState state, StoredInteraction interaction, JsonObject data)
    {
        var errors = new FieldErrors();
        var customId = errors.Text(data, "custom_id", "data.custom_id", 1, 100, required: true);
        errors.ThrowIfAny();
        var opener =
            state
                .World.Interactions.Values.Where(one =>
                    one.UserId == interaction.UserId && one.Modal?["custom_id"]?.ToString() == customId
                )
                .MaxBy(one => one.Id)
            ?? throw Fail.Field("data.custom_id", "MODAL_UNKNOWN", "This modal is not open.");
        ModalRules.CheckEntered(opener.Modal!, data, errors);
        errors.ThrowIfAny();
        opener.Modal = null;
        interaction.SourceMessageId = opener.SourceMessageId;
        interaction.Name = customId;
        return new JsonObject
        {
            ["custom_id"] = customId,
            ["components"] = data["components"]?.DeepClone() ?? new JsonArray(),
        };
    }

    private static IEnumerable<JsonObject> All(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                return list.SelectMany(All);
            case JsonObject component:
                return new[] { component }.Concat(All(component["components"])).Concat(All(component["accessory"]));
            default:
                return [];
        }
    }
}
