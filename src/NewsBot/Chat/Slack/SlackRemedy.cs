using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>What an admin does about the app itself, with the page where it is done. Pure.</summary>
/// <param name="App">The app's id; null where it is not known.</param>
/// <param name="InstallAt">Where workspaces install the app from us; null where it has the token of the settings.</param>
internal sealed record SlackRemedy(string? App, string? InstallAt)
{
    // An app's token names the app: xapp-1-A0123-….
    private const int AppPart = 2;

    public static SlackRemedy Of(SlackOptions slack, WebOptions web) =>
        new(
            AppIn(slack.AppToken),
            slack.IsInstallable && web.PublicUrl is { } address ? $"{address.TrimEnd('/')}/slack/install" : null
        );

    /// <summary>How a workspace gets a new token.</summary>
    public string NewToken =>
        InstallAt is { } install
            ? $"Install the app again at {install}."
            : $"Open {AppPage("install-on-team")} → Reinstall to Workspace, put the “Bot User OAuth Token” into Chat:Slack:BotToken, and start NewsBot again.";

    /// <summary>How the app gets rights it lacks.</summary>
    /// <param name="scopes">Which; none for those of the manifest.</param>
    public string Reinstall(IReadOnlyCollection<string> scopes) =>
        InstallAt is { } install ? $"Install the app again at {install}; that grants what is missing."
        : scopes.Count == 0 ? $"Reinstall the app at {AppPage("install-on-team")}."
        : $"Open {AppPage("oauth")}, add {string.Join(", ", scopes)} under Scopes → Bot Token Scopes, then press Reinstall to Workspace at the top of that page.";

    /// <summary>How Socket Mode is switched on and its token made.</summary>
    public string SocketMode =>
        $"Open {AppPage("socket-mode")} and turn on Enable Socket Mode; under {AppPage("general")} → App-Level Tokens make a token with the scope connections:write, put it into Chat:Slack:AppToken, and start NewsBot again.";

    /// <summary>Where the signing secret stands.</summary>
    public string Secret =>
        $"Copy the Signing Secret from {AppPage("general")} → App Credentials into Chat:Slack:SigningSecret, and start NewsBot again.";

    /// <summary>A page of the app's settings; the list of apps where it is not known which is ours.</summary>
    public string AppPage(string page) =>
        App is null
            ? $"https://api.slack.com/apps (your app, page {page})"
            : $"https://api.slack.com/apps/{App}/{page}";

    private static string? AppIn(string? token) =>
        token?.Split('-') is { Length: > AppPart } parts
        && parts[AppPart] is ['A', .., _] app
        && app.All(char.IsAsciiLetterOrDigit)
            ? app
            : null;
}
