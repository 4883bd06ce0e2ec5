using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>Who one is, and the end of it.</summary>
internal static class AuthMethods
{
    /// <param name="openConnection">Makes the address of a socket.</param>
    public static IEnumerable<FakeMethod> All(Func<string> openConnection) =>
        [
            new("api.test", Tier.Four, call => new JsonObject { ["args"] = call.Args.DeepClone() })
            {
                For = [ActorKind.Nobody],
                TakesJson = true,
            },
            new("auth.test", Tier.Special, Test) { TakesJson = true },
            new("auth.revoke", Tier.Three, Revoke),
            new("apps.uninstall", Tier.One, Uninstall) { For = [ActorKind.Bot] },
            new(
                "apps.connections.open",
                limits => limits.Connections,
                _ => new JsonObject { ["url"] = openConnection() }
            )
            {
                For = [ActorKind.App],
                Scope = "connections:write",
                TakesJson = true,
            },
            new("apps.event.authorizations.list", Tier.Four, Authorizations)
            {
                For = [ActorKind.App],
                Scope = "authorizations:read",
                TakesJson = true,
            },
            new("team.info", Tier.Three, Team) { Scope = "team:read" },
            new("bots.info", Tier.Three, Bot) { Scope = "users:read" },
        ];

    private static JsonObject Test(FakeCall call)
    {
        var team = call.Team;
        var answer = new JsonObject
        {
            ["url"] = $"https://{team.Domain}.slack.com/",
            ["team"] = team.Name,
            ["user"] = call.State.User(call.Actor.UserId).Name,
            ["team_id"] = team.Id,
            ["user_id"] = call.Actor.UserId,
            ["is_enterprise_install"] = false,
        };
        if (call.Actor.IsBot)
        {
            answer["bot_id"] = team.BotId;
            answer["app_id"] = call.State.World.AppId;
        }

        return answer;
    }

    private static JsonObject Revoke(FakeCall call)
    {
        if (call.Flag("test"))
        {
            return new JsonObject { ["revoked"] = false };
        }

        if (call.Actor.IsHuman)
        {
            throw new FakeApiException("not_allowed_token_type");
        }

        // With the last token of the bot the app is gone from the workspace.
        call.State.Uninstall(call.Team);
        return new JsonObject { ["revoked"] = true };
    }

    private static JsonObject Uninstall(FakeCall call)
    {
        CheckClient(call);
        call.State.Uninstall(call.Team);
        return [];
    }

    private static JsonObject Authorizations(FakeCall call)
    {
        call.Need("event_context");
        return new JsonObject
        {
            ["authorizations"] = new JsonArray([
                .. call
                    .State.World.Teams.Values.Where(team => team.Installed)
                    .Select(team => new JsonObject
                    {
                        ["enterprise_id"] = null,
                        ["team_id"] = team.Id,
                        ["user_id"] = team.BotUserId,
                        ["is_bot"] = true,
                        ["is_enterprise_install"] = false,
                    }),
            ]),
        };
    }

    private static JsonObject Team(FakeCall call)
    {
        var id = call.Text("team") ?? call.Actor.TeamId;
        return call.State.World.Teams.GetValueOrDefault(id) is { } team
            ? new JsonObject { ["team"] = FakeSlackState.TeamShape(team) }
            : throw new FakeApiException("team_not_found");
    }

    private static JsonObject Bot(FakeCall call)
    {
        var id = call.Text("bot");
        var team = id is null
            ? call.Team
            : call.State.World.Teams.Values.FirstOrDefault(one => one.BotId == id)
                ?? throw new FakeApiException("bot_not_found");
        var profile = call.State.BotProfile(team);
        profile["user_id"] = team.BotUserId;
        return new JsonObject { ["bot"] = profile };
    }

    /// <summary>Refuses whoever does not know id and secret of the app.</summary>
    /// <exception cref="FakeApiException">invalid_client_id or bad_client_secret.</exception>
    public static void CheckClient(FakeCall call)
    {
        var id = call.Basic?.Id ?? call.Text("client_id");
        var secret = call.Basic?.Secret ?? call.Text("client_secret");
        if (id != call.State.World.ClientId)
        {
            throw new FakeApiException("invalid_client_id");
        }

        if (secret != call.State.World.ClientSecret)
        {
            throw new FakeApiException("bad_client_secret");
        }
    }
}
