namespace NewsBot.Core.Feeds;

/// <summary>What is remembered of one poll.</summary>
/// <param name="Feed">The feed as it was claimed.</param>
/// <param name="Plan">When it is polled next; null where it was not polled: its hub sent the document, and what is known of its polls stays.</param>
/// <param name="Now">When the poll ended, UTC.</param>
/// <param name="Error">What went wrong, in words for its admins; null where nothing did.</param>
/// <param name="MovedTo">Its new address where the server moved it for good; else null.</param>
/// <param name="IsRetired">True where the server says it is gone for good.</param>
/// <param name="IsContact">True where the server answered as a feed should, with news or without.</param>
public sealed record FeedPoll(
    Feed Feed,
    PollPlan? Plan,
    DateTimeOffset Now,
    string? Error,
    Uri? MovedTo,
    bool IsRetired,
    bool IsContact
)
{
    /// <summary>A validator that came with a “not modified”; null keeps the old one.</summary>
    public string? ETag { get; init; }

    /// <summary>As <see cref="ETag"/>.</summary>
    public string? LastModified { get; init; }

    /// <summary>What is known of a page's usual entries from now on; null where none were read.</summary>
    public PageCount? Page { get; init; }
}
