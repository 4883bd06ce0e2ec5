namespace NewsBot.Clients.Slack.WebApi;

/// <summary>
/// Apps that are sold outside of Slack's own Marketplace may read conversations.history and .replies once a minute, 15
/// messages at a time. Source: https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps
/// </summary>
public enum SlackHistoryMode
{
    /// <summary>Full until Slack refuses as it does to limited apps.</summary>
    Auto,

    /// <summary>As for apps that a company made for itself: fifty calls a minute, as many messages as asked for.</summary>
    Full,

    /// <summary>One call a minute and method, 15 messages.</summary>
    Limited,
}
