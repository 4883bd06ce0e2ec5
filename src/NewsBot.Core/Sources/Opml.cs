using System.Globalization;
using System.Text;
using System.Xml;

namespace NewsBot.Core.Sources;

/// <summary>Reads and writes lists of feeds. Pure. Source: https://opml.org/spec2.opml</summary>
public static class Opml
{
    /// <summary>A list with more feeds is cut: nobody follows as many, and one import must stay within bounds.</summary>
    public const int MaxSources = 20_000;

    /// <summary>A longer list is not read at all: 20,000 feeds need about 5 MB.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>A longer title is cut.</summary>
    public const int MaxTitleLength = 300;

    /// <summary>A longer address is not taken: browsers and servers give up at about this length.</summary>
    public const int MaxUrlLength = 2_048;

    // After as many, further sentences help nobody.
    private const int MaxProblems = 10_000;

    /// <summary>Reads what can be read: a broken line costs that line only.</summary>
    /// <param name="bytes">The file as sent, in any encoding it declares; at most <see cref="MaxBytes"/>.</param>
    /// <returns>Never null and never throws on bad input.</returns>
    public static OpmlDocument Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return new OpmlDocument([], [$"The list is larger than {MaxBytes / 1024 / 1024} MB and was not read."]);
        }

        return new OpmlReader(MaxSources, MaxProblems).Read(new OpmlScanner(Decode(bytes.Span)));
    }

    /// <summary>Writes OPML 2.0 that every feed reader takes: UTF-8, one folder per part of a category.</summary>
    /// <param name="title">What the list is called.</param>
    /// <param name="sources">Feeds of one category stay in their order; categories follow the order of their first feed.</param>
    public static ReadOnlyMemory<byte> Write(string title, IEnumerable<OpmlSource> sources)
    {
        var settings = new XmlWriterSettings
        {
            Indent = true,
            Encoding = new UTF8Encoding(false),
            NewLineChars = "\n",
        };
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, settings))
        {
            xml.WriteStartElement("opml");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteStartElement("head");
            xml.WriteElementString("title", Clean(title));
            xml.WriteEndElement();
            xml.WriteStartElement("body");
            WriteFolder(xml, [.. sources], 0);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    /// <summary>Makes a title one line of characters that XML can carry.</summary>
    internal static string Clean(string title)
    {
        var clean = new StringBuilder(title.Length);
        foreach (var rune in title.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned))
            {
                clean.Append(rune.ToString());
            }

            if (clean.Length >= MaxTitleLength)
            {
                break;
            }
        }

        return clean.ToString().Trim();
    }

    // What XML cannot carry would end the writing of all.
    private static string Carried(string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Where(rune => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
                .Select(rune => rune.ToString())
        );

    private static void WriteFolder(XmlWriter xml, List<OpmlSource> sources, int depth)
    {
        foreach (var source in sources.Where(source => Folders(source).Length == depth))
        {
            WriteSource(xml, source);
        }

        var inner = sources.Where(source => Folders(source).Length > depth);
        foreach (var folder in inner.GroupBy(source => Folders(source)[depth], StringComparer.Ordinal))
        {
            xml.WriteStartElement("outline");
            xml.WriteAttributeString("text", folder.Key);
            WriteFolder(xml, [.. folder], depth + 1);
            xml.WriteEndElement();
        }
    }

    private static void WriteSource(XmlWriter xml, OpmlSource source)
    {
        var title = Clean(source.Title);
        xml.WriteStartElement("outline");
        // Other readers must not take the page for a feed.
        xml.WriteAttributeString("type", source.Items is null ? "rss" : "html");
        xml.WriteAttributeString("text", title);
        xml.WriteAttributeString("title", title);
        xml.WriteAttributeString("xmlUrl", source.Url.AbsoluteUri);
        if (source.Items is { } items)
        {
            xml.WriteAttributeString("items", Carried(items));
        }

        if (source.SiteUrl is { } site)
        {
            xml.WriteAttributeString("htmlUrl", site.AbsoluteUri);
        }

        xml.WriteEndElement();
    }

    // Deeper folders are joined into the last one, so that writing never recurses further than a reader follows.
    private static string[] Folders(OpmlSource source) =>
        Clean(source.Category ?? "")
            .Split('/', OpmlReader.MaxDepth, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                return Encoding.UTF8.GetString(bytes[3..]);
            case [0xFF, 0xFE, ..]:
                return Encoding.Unicode.GetString(bytes[2..]);
            case [0xFE, 0xFF, ..]:
                return Encoding.BigEndianUnicode.GetString(bytes[2..]);
            default:
                break;
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Declared(bytes).GetString(bytes);
        }
    }

    /// <summary>The encoding named in the XML declaration, else the one old Windows programs write.</summary>
    private static Encoding Declared(ReadOnlySpan<byte> bytes)
    {
        var pages = CodePagesEncodingProvider.Instance;
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 200)]);
        var from = head.IndexOf("encoding=", StringComparison.OrdinalIgnoreCase) + "encoding=".Length + 1;
        var to = head.AsSpan(Math.Min(from, head.Length)).IndexOfAny('"', '\'');
        var name = from > "encoding=".Length && to > 0 ? head.Substring(from, to) : "";
        try
        {
            return name.Length == 0 ? pages.GetEncoding(1252)! : pages.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return pages.GetEncoding(1252)!;
        }
    }
}
