namespace NewsBot.Clients.Slack.WebApi;

/// <summary>
/// How fast calls of one install may be made. Slack does not tell its limits with its answers, so these are the plan; a
/// refusal with Retry-After is honoured whatever they say. Source: https://docs.slack.dev/apis/web-api/rate-limits
/// </summary>
public sealed record SlackPace
{
    /// <summary>Between two messages in one channel in the long run. Default 1 s.</summary>
    public TimeSpan PostEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Messages in one channel that may go at once after a pause. Default 3.</summary>
    public int PostBurst { get; init; } = 3;

    /// <summary>Messages in any minute over all channels. Default 300: "several hundred".</summary>
    public int PostsPerMinute { get; init; } = 300;

    /// <summary>Calls of one method in any minute.</summary>
    public int Tier1PerMinute { get; init; } = 1;

    /// <summary>Calls of one method in any minute.</summary>
    public int Tier2PerMinute { get; init; } = 20;

    /// <summary>Calls of one method in any minute.</summary>
    public int Tier3PerMinute { get; init; } = 50;

    /// <summary>Calls of one method in any minute.</summary>
    public int Tier4PerMinute { get; init; } = 100;

    /// <summary>Calls of auth.test and chat.getPermalink, each, in any minute: "hundreds". Default 200.</summary>
    public int SpecialPerMinute { get; init; } = 200;
}
