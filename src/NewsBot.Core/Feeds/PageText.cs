using System.Text;
using AngleSharp.Dom;

namespace NewsBot.Core.Feeds;

/// <summary>The words of a part of a page, on one line. Pure.</summary>
internal static class PageText
{
    // Between these words do not run together although no space stands there.
    private static readonly HashSet<string> Inline = new(StringComparer.Ordinal)
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "wbr",
    };

    /// <param name="element">Whose words are wanted.</param>
    /// <param name="most">So many characters at most; the last word may be cut.</param>
    public static string Of(IElement element, int most)
    {
        var text = new StringBuilder();
        Add(element, text, most, 0);
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }

        return text.ToString();
    }

    private static void Add(INode node, StringBuilder text, int most, int depth)
    {
        if (text.Length >= most || depth > PageTree.MaxDepth)
        {
            return;
        }

        if (node is IText words)
        {
            Add(words.Data, text, most);
            return;
        }

        var breaks = node is IElement element && !Inline.Contains(element.LocalName);
        if (breaks)
        {
            Space(text);
        }

        foreach (var child in node.ChildNodes)
        {
            Add(child, text, most, depth + 1);
        }

        if (breaks)
        {
            Space(text);
        }
    }

    private static void Add(string words, StringBuilder text, int most)
    {
        foreach (var letter in words)
        {
            if (text.Length >= most)
            {
                return;
            }

            if (char.IsWhiteSpace(letter))
            {
                Space(text);
            }
            else if (!char.IsControl(letter))
            {
                text.Append(letter);
            }
        }
    }

    private static void Space(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != ' ')
        {
            text.Append(' ');
        }
    }
}
