namespace NewsBot.Core.Feeds;

/// <summary>How reading a feed document ended.</summary>
public abstract record FeedParseOutcome
{
    private FeedParseOutcome() { }

    /// <summary>The document is a feed.</summary>
    public sealed record Parsed(ParsedFeed Feed) : FeedParseOutcome;

    /// <summary>The document is something else.</summary>
    /// <param name="Reason">One English sentence for the person who added the source, with what was found instead.</param>
    public sealed record NotAFeed(string Reason) : FeedParseOutcome;
}
