using System.Runtime.InteropServices;
using System.Text;
using System.Xml;

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
    public static FeedParseOutcome Parse(ReadOnlyMemory<byte> body, string? contentType, Uri documentUrl)
    {
        if (NotFeed.BeforeReading(body.Span) is { } reason)
        {
            return new FeedParseOutcome.NotAFeed(reason);
        }

        var isPlain = FeedEncoding.MayBePlainUtf8(body.Span, contentType);
        if (isPlain && ReadStrictly(documentUrl, () => new StrictMarkup(AsStream(body))) is { } read)
        {
            return Outcome(read, repaired: false, () => Encoding.UTF8.GetString(body.Span));
        }

        return ParseDetected(body, contentType, documentUrl, isPlain);
    }

    /// <summary>The way of all documents that are not simply well-formed UTF-8.</summary>
    private static FeedParseOutcome ParseDetected(
        ReadOnlyMemory<byte> body,
        string? contentType,
        Uri documentUrl,
        bool failedAsUtf8
    )
    {
        var (encoding, skip) = FeedEncoding.Detect(body.Span, contentType);
        var text = body[skip..];
        if (JsonFeedReader.LooksLikeJson(text.Span, encoding))
        {
            return JsonFeedReader.Read(text, encoding, documentUrl);
        }

        // What is UTF-8 and was read as that in vain is not well-formed.
        var isIllFormed = failedAsUtf8 && encoding.CodePage == Encoding.UTF8.CodePage;
        var builder = isIllFormed
            ? null
            : ReadStrictly(
                documentUrl,
                () =>
                    new StrictMarkup(
                        new StreamReader(AsStream(text), encoding, detectEncodingFromByteOrderMarks: false)
                    )
            );
        if (builder is not null)
        {
            return Outcome(builder, repaired: false, () => encoding.GetString(text.Span));
        }

        var source = encoding.GetString(text.Span);
        builder = new FeedBuilder(documentUrl);
        builder.Read(new LooseMarkup(source));
        return Outcome(builder, repaired: true, () => source);
    }

    private static FeedParseOutcome Outcome(FeedBuilder builder, bool repaired, Func<string> source) =>
        builder.IsFeed
            ? new FeedParseOutcome.Parsed(builder.Finish(repaired))
            : new FeedParseOutcome.NotAFeed(NotFeed.AfterReading(builder.RootName, source()));

    /// <summary>Null where the document is not well-formed.</summary>
    private static FeedBuilder? ReadStrictly(Uri documentUrl, Func<StrictMarkup> open)
    {
        var builder = new FeedBuilder(documentUrl);
        try
        {
            using var markup = open();
            builder.Read(markup);
            return builder;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
}
