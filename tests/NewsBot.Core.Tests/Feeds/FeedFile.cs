using System.Text;
using NewsBot.Core.Feeds;
using NewsBot.Testing;

namespace NewsBot.Core.Tests.Feeds;

/// <summary>Reads the corpus and feeds written in a test.</summary>
internal static class FeedFile
{
    public static readonly Uri Url = new("https://feed.example/dir/feed.xml");

    /// <summary>Where the documents with one trouble each lie.</summary>
    public static readonly string Troubles = Path.Combine(Corpus(), "troubles");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Corpus(), "feeds", name));

    private static string Corpus() => Path.Combine(Checkout.Root, "tests", "NewsBot.Testing", "Corpus");

    public static ParsedFeed Parse(string name) => Parsed(Bytes(name), null);

    public static ParsedFeed Parsed(byte[] body, string? contentType) =>
        Assert.IsType<FeedParseOutcome.Parsed>(FeedParser.Parse(body, contentType, Url)).Feed;

    public static ParsedFeed Text(string document) => Parsed(Encoding.UTF8.GetBytes(document), null);

    /// <summary>The only entry of an RSS feed with this inside its item.</summary>
    public static FeedEntry RssItem(string inside) =>
        Assert.Single(
            Text($"<rss version=\"2.0\"><channel><title>T</title><item>{inside}</item></channel></rss>").Entries
        );

    /// <summary>The only entry of an Atom feed with this inside its entry.</summary>
    public static FeedEntry AtomEntry(string inside) =>
        Assert.Single(Text($"<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>{inside}</entry></feed>").Entries);

    public static string Refusal(byte[] body) =>
        Assert.IsType<FeedParseOutcome.NotAFeed>(FeedParser.Parse(body, null, Url)).Reason;

    public static string Refusal(string document) => Refusal(Encoding.UTF8.GetBytes(document));
}
