using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.Limits;
using SlackLimits = NewsBot.Testing.Servers.FakeSlack.FakeLimits;

namespace NewsBot.Testing.Crash;

/// <summary>How the platforms of a world are.</summary>
/// <param name="NonceWindow">How long Discord remembers a nonce; an instant makes it forget before anybody can come back.</param>
/// <param name="HasSlowHistory">Whether Slack gives little of its history at a time, and seldom.</param>
internal sealed record CrashWishes(TimeSpan NonceWindow, bool HasSlowHistory)
{
    /// <summary>More settings, as on the command line; they win.</summary>
    public Func<FakeDiscordServer, IEnumerable<string>> Settings { get; init; } = _ => [];

    /// <summary>The program as it was built beside the tests.</summary>
    public const string Built = "newsbot.dll";

    /// <summary>The program that is started first, as <see cref="NewsroomProcess"/> takes it.</summary>
    public string Program { get; init; } = Built;

    /// <summary>One world after the other is of another kind.</summary>
    public static CrashWishes Of(int world) =>
        new(world % 2 == 0 ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromMinutes(5), HasSlowHistory: world % 3 == 1);

    public static SlackLimits SlowHistory()
    {
        var limits = SlackLimits.Unlimited();
        // Apps outside the Marketplace get one page a minute; here a minute is half a second.
        limits.SmallHistory = new FakeLimit(1, TimeSpan.FromMilliseconds(500));
        return limits;
    }
}
