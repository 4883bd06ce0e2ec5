namespace NewsBot.Chat.Slack;

/// <summary>What the app asks for. Source: https://docs.slack.dev/reference/scopes</summary>
internal static class SlackScopes
{
    /// <summary>All of them, as the manifest in config/slack names them too.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "chat:write.customize",
        "commands",
        "files:read",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "reactions:read",
        "team:read",
        "users:read",
    ];
}
