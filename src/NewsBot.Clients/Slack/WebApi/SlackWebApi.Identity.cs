using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Clients.Slack.WebApi;

/// <content>Who we are: tokens, installs and workspaces.</content>
public sealed partial class SlackWebApi
{
    /// <summary>Whom the token stands for, and what it may do. Source: https://docs.slack.dev/reference/methods/auth.test</summary>
    public async Task<AuthIdentity> TestAuthAsync(CancellationToken cancellationToken)
    {
        var call = Reading(WebMethods.AuthTest, new WebForm());
        var answer = await _sender.SendAsync(call, cancellationToken);
        var identity = Read<AuthIdentity>(call, answer);
        var scopes = answer!.Headers.TryGetValues("x-oauth-scopes", out var values) ? string.Join(',', values) : "";
        return identity with
        {
            Scopes = scopes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
    }

    /// <summary>The workspace. Source: https://docs.slack.dev/reference/methods/team.info</summary>
    /// <param name="team">Null for the token's own.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<Team> GetTeamAsync(string? team, CancellationToken cancellationToken)
    {
        var call = Reading(WebMethods.TeamInfo, new WebForm().Add("team", team));
        return Required(call, (await CallAsync<TeamAnswer>(call, cancellationToken)).Team);
    }

    /// <summary>
    /// Where to open a socket, good for one connection within seconds; needs the app's token (xapp).
    /// Source: https://docs.slack.dev/reference/methods/apps.connections.open
    /// </summary>
    public async Task<Uri> OpenSocketAsync(CancellationToken cancellationToken)
    {
        var call = Reading(WebMethods.OpenSocket, new WebForm());
        var answer = await CallAsync<SocketAnswer>(call, cancellationToken);
        return Uri.TryCreate(answer.Url, UriKind.Absolute, out var url) ? url : throw NotAsDocumented(call, null);
    }

    /// <summary>
    /// Changes the code of an installation for a token. The code is good once, so it is not tried again.
    /// Source: https://docs.slack.dev/reference/methods/oauth.v2.access
    /// </summary>
    /// <param name="app">The app that is installed.</param>
    /// <param name="code">As Slack sent it.</param>
    /// <param name="redirectUri">The same as where the installation began; null where none was named there.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<Install> ExchangeCodeAsync(
        SlackApp app,
        string code,
        string? redirectUri,
        CancellationToken cancellationToken
    ) => AccessAsync(AppForm(app).Add("code", code).Add("redirect_uri", redirectUri), cancellationToken);

    /// <summary>
    /// Changes a refresh token for new ones. It is good once, so it is not tried again; the new ones are to be saved before
    /// anything else. Source: https://docs.slack.dev/authentication/using-token-rotation
    /// </summary>
    public Task<Install> RefreshAsync(SlackApp app, string refreshToken, CancellationToken cancellationToken) =>
        AccessAsync(
            AppForm(app).Add("grant_type", "refresh_token").Add("refresh_token", refreshToken),
            cancellationToken
        );

    private async Task<Install> AccessAsync(WebForm form, CancellationToken cancellationToken)
    {
        var call = new WebCall(WebMethods.Access, form) { IsAuthorized = false };
        var install = await CallAsync<Install>(call, cancellationToken);
        return install.AccessToken.Length > 0 ? install : throw NotAsDocumented(call, null);
    }

    private static WebForm AppForm(SlackApp app) =>
        new WebForm().Add("client_id", app.ClientId).Add("client_secret", app.ClientSecret);

    private sealed record TeamAnswer(Team? Team = null);

    private sealed record SocketAnswer(string? Url = null);
}
