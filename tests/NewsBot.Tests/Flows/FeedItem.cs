using System.Globalization;
using System.Net;

namespace NewsBot.Tests.Flows;

/// <summary>One item of an RSS feed under test.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="At">When it was published.</param>
internal sealed record FeedItem(string Title, DateTimeOffset At)
{
    public string Link { get; init; } = $"https://outlet.example/{Title.Replace(' ', '-').ToLowerInvariant()}";

    public string Guid { get; init; } = Title;

    public string Text { get; init; } = $"{Title}. That is all that is known so far, and more will be told tomorrow.";

    public string? Category { get; init; }

    /// <summary>Further elements.</summary>
    public string More { get; init; } = "";

    /// <summary>A whole feed.</summary>
    /// <param name="name">Its title.</param>
    /// <param name="items">Newest first, as feeds have them.</param>
    public static string Rss(string name, IEnumerable<FeedItem> items) =>
        $"""
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>{name}</title><link>https://outlet.example/</link>
            {string.Concat(items.Select(item => item.ToXml()))}
            </channel></rss>
            """;

    private string ToXml() =>
        $"""
            <item>
              <title>{WebUtility.HtmlEncode(Title)}</title>
              <link>{WebUtility.HtmlEncode(Link)}</link>
              <guid isPermaLink="false">{WebUtility.HtmlEncode(Guid)}</guid>
              <pubDate>{At.ToString("R", CultureInfo.InvariantCulture)}</pubDate>
              <description>{WebUtility.HtmlEncode(Text)}</description>
              {(Category is null ? "" : $"<category>{Category}</category>")}
              {More}
            </item>
            """;
}
