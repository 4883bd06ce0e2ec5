using System.Globalization;
using System.Text;
using System.Xml;

namespace NewsBot.Web.Pages;

/// <summary>Writes Atom. Pure.</summary>
internal static class AtomWriter
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Threads = "http://purl.org/syndication/thread/1.0";

    public static byte[] Write(AtomFeed feed)
    {
        using var memory = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true };
        using (var xml = XmlWriter.Create(memory, settings))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xmlns", "thr", null, Threads);
            Element(xml, "id", feed.Id);
            Element(xml, "title", feed.Title);
            Element(xml, "updated", Iso(feed.UpdatedAt));
            Link(xml, "self", feed.Self, "application/atom+xml");
            Link(xml, "alternate", feed.Page, "text/html");
            Element(xml, "generator", "NewsBot");
            foreach (var entry in feed.Entries)
            {
                Write(xml, entry);
            }

            xml.WriteEndElement();
        }

        return memory.ToArray();
    }

    private static void Write(XmlWriter xml, AtomEntry entry)
    {
        xml.WriteStartElement("entry", Atom);
        Element(xml, "id", entry.Id);
        Element(xml, "title", entry.Title);
        Link(xml, "alternate", entry.Page, "text/html");
        Element(xml, "published", Iso(entry.PublishedAt));
        Element(xml, "updated", Iso(entry.UpdatedAt));
        xml.WriteStartElement("author", Atom);
        Element(xml, "name", entry.Author);
        xml.WriteEndElement();
        if (entry.InReplyTo is { } answered)
        {
            xml.WriteStartElement("in-reply-to", Threads);
            xml.WriteAttributeString("ref", answered.Id);
            xml.WriteAttributeString("href", answered.Page);
            xml.WriteAttributeString("type", "text/html");
            xml.WriteEndElement();
        }

        if (entry.Content.Length > 0)
        {
            xml.WriteStartElement("content", Atom);
            xml.WriteAttributeString("type", entry.ContentType);
            xml.WriteString(Clean(entry.Content));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) =>
        xml.WriteElementString(name, Atom, Clean(text));

    private static void Link(XmlWriter xml, string relation, string address, string type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    // Names and headlines come from outside; XML has no way to write some of their characters.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                clean.Append(text[index]).Append(text[++index]);
            }
            else if (XmlConvert.IsXmlChar(text[index]))
            {
                clean.Append(text[index]);
            }
        }

        return clean.ToString();
    }

    private static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
