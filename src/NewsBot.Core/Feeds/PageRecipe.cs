namespace NewsBot.Core.Feeds;

/// <summary>
/// How a web page without a feed is read: a CSS selector for its items and, where the usual places inside an item are not
/// the right ones, selectors for their parts, such as <c>.news li; title: h3; date: time@datetime</c>.
/// </summary>
public sealed class PageRecipe
{
    /// <summary>A longer recipe is a mistake: no form takes as much.</summary>
    public const int MaxLength = 500;

    /// <summary>The parts of an item that may be named.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["title", "link", "date", "summary", "image"];

    private readonly Dictionary<string, PagePart> _parts;

    private PageRecipe(string text, PageSelector items, Dictionary<string, PagePart> parts) =>
        (Text, Items, _parts) = (text, items, parts);

    /// <summary>As it is kept and shown: one line, without double quotation marks.</summary>
    public string Text { get; }

    internal PageSelector Items { get; }

    /// <summary>Reads a recipe.</summary>
    /// <param name="text">As somebody wrote it.</param>
    /// <param name="problem">One or two English sentences about what cannot be read; empty where all can.</param>
    /// <returns>Null where it cannot be read.</returns>
    public static PageRecipe? Read(string text, out string problem)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace('"', '\'');
        if (line.Length > MaxLength)
        {
            problem = $"Selectors have at most {MaxLength} characters.";
            return null;
        }

        var pieces = Cut(line);
        if (PageSelectorReader.Read(pieces[0], out problem) is not { } items)
        {
            problem = $"“{pieces[0]}” is no selector for items. {problem}";
            return null;
        }

        var parts = new Dictionary<string, PagePart>(StringComparer.Ordinal);
        foreach (var piece in pieces.Skip(1).Where(piece => piece.Length > 0))
        {
            var colon = piece.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? piece : piece[..colon].Trim().ToLowerInvariant();
            if (!Parts.Contains(name, StringComparer.Ordinal) || parts.ContainsKey(name))
            {
                problem =
                    $"“{piece}” is no part of an item. Parts are written like `title: h3`, with {string.Join(", ", Parts)} before the colon, each once.";
                return null;
            }

            if (PagePart.Read(piece[(colon + 1)..].Trim(), out problem) is not { } part)
            {
                problem = $"“{piece}” is no selector. {problem}";
                return null;
            }

            parts[name] = part;
        }

        var shown = pieces.Where(piece => piece.Length > 0);
        return new PageRecipe(string.Join("; ", shown), items, parts);
    }

    internal PagePart? Part(string name) => _parts.GetValueOrDefault(name);

    // A semicolon inside brackets or quotation marks belongs to a selector.
    private static List<string> Cut(string line)
    {
        List<string> pieces = [];
        var (from, isQuoted, brackets) = (0, false, 0);
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '\'':
                    isQuoted = !isQuoted;
                    break;
                case '[' when !isQuoted:
                    brackets++;
                    break;
                case ']' when !isQuoted:
                    brackets--;
                    break;
                case ';' when !isQuoted && brackets <= 0:
                    pieces.Add(line[from..i].Trim());
                    from = i + 1;
                    break;
                default:
                    break;
            }
        }

        pieces.Add(line[from..].Trim());
        return pieces;
    }
}

/// <summary>Where a part of an item stands.</summary>
/// <param name="Selector">Null for the item itself.</param>
/// <param name="Attribute">What of it says the part; null for the usual.</param>
internal sealed record PagePart(PageSelector? Selector, string? Attribute)
{
    /// <summary>Reads <c>selector</c>, <c>selector@attribute</c> or <c>@attribute</c>.</summary>
    public static PagePart? Read(string text, out string problem)
    {
        var at = text.LastIndexOf('@');
        var isAttribute = at >= 0 && at < text.Length - 1 && text.AsSpan(at + 1).IndexOfAny("[]'\" ") < 0;
        var attribute = isAttribute ? text[(at + 1)..].ToLowerInvariant() : null;
        var words = isAttribute ? text[..at].Trim() : text;
        problem = "";
        if (words.Length == 0 && attribute is not null)
        {
            return new PagePart(null, attribute);
        }

        return PageSelectorReader.Read(words, out problem) is { } selector ? new PagePart(selector, attribute) : null;
    }
}
