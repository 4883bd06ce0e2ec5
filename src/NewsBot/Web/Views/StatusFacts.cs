using NewsBot.Storage;

namespace NewsBot.Web.Views;

/// <summary>What the status page is made from.</summary>
internal sealed record StatusFacts
{
    public required IReadOnlyList<SourceFacts> Sources { get; init; }

    public required IReadOnlyList<ChannelStatus> Channels { get; init; }

    /// <summary>Posts of the last 24 hours: their cause and when the platform had them.</summary>
    public required IReadOnlyList<(DateTimeOffset CauseAt, DateTimeOffset SentAt)> Posts { get; init; }

    public required long DatabaseBytes { get; init; }

    /// <summary>Feeds that name a hub, and how many of them it pushes.</summary>
    public required (int Pushed, int All) Hubs { get; init; }

    /// <summary>The processes that share the database; empty where one has it to itself.</summary>
    public required IReadOnlyList<ProcessFacts> Processes { get; init; }

    /// <summary>Why nothing can be stored; null where everything can.</summary>
    public StorageTrouble? Storage { get; init; }

    /// <summary>What an admin has to mend on a platform, the oldest first.</summary>
    public required IReadOnlyList<TroubleFacts> Troubles { get; init; }

    /// <summary>Members to whom a notice could not be delivered; each once.</summary>
    public required IReadOnlyList<string> Unreachable { get; init; }
}

/// <summary>One of the processes that share the database.</summary>
/// <param name="Name">Its machine and process id.</param>
/// <param name="Roles">What it does.</param>
/// <param name="Version">Of the program.</param>
/// <param name="Leases">What it does for all, such as discord.</param>
/// <param name="Settings">Prints of what it was told; null where it says nothing of that.</param>
/// <param name="StartedAt">UTC.</param>
internal sealed record ProcessFacts(
    string Name,
    IReadOnlyList<string> Roles,
    string Version,
    IReadOnlyList<string> Leases,
    string? Settings,
    DateTimeOffset StartedAt
);

/// <summary>Something an admin has to mend.</summary>
/// <param name="Workspace">Name of the workspace.</param>
/// <param name="Words">What it is and which switch mends it, in our Markdown.</param>
/// <param name="Since">UTC.</param>
/// <param name="IsPrivate">True where it speaks of a channel that is not public.</param>
internal sealed record TroubleFacts(string Workspace, string Words, DateTimeOffset Since, bool IsPrivate);

/// <summary>One source and its feed.</summary>
/// <param name="Name">As the community calls it.</param>
/// <param name="Format">rss, rdf, atom, json or html; null before the first success.</param>
/// <param name="IsRetired">True where the publisher said that the feed is gone.</param>
/// <param name="Failures">Polls that failed in a row.</param>
/// <param name="LastError">Why the last one failed; null for none.</param>
/// <param name="IsQuiet">True where nobody is told of failures: it came with the starter newsroom.</param>
/// <param name="PausedAt">UTC; null where it is not paused.</param>
/// <param name="PausedBy">Who paused it; null where nobody did.</param>
/// <param name="LastPolledAt">UTC; null for never.</param>
/// <param name="LastSuccessAt">UTC; null for never.</param>
/// <param name="NextPollAt">UTC.</param>
/// <param name="Days">Entries a day over 14 days, the oldest first.</param>
internal sealed record SourceFacts(
    string Name,
    string? Format,
    bool IsRetired,
    int Failures,
    string? LastError,
    bool IsQuiet,
    DateTimeOffset? PausedAt,
    string? PausedBy,
    DateTimeOffset? LastPolledAt,
    DateTimeOffset? LastSuccessAt,
    DateTimeOffset NextPollAt,
    IReadOnlyList<int> Days
)
{
    /// <summary>Which source; 0 where the viewer finds no page of it.</summary>
    public long Id { get; init; }

    /// <summary>What is wrong with a page that lists far fewer entries than usual; empty where nothing is.</summary>
    public string Few { get; init; } = "";
}
