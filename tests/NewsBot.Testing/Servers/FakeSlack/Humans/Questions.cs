using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;
using NewsBot.Testing.Servers.FakeSlack.Stored;
using NewsBot.Testing.Servers.FakeSlack.Validation;

namespace NewsBot.Testing.Servers.FakeSlack.Humans;

/// <summary>Turns what a human does in the client into what the app is sent. Runs under the lock of the state.</summary>
internal static class Questions
{
    /// <summary>Types a slash command.</summary>
    /// <exception cref="FakeApiException">They cannot: not in this channel, or not in a thread.</exception>
    public static StoredExchange Slash(
        FakeSlackState state,
        StoredUser user,
        string command,
        string text,
        string channelId
    )
    {
        var channel = Seen(state, user, channelId);
        if (!command.StartsWith('/'))
        {
            throw new FakeApiException("invalid_command");
        }

        var team = Installed(state, user);
        var payload = new JsonObject
        {
            ["token"] = state.World.VerificationToken,
            ["team_id"] = team.Id,
            ["team_domain"] = team.Domain,
            ["channel_id"] = channel.Id,
            ["channel_name"] =
                channel.DirectWith is not null ? "directmessage"
                : channel.IsPrivate ? "privategroup"
                : channel.Name,
            ["user_id"] = user.Id,
            ["user_name"] = user.Name,
            ["command"] = command,
            ["text"] = text.Trim(),
            ["api_app_id"] = state.World.AppId,
            ["is_enterprise_install"] = "false",
        };
        return state.Ask(New("slash_command", user, channel.Id), payload, answerable: true);
    }

    /// <summary>Uses a button or menu of a message, or of a view.</summary>
    /// <param name="state">The state.</param>
    /// <param name="user">Who.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="actionId">Which.</param>
    /// <param name="value">The choice in a menu; null for buttons.</param>
    public static StoredExchange Act(
        FakeSlackState state,
        StoredUser user,
        ActionPlace place,
        string actionId,
        JsonNode? value
    )
    {
        var team = place.Message is { } clicked ? Present(state, user, clicked.ChannelId) : Installed(state, user);
        var (block, element) = Find(place.Blocks, actionId);
        var action = new JsonObject
        {
            ["type"] = element["type"]!.ToString(),
            ["action_id"] = actionId,
            ["block_id"] = block["block_id"]!.ToString(),
            ["action_ts"] = FakeSlackState.Ts(state.Now.ToUnixTimeSeconds(), 0),
        };
        foreach (var field in (string[])["text", "value", "style", "url"])
        {
            if (element["type"]!.ToString() == "button" && element[field] is { } kept)
            {
                action[field] = kept.DeepClone();
            }
        }

        if (element["type"]!.ToString() == "overflow")
        {
            action["selected_option"] = (element["options"] as JsonArray)!
                .First(one => one!["value"]!.ToString() == value!.ToString())!
                .DeepClone();
        }
        else if (element["type"]!.ToString() != "button")
        {
            foreach (var (name, chosen) in ElementValues.Of(element, value).ToList())
            {
                action[name] = chosen?.DeepClone();
            }
        }

        var payload = state.InteractionHead("block_actions", user, team);
        var exchange = New("block_actions", user, place.Message?.ChannelId ?? "");
        exchange.TeamId = team.Id;
        place.Describe(state, payload, exchange);
        payload["actions"] = new JsonArray(action);
        return state.Ask(exchange, payload, answerable: place.Message is not null);
    }

    /// <summary>Uses a shortcut on a message, or one of the whole workspace.</summary>
    public static StoredExchange Shortcut(
        FakeSlackState state,
        StoredUser user,
        StoredMessage? message,
        string callback
    )
    {
        Installed(state, user);
        var payload = state.InteractionHead(message is null ? "shortcut" : "message_action", user);
        payload["callback_id"] = callback;
        payload["action_ts"] = FakeSlackState.Ts(state.Now.ToUnixTimeSeconds(), 0);
        var exchange = New(message is null ? "shortcut" : "message_action", user, message?.ChannelId ?? "");
        if (message is not null)
        {
            var channel = Seen(state, user, message.ChannelId);
            payload["channel"] = new JsonObject { ["id"] = channel.Id, ["name"] = channel.Name };
            payload["message_ts"] = message.Ts;
            payload["message"] = state.Message(message, withMetadata: false);
            (exchange.MessageTs, exchange.ThreadTs) = (message.Ts, message.ThreadTs);
        }

        return state.Ask(exchange, payload, answerable: message is not null);
    }

    /// <summary>Sends a modal.</summary>
    /// <exception cref="FakeApiException">It is closed, or something that is needed is not filled in.</exception>
    public static StoredExchange Submit(FakeSlackState state, StoredUser user, string viewId, JsonObject values)
    {
        var view = Open(state, user, viewId);
        foreach (var (name, given) in values)
        {
            ViewRules.Fill(view.View, view.Values, name, given);
        }

        if (ViewRules.Missing(view.View, view.Values) is { } missing)
        {
            throw new FakeApiException("incomplete", $"{missing} is not filled in");
        }

        var payload = state.InteractionHead("view_submission", user);
        payload["view"] = state.ViewShape(view);
        payload["response_urls"] = new JsonArray();
        var exchange = New(
            "view_submission",
            user,
            state.World.Exchanges.GetValueOrDefault(view.ExchangeId)?.ChannelId ?? ""
        );
        exchange.ViewId = view.Id;
        return state.Ask(exchange, payload, answerable: false);
    }

    /// <summary>Closes a modal; the app hears of it where it asked to.</summary>
    public static StoredExchange? Close(FakeSlackState state, StoredUser user, string viewId)
    {
        var view = Open(state, user, viewId);
        state.CloseView(view);
        if (view.View["notify_on_close"]?.ToString() != "true")
        {
            return null;
        }

        var payload = state.InteractionHead("view_closed", user);
        payload["view"] = state.ViewShape(view);
        payload["is_cleared"] = false;
        return state.Ask(New("view_closed", user, ""), payload, answerable: false);
    }

    /// <summary>Types in a menu whose choices the app offers.</summary>
    public static StoredExchange Suggest(
        FakeSlackState state,
        StoredUser user,
        ActionPlace place,
        string actionId,
        string typed
    )
    {
        Installed(state, user);
        var (block, element) = Find(place.Blocks, actionId);
        var least = (int?)element["min_query_length"] ?? 3;
        if (typed.Length < least)
        {
            throw new FakeApiException("query_too_short", $"the app is asked from {least} characters on");
        }

        var payload = state.InteractionHead("block_suggestion", user);
        payload["action_id"] = actionId;
        payload["block_id"] = block["block_id"]!.ToString();
        payload["value"] = typed;
        var exchange = New("block_suggestion", user, place.Message?.ChannelId ?? "");
        place.Describe(state, payload, exchange);
        return state.Ask(exchange, payload, answerable: false);
    }

    /// <summary>A message that a human sees: a real one, or one that only they were shown.</summary>
    public static StoredMessage Message(FakeSlackState state, StoredUser user, string channelId, string ts)
    {
        var channel = Seen(state, user, channelId);
        var only = state.World.Ephemeral.GetValueOrDefault($"{channel.Id} {ts}");
        return state.FindMessage(channel.Id, ts)
            ?? (only?.EphemeralTo == user.Id ? only : null)
            ?? throw new FakeApiException("message_not_found");
    }

    /// <summary>A modal that a human has before them.</summary>
    public static StoredView Open(FakeSlackState state, StoredUser user, string viewId)
    {
        var view = state.FindView(viewId);
        return view.Closed || view.UserId != user.Id ? throw new FakeApiException("not_found") : view;
    }

    private static StoredExchange New(string type, StoredUser user, string channel) =>
        new()
        {
            Type = type,
            UserId = user.Id,
            TeamId = user.TeamId,
            ChannelId = channel,
        };

    private static StoredTeam Installed(FakeSlackState state, StoredUser user)
    {
        var team = state.Team(user.TeamId);
        return team.Installed ? team : throw new FakeApiException("app_not_installed");
    }

    // Guests of a shared channel can click on what an app of the other side has posted there.
    private static StoredTeam Present(FakeSlackState state, StoredUser user, string channelId) =>
        Seen(state, user, channelId).Teams.Select(state.Team).FirstOrDefault(team => team.Installed)
        ?? throw new FakeApiException("app_not_installed");

    private static StoredChannel Seen(FakeSlackState state, StoredUser user, string channelId)
    {
        var channel = state.Channel(channelId);
        return channel.Members.Contains(user.Id) ? channel : throw new FakeApiException("not_in_channel");
    }

    private static (JsonObject Block, JsonObject Element) Find(JsonArray? blocks, string actionId)
    {
        foreach (var block in (blocks ?? []).OfType<JsonObject>())
        {
            if (BlockRules.Usable(block).FirstOrDefault(one => one["action_id"]?.ToString() == actionId) is { } found)
            {
                return (block, found);
            }
        }

        throw new FakeApiException("action_not_found", $"there is no {actionId} to click on");
    }
}
