using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>How to reach Slack, and as whom.</summary>
/// <param name="Token">A bot's or app's token; null for calls that need none. A secret.</param>
/// <param name="UserAgent">Such as "NewsBot/1.0".</param>
public sealed record SlackWebApiOptions(string? Token, string UserAgent)
{
    /// <summary>Where the methods lie, with the slash at the end; http only for loopback.</summary>
    public Uri BaseUrl { get; init; } = new("https://slack.com/api/");

    /// <summary>How long one try may take. Default 15 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How fast calls may be made.</summary>
    public SlackPace Pace { get; init; } = new();

    /// <summary>How much of histories may be read.</summary>
    public SlackHistoryMode History { get; init; } = SlackHistoryMode.Auto;

    /// <summary>Where the calls are counted; null for nowhere.</summary>
    public CallMeter? Meter { get; init; }

    public override string ToString() => $"{BaseUrl} ({UserAgent})";
}
