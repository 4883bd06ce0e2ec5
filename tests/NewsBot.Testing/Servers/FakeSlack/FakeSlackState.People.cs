using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack;

/// <content>Workspaces, people, reactions, and what only one human sees.</content>
public sealed partial class FakeSlackState
{
    /// <summary>Everything that only one human was shown, oldest first.</summary>
    internal JsonArray Inbox(string user) =>
        [.. (World.Inboxes.GetValueOrDefault(user) ?? []).Select(one => (JsonNode)InboxEntry(one))];

    internal static JsonObject InboxEntry(StoredInboxEntry entry) =>
        new()
        {
            ["exchange"] = entry.ExchangeId,
            ["kind"] = entry.Kind,
            ["data"] = entry.Data.DeepClone(),
            ["at"] = entry.At.ToUnixTimeMilliseconds(),
        };

    internal void AddToInbox(string user, long exchange, string kind, JsonObject data)
    {
        if (!World.Inboxes.TryGetValue(user, out var inbox))
        {
            World.Inboxes[user] = inbox = [];
        }

        inbox.Add(new StoredInboxEntry(exchange, kind, data, Now));
    }

    /// <summary>A user as users.info shows them.</summary>
    /// <param name="user">Whom.</param>
    /// <param name="team">The workspace that asks; strangers are shown with less.</param>
    internal JsonObject UserShape(StoredUser user, string team)
    {
        var stranger = user.TeamId != team;
        var shape = new JsonObject
        {
            ["id"] = user.Id,
            ["team_id"] = user.TeamId,
            ["name"] = user.Name,
            ["deleted"] = user.Deleted,
            ["real_name"] = user.RealName,
            ["profile"] = Profile(user),
            ["is_bot"] = user.IsBot,
            ["is_app_user"] = false,
            ["updated"] = 1_580_720_400,
        };
        if (stranger)
        {
            shape["is_stranger"] = true;
            return shape;
        }

        shape["color"] = "9f69e7";
        shape["tz"] = "Europe/Lisbon";
        shape["tz_label"] = "Western European Time";
        shape["tz_offset"] = 0;
        shape["is_admin"] = user.IsAdmin;
        shape["is_owner"] = user.IsOwner;
        shape["is_primary_owner"] = user.IsOwner;
        shape["is_restricted"] = false;
        shape["is_ultra_restricted"] = false;
        shape["is_email_confirmed"] = true;
        shape["locale"] = user.Locale;
        return shape;
    }

    internal static JsonObject TeamShape(StoredTeam team) =>
        new()
        {
            ["id"] = team.Id,
            ["name"] = team.Name,
            ["domain"] = team.Domain,
            ["url"] = $"https://{team.Domain}.slack.com/",
            ["email_domain"] = "",
            ["icon"] = new JsonObject { ["image_default"] = true },
        };

    /// <summary>Sets a reaction.</summary>
    internal void React(StoredMessage message, string user, string name)
    {
        var found = message.Reactions.Find(one => one.Name == name);
        if (found?.Users.Contains(user) == true)
        {
            throw new FakeApiException("already_reacted");
        }

        if (found is null)
        {
            found = new StoredReaction { Name = name };
            message.Reactions.Add(found);
        }

        found.Users.Add(user);
        TellReaction("reaction_added", message, user, name);
    }

    /// <summary>Takes a reaction away.</summary>
    internal void Unreact(StoredMessage message, string user, string name)
    {
        var found = message.Reactions.Find(one => one.Name == name);
        if (found?.Users.Remove(user) != true)
        {
            throw new FakeApiException("no_reaction");
        }

        if (found.Users.Count == 0)
        {
            message.Reactions.Remove(found);
        }

        TellReaction("reaction_removed", message, user, name);
    }

    /// <summary>Ends all tokens of an install, and takes the bot out of everything.</summary>
    internal void Uninstall(StoredTeam team)
    {
        if (!team.Installed)
        {
            return;
        }

        // These two come in either order.
        Tell(team, Revoked(team));
        Tell(team, new JsonObject { ["type"] = "app_uninstalled" });
        team.Installed = false;
        team.Scopes = [];
        foreach (var token in World.Tokens.Values.Where(one => one.Kind == "bot" && one.TeamId == team.Id))
        {
            token.Revoked = true;
        }

        foreach (var channel in World.Channels.Values.Where(one => one.DirectWith is null))
        {
            channel.Members.Remove(team.BotUserId);
        }
    }

    /// <summary>Ends the tokens of an install without removing the app.</summary>
    internal void RevokeTokens(StoredTeam team)
    {
        foreach (var token in World.Tokens.Values.Where(one => one.Kind == "bot" && one.TeamId == team.Id))
        {
            token.Revoked = true;
        }

        Tell(team, Revoked(team));
    }

    /// <summary>Installs the app, or gives an install more scopes.</summary>
    /// <returns>The new bot token.</returns>
    internal string Install(StoredTeam team, IEnumerable<string> scopes) =>
        Stock.Install(World, team, scopes, _options.Seed);

    private static JsonObject Revoked(StoredTeam team) =>
        new()
        {
            ["type"] = "tokens_revoked",
            ["tokens"] = new JsonObject { ["oauth"] = new JsonArray(), ["bot"] = new JsonArray(team.BotUserId) },
        };

    private void TellReaction(string type, StoredMessage message, string user, string name) =>
        TellOf(
            World.Channels[message.ChannelId],
            new JsonObject
            {
                ["type"] = type,
                ["user"] = user,
                ["reaction"] = name,
                ["item"] = new JsonObject
                {
                    ["type"] = "message",
                    ["channel"] = message.ChannelId,
                    ["ts"] = message.Ts,
                },
                ["item_user"] = message.UserId,
            },
            EventScopes.Reactions
        );

    private JsonObject Profile(StoredUser user)
    {
        var profile = new JsonObject
        {
            ["title"] = "",
            ["real_name"] = user.RealName,
            ["real_name_normalized"] = user.RealName,
            ["display_name"] = user.DisplayName,
            ["display_name_normalized"] = user.DisplayName,
            ["avatar_hash"] = user.Id[^6..],
            ["team"] = user.TeamId,
        };
        foreach (var size in (int[])[24, 32, 48, 72, 192, 512])
        {
            profile[$"image_{size}"] = $"{Root}/avatars/{user.Id}_{size}.png";
        }

        if (user.IsBot)
        {
            profile["bot_id"] = Team(user.TeamId).BotId;
            profile["api_app_id"] = World.AppId;
        }

        return profile;
    }
}
