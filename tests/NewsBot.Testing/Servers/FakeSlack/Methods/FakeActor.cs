using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>Who calls.</summary>
/// <param name="Kind">How they signed in.</param>
/// <param name="TeamId">Their workspace; empty for the app itself and for nobody.</param>
/// <param name="UserId">Empty for the app itself and for nobody.</param>
/// <param name="Scopes">What they were granted; humans may do all that people may.</param>
internal sealed record FakeActor(ActorKind Kind, string TeamId, string UserId, IReadOnlyList<string> Scopes)
{
    public static FakeActor Nobody { get; } = new(ActorKind.Nobody, "", "", []);

    public bool IsBot => Kind == ActorKind.Bot;

    public bool IsHuman => Kind == ActorKind.Human;

    /// <summary>Whose a token is.</summary>
    /// <exception cref="FakeApiException">It is nobody's, or no longer.</exception>
    public static FakeActor SignedIn(FakeSlackState state, string token)
    {
        if (token.Length == 0)
        {
            throw new FakeApiException("not_authed");
        }

        if (!state.World.Tokens.TryGetValue(token, out var found))
        {
            throw new FakeApiException("invalid_auth");
        }

        if (found.Revoked)
        {
            var gone = found.Kind == "bot" && !state.Team(found.TeamId).Installed;
            throw new FakeApiException(gone ? "account_inactive" : "token_revoked");
        }

        if (found.EndsAt < state.Now)
        {
            throw new FakeApiException("token_expired");
        }

        var kind = found.Kind switch
        {
            "app" => ActorKind.App,
            "bot" => ActorKind.Bot,
            _ => ActorKind.Human,
        };
        return new FakeActor(kind, found.TeamId, found.UserId, found.Scopes);
    }

    /// <summary>Refuses a bot that was not granted something.</summary>
    /// <exception cref="FakeApiException">missing_scope.</exception>
    public void Need(string scope)
    {
        if (!IsHuman && !Scopes.Contains(scope))
        {
            throw new FakeApiException("missing_scope") { Needed = scope, Provided = string.Join(',', Scopes) };
        }
    }

    /// <summary>The scope for a kind of channel, of those whose names end alike.</summary>
    public void Need(StoredChannel channel, string ending) =>
        Need(
            channel.DirectWith is not null ? $"im:{ending}"
            : channel.IsPrivate ? $"groups:{ending}"
            : $"channels:{ending}"
        );
}

/// <summary>How somebody signed in.</summary>
internal enum ActorKind
{
    Nobody,
    App,
    Bot,
    Human,
}
