using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>
/// Installing the app, and signing in elsewhere with Slack. Sources:
/// https://docs.slack.dev/authentication/installing-with-oauth, https://docs.slack.dev/authentication/sign-in-with-slack
/// </summary>
internal static class OAuthMethods
{
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(12);

    public static IEnumerable<FakeMethod> All() =>
        [
            new("oauth.v2.access", Tier.Four, Access) { For = [ActorKind.Nobody] },
            new("openid.connect.token", Tier.Four, Token) { For = [ActorKind.Nobody] },
            new("openid.connect.userInfo", Tier.Four, Who) { For = [ActorKind.Human] },
        ];

    /// <summary>
    /// The page to choose workspace and human on; with user= in the query these are chosen already, with deny=1 they said no.
    /// </summary>
    public static Task AuthorizeAsync(HttpContext context, FakeSlackState state, bool isIdentity = false)
    {
        var query = context.Request.Query;
        if (query["client_id"] != state.World.ClientId)
        {
            return Methods.Answer.TextAsync(context, 400, "invalid_client_id");
        }

        if (isIdentity && !query["scope"].ToString().Split(' ').Contains("openid"))
        {
            return Methods.Answer.TextAsync(context, 400, "invalid_scope");
        }

        var back = query["redirect_uri"].ToString();
        var kept = Uri.EscapeDataString(query["state"].ToString());
        if (query["deny"] == "1")
        {
            return RedirectAsync(context, back, $"error=access_denied&state={kept}");
        }

        var name = query["user"].ToString();
        if (name.Length == 0)
        {
            return Methods.Answer.TextAsync(context, 200, Page(state, query), "text/html; charset=utf-8");
        }

        lock (state.Sync)
        {
            var team = query["team"].ToString();
            var user = state.World.Users.Values.FirstOrDefault(one =>
                !one.IsBot && one.Name == name && (team.Length == 0 || one.TeamId == team)
            );
            if (user is null)
            {
                return Methods.Answer.TextAsync(context, 404, "There is nobody of that name.");
            }

            var code = $"{state.World.ClientId}.{state.NextSecret(40)}";
            state.World.Grants[code] = new StoredGrant(
                user.TeamId,
                user.Id,
                query["scope"].ToString(),
                back,
                state.Now + CodeLife,
                IsRefresh: false
            )
            {
                IsIdentity = isIdentity,
                Challenge = query["code_challenge"].ToString() is { Length: > 0 } challenge ? challenge : null,
            };
            return back.Length == 0
                ? Methods.Answer.TextAsync(context, 200, code)
                : RedirectAsync(context, back, $"code={code}&state={kept}");
        }
    }

    private static Task RedirectAsync(HttpContext context, string back, string parameters)
    {
        context.Response.Redirect(back + (back.Contains('?', StringComparison.Ordinal) ? "&" : "?") + parameters);
        return Task.CompletedTask;
    }

    private static string Page(FakeSlackState state, IQueryCollection query)
    {
        var page = new StringBuilder(
            "<!doctype html><meta charset=utf-8><title>Install</title><h1>Who are you, and where?</h1><ul>"
        );
        var rest = string.Join(
            '&',
            query
                .Where(pair => pair.Key != "team")
                .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value.ToString())}")
        );
        lock (state.Sync)
        {
            foreach (var user in state.World.Users.Values.Where(user => !user.IsBot))
            {
                var link = WebUtility.HtmlEncode($"?{rest}&user={Uri.EscapeDataString(user.Name)}&team={user.TeamId}");
                var label = WebUtility.HtmlEncode($"{user.Name} in {state.Team(user.TeamId).Name}");
                page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{link}\">{label}</a>");
            }
        }

        return page.Append("</ul>").ToString();
    }

    private static JsonObject Access(FakeCall call)
    {
        AuthMethods.CheckClient(call);
        var kind = call.Text("grant_type") ?? "authorization_code";
        if (kind is not ("authorization_code" or "refresh_token"))
        {
            throw new FakeApiException("invalid_grant_type");
        }

        var isRefresh = kind == "refresh_token";
        var wrong = isRefresh ? "invalid_refresh_token" : "invalid_code";
        var key = call.Need(isRefresh ? "refresh_token" : "code", wrong);
        if (!call.State.World.Grants.Remove(key, out var grant) || grant.IsRefresh != isRefresh || grant.IsIdentity)
        {
            throw new FakeApiException(wrong);
        }

        if (grant.EndsAt < call.State.Now)
        {
            throw new FakeApiException(isRefresh ? wrong : "code_expired");
        }

        if (!isRefresh && grant.RedirectUri != (call.Text("redirect_uri") ?? ""))
        {
            throw new FakeApiException("bad_redirect_uri");
        }

        return Granted(call.State, grant);
    }

    private static JsonObject Token(FakeCall call)
    {
        AuthMethods.CheckClient(call);
        if (
            !call.State.World.Grants.Remove(call.Need("code", "invalid_code"), out var grant)
            || !grant.IsIdentity
            || grant.EndsAt < call.State.Now
        )
        {
            throw new FakeApiException("invalid_code");
        }

        if (grant.RedirectUri != (call.Text("redirect_uri") ?? ""))
        {
            throw new FakeApiException("bad_redirect_uri");
        }

        if (!ProofKey.Fits(grant.Challenge, call.Text("code_verifier")))
        {
            throw new FakeApiException("invalid_grant");
        }

        var token = $"xoxp-{call.State.NextSecret(40)}";
        call.State.World.Tokens[token] = new StoredToken
        {
            Kind = "user",
            TeamId = grant.TeamId,
            UserId = grant.UserId,
            Scopes = [.. grant.Scope.Split(' ')],
        };
        return new JsonObject
        {
            ["access_token"] = token,
            ["token_type"] = "Bearer",
            ["id_token"] = "not.a.real-one",
        };
    }

    private static JsonObject Who(FakeCall call) =>
        new()
        {
            ["sub"] = call.Actor.UserId,
            ["https://slack.com/user_id"] = call.Actor.UserId,
            ["https://slack.com/team_id"] = call.Actor.TeamId,
            ["name"] = call.State.User(call.Actor.UserId).Name,
        };

    private static JsonObject Granted(FakeSlackState state, StoredGrant grant)
    {
        var team = state.Team(grant.TeamId);
        var token = state.Install(team, grant.Scope.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var answer = new JsonObject
        {
            ["app_id"] = state.World.AppId,
            ["authed_user"] = new JsonObject { ["id"] = grant.UserId },
            ["scope"] = string.Join(',', team.Scopes),
            ["token_type"] = "bot",
            ["access_token"] = token,
            ["bot_user_id"] = team.BotUserId,
            ["team"] = new JsonObject { ["id"] = team.Id, ["name"] = team.Name },
            ["enterprise"] = null,
            ["is_enterprise_install"] = false,
        };
        if (state.Options.TokenRotation)
        {
            Rotate(state, grant, team, answer);
        }

        return answer;
    }

    private static void Rotate(FakeSlackState state, StoredGrant grant, StoredTeam team, JsonObject answer)
    {
        var plain = answer["access_token"]!.GetValue<string>();
        state.World.Tokens.Remove(plain, out var stored);
        var token = "xoxe." + plain;
        stored!.EndsAt = state.Now + TokenLife;
        state.World.Tokens[token] = stored;
        team.BotToken = token;
        EndOldest(state, team);
        var refresh = $"xoxe-1-{state.NextSecret(64)}";
        state.World.Grants[refresh] = grant with { EndsAt = DateTimeOffset.MaxValue, IsRefresh = true };
        answer["access_token"] = token;
        answer["refresh_token"] = refresh;
        answer["expires_in"] = (int)TokenLife.TotalSeconds;
    }

    /// <summary>At most two tokens are alive at once.</summary>
    private static void EndOldest(FakeSlackState state, StoredTeam team)
    {
        var alive = state
            .World.Tokens.Values.Where(one => one is { Kind: "bot", Revoked: false } && one.TeamId == team.Id)
            .OrderByDescending(one => one.EndsAt ?? DateTimeOffset.MaxValue)
            .ToList();
        foreach (var old in alive.Skip(2))
        {
            old.Revoked = true;
        }
    }
}
