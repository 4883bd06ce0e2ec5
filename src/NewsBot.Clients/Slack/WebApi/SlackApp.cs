namespace NewsBot.Clients.Slack.WebApi;

/// <summary>The app that people install. Source: https://docs.slack.dev/authentication/installing-with-oauth</summary>
/// <param name="ClientId">Its id.</param>
/// <param name="ClientSecret">A secret.</param>
public sealed record SlackApp(string ClientId, string ClientSecret)
{
    public override string ToString() => ClientId;
}
