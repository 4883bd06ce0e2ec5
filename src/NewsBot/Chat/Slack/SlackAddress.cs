namespace NewsBot.Chat.Slack;

/// <summary>The address of a workspace. Links are made of it, so one that leads elsewhere is taken for none. Pure.</summary>
internal static class SlackAddress
{
    // That of a channel's name is 80, and none of the host's parts is longer than 63.
    private const int Longest = 300;

    private static readonly string[] Domains = [".slack.com", ".slack-gov.com"];

    /// <param name="told">As Slack told it; null for nothing.</param>
    /// <param name="api">Where the methods are: a server that stands in for Slack may be the workspaces' address too.</param>
    /// <returns>With a slash at its end; null where it is not Slack's.</returns>
    public static string? Of(string? told, Uri api) =>
        told is { Length: <= Longest }
        && Uri.TryCreate(told, UriKind.Absolute, out var url)
        && url.UserInfo.Length == 0
        && (IsSlack(url) || IsSame(url, api))
            ? $"{url.GetLeftPart(UriPartial.Authority)}/"
            : null;

    private static bool IsSlack(Uri url) =>
        url.Scheme == Uri.UriSchemeHttps
        && url.IsDefaultPort
        && Array.Exists(Domains, domain => url.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    private static bool IsSame(Uri url, Uri api) =>
        Uri.Compare(url, api, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase)
        == 0;
}
