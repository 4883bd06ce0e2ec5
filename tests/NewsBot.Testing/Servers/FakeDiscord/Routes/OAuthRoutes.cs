using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Signing in with Discord. Source: https://discord.com/developers/docs/topics/oauth2</summary>
internal static class OAuthRoutes
{
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TokenLife = TimeSpan.FromDays(7);

    public static IEnumerable<FakeRoute> All() =>
        [
            new("GET", "/oauth2/authorize", Authorize) { Open = true, Limit = null },
            new("POST", "/oauth2/token", Token) { Open = true },
            new("POST", "/oauth2/token/revoke", Revoke) { Open = true },
            new("GET", "/oauth2/@me", Me) { Bearer = true },
        ];

    /// <summary>
    /// A page to choose who one is; with user= in the query it is chosen already. The scope "bot" brings the bot into
    /// the guild.
    /// </summary>
    private static FakeReply Authorize(FakeCall call)
    {
        var state = call.State;
        var query = call.Query;
        if (query["client_id"] != FakeDiscordState.Text(state.ApplicationId))
        {
            throw Fail.With(10002);
        }

        var scopes = query["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Length == 0)
        {
            throw new FakeApiException(400, 0, "invalid_scope");
        }

        var name = query["user"].ToString();
        if (name.Length == 0)
        {
            return new FakeReply(200) { File = (Page(call), "text/html; charset=utf-8") };
        }

        var user = state.HumanNamed(name) ?? throw Fail.With(10013);
        if (scopes.Contains("bot"))
        {
            Install(state, query["permissions"].ToString());
        }

        var back = query["redirect_uri"].ToString();
        if (back.Length == 0)
        {
            return new FakeReply(200) { File = ("The bot is in."u8.ToArray(), "text/plain; charset=utf-8") };
        }

        var code = Convert.ToHexStringLower(state.Hash($"code {state.NextId()}"))[..30];
        state.World.Grants[code] = new StoredGrant(user.Id, string.Join(' ', scopes), back, state.Now + CodeLife, false)
        {
            Challenge = Challenge(query["code_challenge"].ToString(), query["code_challenge_method"].ToString()),
        };
        var parameters = $"code={code}";
        if (query["deny"] == "1")
        {
            parameters = "error=access_denied";
        }

        if (query["state"].ToString() is { Length: > 0 } kept)
        {
            parameters += $"&state={Uri.EscapeDataString(kept)}";
        }

        return new FakeReply(302) { Location = back + (back.Contains('?') ? "&" : "?") + parameters };
    }

    private static byte[] Page(FakeCall call)
    {
        var page = new StringBuilder(
            "<!doctype html><meta charset=utf-8><title>Authorise</title><h1>Who are you?</h1><ul>"
        );
        var query = string.Join(
            '&',
            call.Query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value.ToString())}")
        );
        foreach (var user in call.State.World.Users.Values.Where(user => !user.Bot))
        {
            var link = WebUtility.HtmlEncode($"?{query}&user={Uri.EscapeDataString(user.Name)}");
            page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{link}\">{WebUtility.HtmlEncode(user.Name)}</a>");
        }

        return Encoding.UTF8.GetBytes(page.Append("</ul>").ToString());
    }

    private static void Install(FakeDiscordState state, string permissions)
    {
        var guild = state.World.Guilds[state.World.GuildId];
        if (
            ulong.TryParse(permissions, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && guild.Roles.Find(role => role.Managed) is { } own
        )
        {
            own.Permissions = bits;
        }

        state.AddBot(guild);
    }

    private static FakeReply Token(FakeCall call)
    {
        var state = call.State;
        var form = call.Form;
        if (
            form.GetValueOrDefault("client_id") != FakeDiscordState.Text(state.ApplicationId)
            || form.GetValueOrDefault("client_secret") != state.World.ClientSecret
        )
        {
            return Refused("invalid_client", 401);
        }

        var code = form.GetValueOrDefault("code") ?? form.GetValueOrDefault("refresh_token") ?? "";
        if (!state.World.Grants.Remove(code, out var grant) || grant.IsToken || grant.EndsAt < state.Now)
        {
            return Refused("invalid_grant", 400);
        }

        var kind = form.GetValueOrDefault("grant_type");
        if (kind is not ("authorization_code" or "refresh_token"))
        {
            return Refused("unsupported_grant_type", 400);
        }

        if (kind == "authorization_code" && form.GetValueOrDefault("redirect_uri") != grant.RedirectUri)
        {
            return Refused("invalid_grant", 400);
        }

        if (kind == "authorization_code" && !ProofKey.Fits(grant.Challenge, form.GetValueOrDefault("code_verifier")))
        {
            return Refused("invalid_grant", 400);
        }

        var token = Convert.ToHexStringLower(state.Hash($"access {state.NextId()}"))[..30];
        var refresh = Convert.ToHexStringLower(state.Hash($"refresh {state.NextId()}"))[..30];
        state.World.Grants[token] = grant with { EndsAt = state.Now + TokenLife, IsToken = true };
        state.World.Grants[refresh] = grant with { EndsAt = state.Now + (TokenLife * 12) };
        return FakeReply.Ok(
            new JsonObject
            {
                ["access_token"] = token,
                ["token_type"] = "Bearer",
                ["expires_in"] = (int)TokenLife.TotalSeconds,
                ["refresh_token"] = refresh,
                ["scope"] = grant.Scope,
            }
        );
    }

    private static FakeReply Revoke(FakeCall call)
    {
        call.State.World.Grants.Remove(call.Form.GetValueOrDefault("token") ?? "");
        return FakeReply.Ok(new JsonObject());
    }

    private static FakeReply Me(FakeCall call) =>
        FakeReply.Ok(
            new JsonObject
            {
                ["application"] = new JsonObject { ["id"] = FakeDiscordState.Text(call.State.ApplicationId) },
                ["scopes"] = new JsonArray("identify"),
                ["user"] = call.State.User(call.Actor.UserId),
            }
        );

    private static string? Challenge(string challenge, string method) =>
        challenge.Length == 0 ? null
        : method == "S256" ? challenge
        : throw new FakeApiException(400, 0, "invalid_request");

    private static FakeReply Refused(string error, int status) => new(status, new JsonObject { ["error"] = error });
}
