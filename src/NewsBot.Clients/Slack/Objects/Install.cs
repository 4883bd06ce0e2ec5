namespace NewsBot.Clients.Slack.Objects;

/// <summary>The end of an installation or of a token's renewal. Holds secrets. Source: https://docs.slack.dev/reference/methods/oauth.v2.access</summary>
/// <param name="AccessToken">The bot's token; a secret.</param>
/// <param name="TokenType">"bot".</param>
/// <param name="Scope">What was granted, joined by commas.</param>
/// <param name="BotUserId">The bot's account.</param>
/// <param name="AppId">Our app.</param>
/// <param name="Team">The workspace; null for an organisation's install.</param>
/// <param name="Enterprise">The organisation; null for none.</param>
/// <param name="IsEnterpriseInstall">True where it is for a whole organisation.</param>
/// <param name="AuthedUser">Who installed it.</param>
/// <param name="RefreshToken">Only where tokens are renewed; a secret, good for one use.</param>
/// <param name="ExpiresIn">Seconds the token lives; 0 for ever.</param>
public sealed record Install(
    string AccessToken,
    string? TokenType = null,
    string? Scope = null,
    string? BotUserId = null,
    string? AppId = null,
    InstallPlace? Team = null,
    InstallPlace? Enterprise = null,
    bool IsEnterpriseInstall = false,
    InstallUser? AuthedUser = null,
    string? RefreshToken = null,
    long ExpiresIn = 0
)
{
    public string AccessToken { get; init; } = AccessToken ?? "";

    /// <summary>What was granted.</summary>
    public IReadOnlyList<string> Scopes =>
        (Scope ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Without the tokens.</summary>
    public override string ToString() => $"{Team?.Id ?? Enterprise?.Id} ({Scope})";
}

public sealed record InstallPlace(string? Id = null, string? Name = null);

/// <param name="Id">Who installed the app; their own token, if any, is not read.</param>
public sealed record InstallUser(string? Id = null);

/// <summary>Whom a token stands for. Source: https://docs.slack.dev/reference/methods/auth.test</summary>
/// <param name="TeamId">The workspace.</param>
/// <param name="Team">Its name.</param>
/// <param name="Url">Its address.</param>
/// <param name="UserId">The bot's account.</param>
/// <param name="User">Its name.</param>
/// <param name="BotId">The bot_id its messages carry; null for a person's token.</param>
/// <param name="EnterpriseId">The organisation; null for none.</param>
/// <param name="IsEnterpriseInstall">True where it is for a whole organisation.</param>
/// <param name="AppId">The app, where it is told.</param>
/// <param name="ExpiresIn">Seconds the token still lives; 0 for ever.</param>
public sealed record AuthIdentity(
    string? TeamId = null,
    string? Team = null,
    string? Url = null,
    string? UserId = null,
    string? User = null,
    string? BotId = null,
    string? EnterpriseId = null,
    bool IsEnterpriseInstall = false,
    string? AppId = null,
    long ExpiresIn = 0
)
{
    /// <summary>What the token may do, from the answer's header; empty where it was not told.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<string> Scopes { get; init; } = [];
}
