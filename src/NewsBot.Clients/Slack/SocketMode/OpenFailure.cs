using NewsBot.Clients.Slack.WebApi;

namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>Why a socket could not be opened, and what comes of it.</summary>
/// <param name="Reason">A half sentence for logs and states.</param>
/// <param name="RetryAfter">How long Slack asked to wait; null for nothing.</param>
/// <param name="Fatal">What an admin has to do, where trying again would not help; else null.</param>
internal sealed record OpenFailure(string Reason, TimeSpan? RetryAfter = null, string? Fatal = null)
{
    /// <summary>Source: https://docs.slack.dev/reference/methods/apps.connections.open</summary>
    public static OpenFailure Of(Exception error) =>
        error is SlackException slack
            ? new OpenFailure("Slack does not say where to connect", slack.RetryAfter, Sentence(slack))
            : new OpenFailure("Slack's socket cannot be reached");

    private static string? Sentence(SlackException error) =>
        error.Code switch
        {
            "invalid_auth" or "not_authed" or "token_revoked" =>
                "Slack refused the app token: make a new one in the app's settings (Basic Information > App-Level Tokens, "
                    + "with connections:write), put it into the settings and start again",
            "account_inactive" or "user_removed_from_team" =>
                "Slack no longer knows who the app token belongs to: an admin of the workspace has to install the app "
                    + "again and make a new app token",
            "team_disabled" => "The workspace is closed in Slack, so nothing comes from it any more",
            "missing_scope" or "not_allowed_token_type" =>
                "The app token is not one for sockets: it begins with xapp- and needs connections:write (the app's "
                    + "settings > Basic Information > App-Level Tokens)",
            "socket_mode_disabled" or "socket_mode_not_enabled" => SlackSocketSession.SwitchedOff,
            _ => null,
        };
}
