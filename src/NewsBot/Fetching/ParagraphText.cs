using System.Collections.Frozen;
using System.Text;
using AngleSharp.Dom;

namespace NewsBot.Fetching;

/// <summary>Writes the paragraphs of a tree as plain text. Pure; walks without recursion.</summary>
internal static class ParagraphText
{
    // What is no running text: a sentence taken from here would not stand in the article.
    private static readonly FrozenSet<string> LeftOut = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            .. (ReadOnlySpan<string>)
                ["script", "style", "noscript", "template", "figure", "figcaption", "table", "nav"],
            .. (ReadOnlySpan<string>)["aside", "form", "button", "select", "svg", "math", "iframe", "pre", "sup"],
            .. (ReadOnlySpan<string>)["h1", "h2", "h3", "h4", "h5", "h6"],
        ]
    );

    private static readonly FrozenSet<string> Inline = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            .. (ReadOnlySpan<string>)
                ["a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font"],
            .. (ReadOnlySpan<string>)["i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub"],
            .. (ReadOnlySpan<string>)["time", "tt", "u", "var", "wbr", "img"],
        ]
    );

    /// <summary>The running text, paragraphs separated by an empty line.</summary>
    /// <param name="root">Where to start; null gives an empty text.</param>
    /// <param name="maxLength">No paragraph begins that would pass it; a single longer one is cut.</param>
    public static string Of(INode? root, int maxLength)
    {
        var text = new StringBuilder();
        var paragraph = new StringBuilder();
        for (var step = new TreeStep(root, Leaves: false); step.Node is not null; step = step.Next(root, Skipped))
        {
            if (step.Node is IText words && !step.Leaves)
            {
                paragraph.Append(words.Data);
            }
            else if (
                step.Node is IElement { LocalName: var name }
                && !Inline.Contains(name)
                && !TryEnd(paragraph, text, maxLength)
            )
            {
                return text.ToString();
            }
        }

        TryEnd(paragraph, text, maxLength);
        return text.ToString();
    }

    /// <summary>All white space and control characters become single blanks, none at the ends.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (!char.IsWhiteSpace(letter) && !char.IsControl(letter))
            {
                line.Append(letter);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    private static bool Skipped(INode node) => node is IElement element && LeftOut.Contains(element.LocalName);

    /// <summary>Ends a paragraph; false where it does not fit any more.</summary>
    private static bool TryEnd(StringBuilder paragraph, StringBuilder text, int maxLength)
    {
        var line = OneLine(paragraph.ToString());
        paragraph.Clear();
        var gap = text.Length == 0 ? 0 : 2;
        if (line.Length == 0)
        {
            return true;
        }

        if (text.Length + gap + line.Length > maxLength)
        {
            if (gap == 0)
            {
                // Not between the halves of a surrogate pair.
                text.Append(line, 0, char.IsHighSurrogate(line[maxLength - 1]) ? maxLength - 1 : maxLength);
            }

            return false;
        }

        text.Append(gap == 0 ? "" : "\n\n").Append(line);
        return true;
    }
}
