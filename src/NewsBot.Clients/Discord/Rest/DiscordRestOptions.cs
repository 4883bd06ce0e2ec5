using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Discord.Rest;

/// <summary>How to reach Discord.</summary>
/// <param name="BaseUrl">Such as https://discord.com/api/v10; http only for loopback.</param>
/// <param name="Token">The bot's token, without "Bot". A secret.</param>
/// <param name="UserAgent">Such as "DiscordBot (https://example.org, 1.0)".</param>
public sealed record DiscordRestOptions(Uri BaseUrl, string Token, string UserAgent)
{
    /// <summary>How long one try may take. Default 15 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Where the calls are counted; null for nowhere.</summary>
    public CallMeter? Meter { get; init; }

    public override string ToString() => $"{BaseUrl} ({UserAgent})";
}
