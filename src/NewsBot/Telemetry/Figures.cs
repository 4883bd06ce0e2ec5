namespace NewsBot.Telemetry;

/// <summary>How the newsroom stands, as far as only its database knows.</summary>
internal sealed record Figures
{
    /// <summary>How many sources are in each state: active, failing, paused or gone.</summary>
    public required IReadOnlyDictionary<string, long> Sources { get; init; }

    /// <summary>What waits to be sent, one a platform that something waits for.</summary>
    public required IReadOnlyList<WaitingPosts> Waiting { get; init; }

    /// <summary>How many channels of each platform refuse the bot.</summary>
    public required IReadOnlyDictionary<string, long> Parked { get; init; }

    /// <summary>How long the most overdue digest is overdue; zero where none is.</summary>
    public required TimeSpan DigestOverdue { get; init; }
}

/// <summary>What waits to be sent on one platform; what waits for channels that refuse the bot is not counted.</summary>
/// <param name="Platform">As it is stored.</param>
/// <param name="Count">How many posts.</param>
/// <param name="OldestAge">For how long the oldest waits whose time has come.</param>
internal sealed record WaitingPosts(string Platform, long Count, TimeSpan OldestAge);

/// <summary>What happened to replies since the last look.</summary>
/// <param name="Events">How often each kind of event was told on each platform.</param>
/// <param name="Lags">Of each new comment: its platform, and how long after it was written it stood on the page.</param>
internal sealed record NewReplies(
    IReadOnlyList<(string Platform, string Kind, long Count)> Events,
    IReadOnlyList<(string Platform, TimeSpan Lag)> Lags
);
