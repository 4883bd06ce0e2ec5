using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using SkiaSharp;

namespace NewsBot.Testing.Servers;

/// <summary>Writes the well-formed feeds, article pages and pictures of three made-up outlets.</summary>
/// <param name="root">Where the site is reached, without a final slash.</param>
/// <param name="now">The time the newest article is an hour older than.</param>
public sealed class FakeNewsroom(string root, DateTimeOffset now)
{
    private static readonly (string Slug, string Headline, string Lead, string[] More)[] Articles =
    [
        (
            "harbour-bridge",
            "Harbour bridge opens to cyclists",
            "The new bridge across the harbour opened to cyclists on Monday after three years of work.",
            [
                "Several hundred people came to ride across it, and the mayor called it a good day for the whole town.",
                "The idea was born in 2021, when a group of neighbours collected signatures, wrote letters and met every week in the back room of a café. “We never thought it would take this long,” said Ada Field, who started the group.",
                "The costs came to 4.2 million, slightly less than planned. A report on the first six months, with numbers on use and upkeep, is to be published in the autumn.",
            ]
        ),
        (
            "solar-roof",
            "Town hall gets a solar roof",
            "Forty panels on the roof of the town hall will cover a third of its electricity from this spring.",
            [
                "Workers lifted the first of them into place with a crane at dawn, before the market opened below.",
                "The council had argued for two winters over whether slates from 1890 could bear the weight. An engineer from the coast measured every beam and found only one that had to be replaced.",
                "What the roof brings in summer and nobody needs goes to the swimming pool next door, whose boiler is the oldest in the county.",
            ]
        ),
        (
            "comet-visitor",
            "Comet returns after eighty years",
            "A comet last seen eighty years ago can be found with binoculars low in the western sky.",
            [
                "It stands a hand above the horizon half an hour after sunset, to the left of the evening star.",
                "Its tail points away from the sun and is longer than it looks, because it is turned towards us. Cameras show two tails, a bluish one of gas and a yellow one of dust.",
                "The observatory on the hill opens its dome on clear nights until the middle of the month. Children pay nothing, and hot tea is to be had from the astronomers themselves.",
            ]
        ),
        (
            "bakery-prize",
            "Village bakery wins national prize",
            "A bakery with four employees has won the national prize for its rye bread.",
            [
                "The jury tasted two hundred loaves without knowing who had made them, and gave this one full marks for its crust.",
                "Its dough rests for thirty hours in wooden troughs that the grandmother of the owner brought from the north. “Patience costs nothing,” says the owner, Per Holm, who sleeps above the oven.",
                "Since the news came, people queue at five in the morning. He will not bake more than before: the oven holds ninety loaves, and a second one would not be the same.",
            ]
        ),
    ];

    /// <summary>Number of articles each outlet has.</summary>
    public static int ArticleCount => Articles.Length;

    /// <summary>RSS 2.0 with pictures as enclosures.</summary>
    public string Rss()
    {
        var items = string.Concat(
            Articles.Select(
                (article, index) =>
                    $"""
                        <item>
                          <title>{WebUtility.HtmlEncode(article.Headline)}</title>
                          <link>{Link("harbour", index)}</link>
                          <guid isPermaLink="false">harbour-{article.Slug}</guid>
                          <pubDate>{Published(index).ToString("R", CultureInfo.InvariantCulture)}</pubDate>
                          <description>{WebUtility.HtmlEncode(article.Lead)}</description>
                          <enclosure url="{Picture(index)}" type="image/png" length="0"/>
                        </item>
                        """
            )
        );
        return RssOf("Harbour Post", items);
    }

    /// <summary>Atom 1.0.</summary>
    public string Atom()
    {
        var entries = string.Concat(
            Articles.Select(
                (article, index) =>
                    $"""
                        <entry>
                          <id>tag:field.example,2026:{article.Slug}</id>
                          <title>{WebUtility.HtmlEncode(article.Headline)}</title>
                          <link rel="alternate" href="{Link("field", index)}"/>
                          <updated>{Iso(Published(index))}</updated>
                          <author><name>Ada Field</name></author>
                          <summary>{WebUtility.HtmlEncode(article.Lead)}</summary>
                        </entry>
                        """
            )
        );
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
              <id>tag:field.example,2026:feed</id>
              <title>Field Review</title>
              <link rel="self" href="{root}/feeds/field.atom"/>
              <updated>{Iso(Published(0))}</updated>
            {entries}
            </feed>
            """;
    }

    /// <summary>JSON Feed 1.1.</summary>
    public string Json() =>
        JsonSerializer.Serialize(
            new
            {
                version = "https://jsonfeed.org/version/1.1",
                title = "Orbit Weekly",
                feed_url = $"{root}/feeds/orbit.json",
                language = "en",
                items = Articles.Select(
                    (article, index) =>
                        new
                        {
                            id = $"orbit-{article.Slug}",
                            url = Link("orbit", index),
                            title = article.Headline,
                            summary = article.Lead,
                            image = Picture(index),
                            date_published = Iso(Published(index)),
                        }
                ),
            }
        );

    /// <summary>An RSS 2.0 document around ready-made items.</summary>
    /// <param name="title">Title of the channel, plain text.</param>
    /// <param name="items">item elements.</param>
    public string RssOf(string title, string items) =>
        $"""
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0"><channel>
              <title>{WebUtility.HtmlEncode(title)}</title>
              <link>{root}/</link>
              <description>A made-up outlet</description>
            {items}
            </channel></rss>
            """;

    /// <summary>An RSS document with many small items.</summary>
    /// <param name="count">Number of items.</param>
    /// <param name="entryId">The guid of each, by its number.</param>
    public string Many(int count, Func<int, string> entryId)
    {
        var items = new StringBuilder();
        for (var index = 0; index < count; index++)
        {
            items.Append(
                CultureInfo.InvariantCulture,
                $"<item><title>Report {index}</title><link>{root}/articles/many/{index}</link><guid isPermaLink=\"false\">{entryId(index)}</guid></item>"
            );
        }

        return RssOf("Report Wire", items.ToString());
    }

    /// <summary>A whole article page with navigation, picture, byline and three paragraphs; null where there is none.</summary>
    /// <param name="outlet">harbour, field or orbit.</param>
    /// <param name="index">0 to <see cref="ArticleCount"/> - 1.</param>
    public string? Article(string outlet, int index)
    {
        if (index < 0 || index >= Articles.Length)
        {
            return null;
        }

        var (_, headline, lead, more) = Articles[index];
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <title>{WebUtility.HtmlEncode(headline)} | {outlet}</title>
              <meta property="og:title" content="{WebUtility.HtmlEncode(headline)}">
              <meta property="og:image" content="{Picture(index)}">
              <meta property="og:site_name" content="{outlet}">
              <meta name="author" content="Ada Field">
              <link rel="alternate" type="application/rss+xml" href="/feeds/harbour.rss">
            </head>
            <body>
              <nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
              <article>
                <h1>{WebUtility.HtmlEncode(headline)}</h1>
                <p>{WebUtility.HtmlEncode($"{lead} {more[0]}")}</p>
                <figure><img src="{Picture(index)}" alt=""><figcaption>The scene on Monday.</figcaption></figure>
                <p>{WebUtility.HtmlEncode(more[1])}</p>
                <p>{WebUtility.HtmlEncode(more[2])}</p>
              </article>
              <footer>All rights reserved. <a href="/imprint">Imprint</a></footer>
            </body>
            </html>
            """;
    }

    /// <summary>A picture of 800 × 450 pixels, PNG.</summary>
    /// <param name="index">Decides its colour.</param>
    public static byte[] Png(int index)
    {
        using var bitmap = new SKBitmap(800, 450);
        bitmap.Erase(SKColor.FromHsl(index * 67 % 360, 60, 50));
        // Something is to be seen on it: a picture of one colour is none.
        bitmap.Erase(SKColors.White, new SKRectI(200, 100, 500, 300));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private string Link(string outlet, int index) => $"{root}/articles/{outlet}/{index}";

    private string Picture(int index) => $"{root}/pictures/{index}.png";

    private DateTimeOffset Published(int index) => now.AddHours(-1 - 3 * index);

    private static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
