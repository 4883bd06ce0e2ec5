namespace NewsBot.Core.Feeds;

/// <summary>How a poll ended, as far as the schedule cares.</summary>
public enum PollEnding
{
    /// <summary>The feed was read, whether or not it held anything new.</summary>
    Read,

    /// <summary>The server had nothing newer.</summary>
    Unchanged,

    /// <summary>The server asked for a pause.</summary>
    Throttled,

    /// <summary>No document, or one that is not a feed.</summary>
    Failed,

    /// <summary>The publisher says the feed is gone for good.</summary>
    Gone,
}
