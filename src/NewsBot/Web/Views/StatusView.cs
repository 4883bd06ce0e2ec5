namespace NewsBot.Web.Views;

/// <summary>How the newsroom is doing.</summary>
internal sealed record StatusView
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>One sentence that says it all.</summary>
    public required string Headline { get; init; }

    public required string Version { get; init; }

    public required TimeSpan Up { get; init; }

    public required LagView Lag { get; init; }

    public required IReadOnlyList<SourceStatus> Sources { get; init; }

    public required IReadOnlyList<ChannelStatus> Channels { get; init; }

    public required IReadOnlyList<ConnectionStatus> Connections { get; init; }

    /// <summary>What an admin has to mend on a platform, the oldest first.</summary>
    public required IReadOnlyList<TroubleStatus> Troubles { get; init; }
}

/// <summary>How a thing is doing; each has its own shape and colour.</summary>
internal enum Health
{
    Well,
    Slow,
    Bad,
    Off,
}

/// <summary>From the feed to the chat over 24 hours.</summary>
/// <param name="Hours">24, the oldest first.</param>
/// <param name="Posts">Posts in that time.</param>
/// <param name="Half">Seconds within which half of all posts went out; null without posts.</param>
/// <param name="Most">Seconds within which 95 of 100 went out; null without posts.</param>
internal sealed record LagView(IReadOnlyList<LagHour> Hours, int Posts, double? Half, double? Most);

/// <summary>One hour of posts.</summary>
/// <param name="Start">UTC.</param>
/// <param name="Half">Seconds; null for an hour without posts.</param>
/// <param name="Most">Seconds; null for an hour without posts.</param>
internal sealed record LagHour(DateTimeOffset Start, double? Half, double? Most);

/// <summary>One source in the table.</summary>
/// <param name="Name">As the community calls it.</param>
/// <param name="Note">Its format, and in words what is wrong.</param>
/// <param name="Health">How it is doing.</param>
/// <param name="State">The same in a word.</param>
/// <param name="Days">Entries a day over 14 days, the oldest first.</param>
/// <param name="NextPollAt">UTC; null where it is not polled.</param>
internal sealed record SourceStatus(
    string Name,
    string Note,
    Health Health,
    string State,
    IReadOnlyList<int> Days,
    DateTimeOffset? NextPollAt
)
{
    /// <summary>Which source; 0 where the viewer finds no page of it.</summary>
    public long Id { get; init; }
}

/// <summary>One channel in the table.</summary>
/// <param name="Name">Without the number sign.</param>
/// <param name="Note">Its platform, and in words what is wrong.</param>
/// <param name="Queue">Posts that wait.</param>
/// <param name="LastPostAt">UTC; null where nothing was posted yet.</param>
/// <param name="IsParked">True where nothing is sent until an admin has mended it.</param>
internal sealed record ChannelStatus(string Name, string Note, int Queue, DateTimeOffset? LastPostAt, bool IsParked);

/// <summary>One thing the server depends on.</summary>
internal sealed record ConnectionStatus(string Name, string Note, Health Health, string State, DateTimeOffset? Since);

/// <summary>Something an admin has to mend.</summary>
/// <param name="Where">The workspace; empty where the viewer may not know.</param>
/// <param name="Html">What it is and which switch mends it; safe.</param>
/// <param name="Since">UTC.</param>
internal sealed record TroubleStatus(string Where, string Html, DateTimeOffset Since);
