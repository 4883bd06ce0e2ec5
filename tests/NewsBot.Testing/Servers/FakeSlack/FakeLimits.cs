using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Testing.Servers.FakeSlack;

/// <summary>
/// All rate limits of a fake Slack, each per method and workspace unless it says otherwise. Humans meet none of them.
/// Source: https://docs.slack.dev/apis/web-api/rate-limits
/// </summary>
public sealed class FakeLimits
{
    /// <summary>Messages of the app in one channel.</summary>
    public FakePace Channel { get; set; } = new(3, TimeSpan.FromSeconds(1));

    /// <summary>Messages of the app in one workspace.</summary>
    public FakeLimit Workspace { get; set; } = PerMinute(300);

    /// <summary>Methods of tier 1.</summary>
    public FakeLimit Tier1 { get; set; } = PerMinute(1);

    /// <summary>Methods of tier 2.</summary>
    public FakeLimit Tier2 { get; set; } = PerMinute(20);

    /// <summary>Methods of tier 3.</summary>
    public FakeLimit Tier3 { get; set; } = PerMinute(50);

    /// <summary>Methods of tier 4.</summary>
    public FakeLimit Tier4 { get; set; } = PerMinute(100);

    /// <summary>Methods with a limit of their own that nobody meets in practice, such as auth.test.</summary>
    public FakeLimit Special { get; set; } = PerMinute(600);

    /// <summary>Sockets opened: tier 1 by the documents, though clients that reconnect are not refused at their second.</summary>
    public FakeLimit Connections { get; set; } = PerMinute(20);

    /// <summary>History and replies where <see cref="FakeSlackOptions.SmallHistory"/> is set.</summary>
    public FakeLimit SmallHistory { get; set; } = PerMinute(1);

    /// <summary>No limit at all.</summary>
    public static FakeLimits Unlimited() =>
        new()
        {
            Channel = FakePace.None,
            Workspace = FakeLimit.None,
            Tier1 = FakeLimit.None,
            Tier2 = FakeLimit.None,
            Tier3 = FakeLimit.None,
            Tier4 = FakeLimit.None,
            Special = FakeLimit.None,
            Connections = FakeLimit.None,
            SmallHistory = FakeLimit.None,
        };

    private static FakeLimit PerMinute(int count) => new(count, TimeSpan.FromMinutes(1));
}
