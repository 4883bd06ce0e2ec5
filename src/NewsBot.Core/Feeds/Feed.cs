namespace NewsBot.Core.Feeds;

/// <summary>A feed as claimed for one poll.</summary>
/// <param name="Id">Which feed.</param>
/// <param name="Url">Absolute http or https address.</param>
/// <param name="ETag">Validator of the last answer; null for none.</param>
/// <param name="LastModified">Validator of the last answer; null for none.</param>
/// <param name="BodyHash">Hash of the last body; null for none.</param>
/// <param name="Interval">The interval learnt so far.</param>
/// <param name="MinInterval">The smallest interval any of its sources asks for; null where none does.</param>
/// <param name="FailuresInRow">Polls that failed since the last good one.</param>
/// <param name="IsFirst">True until entries were taken in for the first time.</param>
/// <param name="Offer">Entries that subscriptions want of what it holds already: on its first poll, or of one that others have polled before.</param>
/// <param name="NormalNew">Moving average of new entries a poll, for the flood brake.</param>
public sealed record Feed(
    FeedId Id,
    Uri Url,
    string? ETag,
    string? LastModified,
    string? BodyHash,
    TimeSpan Interval,
    TimeSpan? MinInterval,
    int FailuresInRow,
    bool IsFirst,
    int Offer,
    double NormalNew
)
{
    /// <summary>What opens it; null for none.</summary>
    public FeedLogin? Login { get; init; }

    /// <summary>How it is read where it is a web page; null for a feed.</summary>
    public PageSource? Page { get; init; }

    /// <summary>True while its hub tells us of its news.</summary>
    public bool IsPushed { get; init; }
}
