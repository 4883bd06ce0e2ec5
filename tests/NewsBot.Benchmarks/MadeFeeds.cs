using System.Globalization;
using System.Text;

namespace NewsBot.Benchmarks;

/// <summary>Feeds like those of newspapers, blogs, podcasts and press offices, grown from a seed: the same seed makes the same bytes.</summary>
internal static class MadeFeeds
{
    private const int Usual = 200;

    // What is called random here has to come out the same on every run.
#pragma warning disable CA5394
    private static readonly string[][] Languages =
    [
        "the harbour council said on Monday that new ferry lines would open before summer while traders asked for more room at the pier".Split(
            ' '
        ),
        "die Stadt will am Montag den Hafen für Fußgänger öffnen während Händler längere Öffnungszeiten und größere Flächen wünschen".Split(
            ' '
        ),
        "le port rouvrira lundi après des mois de travaux où les pêcheurs espèrent déjà une saison meilleure que l’année dernière".Split(
            ' '
        ),
        "новый мост через реку открыли раньше срока жители города говорят что дорога до школы стала короче на десять минут".Split(
            ' '
        ),
        "市議会は 月曜日に 新しい 橋の 計画を 可決した 住民は 学校までの 道が 短くなると 話している".Split(' '),
    ];

    /// <param name="seed">What they grow from.</param>
    /// <param name="count">How many.</param>
    /// <param name="mostItems">Each has between a sixth of so many items and so many.</param>
    public static List<byte[]> Make(int seed, int count = Usual, int mostItems = 60)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(number => Encoding.UTF8.GetBytes(Feed(random, number, mostItems))),
        ];
    }

    private static string Feed(Random random, int number, int mostItems)
    {
        var words = Languages[number % Languages.Length];
        var items = random.Next(mostItems / 6, mostItems);
        var document = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        return (number % 4) switch
        {
            0 => Rss(document, random, words, items, hasContent: false),
            1 or 2 => Rss(document, random, words, items, hasContent: true),
            _ => Atom(document, random, words, items),
        };
    }

    private static string Rss(StringBuilder document, Random random, string[] words, int items, bool hasContent)
    {
        document.Append(
            """
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
            <channel>
              <title>Made for measuring</title>
              <link>https://outlet.example/</link>
              <atom:link href="https://outlet.example/feed" rel="self" type="application/rss+xml" />
              <description>News that never happened</description>
              <language>en</language>

            """
        );
        for (var i = 0; i < items; i++)
        {
            var at = Moment(random);
            document
                .Append("    <item>\n      <title>")
                .Append(Words(random, words, 9))
                .Append(
                    CultureInfo.InvariantCulture,
                    $"</title>\n      <link>https://outlet.example/news/{random.Next():x8}?a=1&amp;b={i}</link>\n"
                )
                .Append(CultureInfo.InvariantCulture, $"      <guid isPermaLink=\"false\">{random.Next()}</guid>\n")
                .Append(CultureInfo.InvariantCulture, $"      <pubDate>{at:r}</pubDate>\n      <dc:creator><![CDATA[")
                .Append(Words(random, words, 2))
                .Append("]]></dc:creator>\n      <category>")
                .Append(Words(random, words, 1))
                .Append("</category>\n      <description>");
            if (hasContent)
            {
                document
                    .Append("<![CDATA[<p>")
                    .Append(Words(random, words, 40))
                    .Append("</p>]]></description>\n      <content:encoded><![CDATA[");
                Article(document, random, words);
                document.Append("]]></content:encoded>\n");
            }
            else
            {
                document
                    .Append(Words(random, words, 40))
                    .Append(" &lt;a href=&quot;https://outlet.example/more&quot;&gt;more&lt;/a&gt;</description>\n");
            }

            document.Append(
                CultureInfo.InvariantCulture,
                $"      <media:content url=\"https://outlet.example/img/{i}.jpg\" medium=\"image\" width=\"1200\" height=\"675\"/>\n    </item>\n"
            );
        }

        return document.Append("</channel></rss>").ToString();
    }

    private static string Atom(StringBuilder document, Random random, string[] words, int items)
    {
        document.Append(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
              <title>Made for measuring</title>
              <link href="https://outlet.example/" />
              <link rel="self" href="https://outlet.example/atom.xml" />
              <id>https://outlet.example/</id>

            """
        );
        for (var i = 0; i < items; i++)
        {
            var article = new StringBuilder();
            Article(article, random, words);
            article.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
            document
                .Append("  <entry>\n    <title type=\"html\">")
                .Append(Words(random, words, 9))
                .Append(
                    CultureInfo.InvariantCulture,
                    $"</title>\n    <link rel=\"alternate\" type=\"text/html\" href=\"https://outlet.example/{i}\" />\n"
                )
                .Append(CultureInfo.InvariantCulture, $"    <id>tag:outlet.example,2026:{random.Next()}</id>\n")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"    <published>{Moment(random):yyyy-MM-ddTHH:mm:ssZ}</published>\n    <updated>{Moment(random):yyyy-MM-ddTHH:mm:ssZ}</updated>\n"
                )
                .Append("    <author><name>")
                .Append(Words(random, words, 2))
                .Append("</name></author>\n    <summary>")
                .Append(Words(random, words, 30))
                .Append("</summary>\n    <content type=\"html\">")
                .Append(article)
                .Append("</content>\n  </entry>\n");
        }

        return document.Append("</feed>").ToString();
    }

    private static void Article(StringBuilder text, Random random, string[] words)
    {
        for (var paragraph = random.Next(3, 12); paragraph > 0; paragraph--)
        {
            text.Append("<p>")
                .Append(Words(random, words, random.Next(20, 70)))
                .Append(
                    CultureInfo.InvariantCulture,
                    $" <a href=\"https://outlet.example/t/{paragraph}\" title=\"more\">"
                )
                .Append(Words(random, words, 3))
                .Append("</a>, <strong>")
                .Append(Words(random, words, 2))
                .Append("</strong> &amp; ")
                .Append(Words(random, words, 10))
                .Append("</p>\n");
        }

        text.Append("<figure><img src=\"https://outlet.example/i.jpg\" alt=\"A picture\" width=\"640\" /></figure>");
    }

    private static string Words(Random random, string[] words, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)]));

    private static DateTime Moment(Random random) =>
        new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(86_400));
#pragma warning restore CA5394
}
