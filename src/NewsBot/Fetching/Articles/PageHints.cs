using AngleSharp.Dom;

namespace NewsBot.Fetching.Articles;

/// <summary>Reads the hints that sites give about the parts of their pages. Pure.</summary>
internal static class PageHints
{
    // Generated names are longer, and say nothing.
    private const int MaxName = 64;

    // Utility style sheets put dozens of names on an element; those that tell stand among the first.
    private const int MaxNames = 16;
    private const int MaxWords = 8;

    /// <summary>All that an element says about itself.</summary>
    public static PageHint Of(IElement element)
    {
        var hint = ByTag(element.LocalName);
        var attributes = element.Attributes;
        for (var at = 0; at < attributes.Length; at++)
        {
            // The id of a headline is made of its words.
            var name = attributes[at]!.Name;
            hint |=
                name == "id" && PageTags.HeadingLevel(element.LocalName) > 0
                    ? PageHint.None
                    : ByAttribute(name, attributes[at]!.Value);
        }

        return hint;
    }

    private static PageHint ByTag(string tag) =>
        tag switch
        {
            "nav" or "footer" or "aside" or "menu" or "dialog" => PageHint.Out,
            "form" or "figcaption" or "address" or "noscript" => PageHint.Side,
            "header" => PageHint.Head,
            "article" or "main" => PageHint.Content,
            _ => PageHint.None,
        };

    private static PageHint ByAttribute(string name, string value) =>
        name switch
        {
            "class" or "id" => ByNames(value),
            "hidden" => PageHint.Side,
            "aria-hidden" => value == "true" ? PageHint.Side : PageHint.None,
            "style" => IsUnseen(value) ? PageHint.Side : PageHint.None,
            "role" => ByRole(value),
            "itemprop" => ByProperty(value),
            "itemtype" => value.EndsWith("Comment", StringComparison.Ordinal) ? PageHint.Talk : PageHint.None,
            _ => PageHint.None,
        };

    private static PageHint ByRole(string role) =>
        role switch
        {
            "main" or "article" => PageHint.Content,
            "navigation" or "complementary" or "contentinfo" or "search" or "dialog" or "alertdialog" => PageHint.Out,
            "menu" or "menubar" or "toolbar" or "tablist" or "tooltip" or "banner" => PageHint.Side,
            _ => PageHint.None,
        };

    private static PageHint ByProperty(string property) =>
        property switch
        {
            "articleBody" => PageHint.Body,
            "comment" => PageHint.Talk,
            "author" or "publisher" or "datePublished" or "dateModified" or "keywords" => PageHint.Side,
            _ => PageHint.None,
        };

    private static bool IsUnseen(string style)
    {
        var at = style.IndexOf("display", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return false;
        }

        var rest = style.AsSpan(at + "display".Length).TrimStart();
        return rest.StartsWith(":") && rest[1..].TrimStart().StartsWith("none", StringComparison.OrdinalIgnoreCase);
    }

    private static PageHint ByNames(string names)
    {
        var hint = PageHint.None;
        var count = 0;
        foreach (var range in names.AsSpan().SplitAny(' ', '\t', '\n', '\r', '\f'))
        {
            var name = names.AsSpan(range);
            if (name.Length is > 1 and <= MaxName)
            {
                hint |= ByName(name);
                if (++count == MaxNames)
                {
                    break;
                }
            }
        }

        return hint;
    }

    private static PageHint ByName(ReadOnlySpan<char> name)
    {
        Span<char> letters = stackalloc char[MaxName];
        Span<int> ends = stackalloc int[MaxWords];
        var count = Split(name, letters, ends);
        if (count == 0)
        {
            return PageHint.None;
        }

        var words = new NameWords(letters, ends[..count]);
        if (words.IsAny(PageNames.Notices, withPairs: true))
        {
            return PageHint.Out;
        }

        if (words.IsAny(PageNames.Asides, withPairs: true))
        {
            return PageHint.Side;
        }

        if (PageNames.Modifiers.Contains(words[0]) && count > 1)
        {
            return PageHint.None;
        }

        if (words.IsAny(PageNames.Talk, withPairs: false) && !PageNames.States.Contains(words[count - 1]))
        {
            return PageHint.Talk;
        }

        if (PageNames.Edges.Contains(words[0]) || PageNames.Edges.Contains(words[count - 1]))
        {
            return PageHint.Side;
        }

        return (words.IsAny(PageNames.Bodies, withPairs: true) ? PageHint.Body : PageHint.None)
            | (words.IsAny(PageNames.Leads, withPairs: false) ? PageHint.Lead : PageHint.None)
            | (PageNames.Contents.Contains(words[count - 1]) ? PageHint.Content : PageHint.None);
    }

    /// <summary>Takes a name apart at signs, digits and capitals, and puts its letters in lower case after one another.</summary>
    private static int Split(ReadOnlySpan<char> name, Span<char> letters, Span<int> ends)
    {
        var (length, count) = (0, 0);
        for (var at = 0; at < name.Length; at++)
        {
            var isLetter = char.IsLetter(name[at]);
            var starts = !isLetter || (at > 0 && char.IsUpper(name[at]) && char.IsLower(name[at - 1]));
            if (starts && length > (count == 0 ? 0 : ends[count - 1]))
            {
                if (count == ends.Length)
                {
                    return count;
                }

                ends[count++] = length;
            }

            if (isLetter)
            {
                letters[length++] = char.ToLowerInvariant(name[at]);
            }
        }

        if (count < ends.Length && length > (count == 0 ? 0 : ends[count - 1]))
        {
            ends[count++] = length;
        }

        return count;
    }
}
