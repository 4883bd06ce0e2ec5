namespace NewsBot.Core.Sources;

/// <summary>Turns the tags of one list into sources and sentences about what could not be read.</summary>
internal sealed class OpmlReader(int maxSources, int maxProblems)
{
    /// <summary>Deeper folders count as the deepest allowed one; nobody nests as deep by hand.</summary>
    public const int MaxDepth = 32;

    private readonly List<OpmlSource> _sources = [];
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, int> _lineOf = new(StringComparer.Ordinal);

    // One element per open outline: the folder's name, or null for a feed that stands open.
    private readonly Stack<string?> _open = new();

    public OpmlDocument Read(OpmlScanner scanner)
    {
        var seenOpml = false;
        var inBody = false;
        while (scanner.Next() is { } tag)
        {
            switch (tag.Name)
            {
                case "opml":
                    seenOpml = true;
                    break;
                case "body":
                    inBody = !tag.IsEnd;
                    break;
                case "outline" when tag.IsEnd:
                    _open.TryPop(out _);
                    break;
                case "outline":
                    seenOpml = true;
                    inBody = true;
                    Outline(tag);
                    break;
                case "" when inBody:
                    Note(tag, "these characters belong to no outline and were left out");
                    break;
                default:
                    break;
            }

            if (_sources.Count >= maxSources)
            {
                _problems.Add($"Line {tag.Line}: only the first {maxSources} feeds were read.");
                break;
            }
        }

        if (!seenOpml)
        {
            return new OpmlDocument([], ["This is not an OPML list: it has no <opml> and no <outline> element."]);
        }

        if (_sources.Count == 0 && _problems.Count == 0)
        {
            _problems.Add("The list is empty: it has no outline with a feed address (xmlUrl).");
        }

        return new OpmlDocument(_sources, _problems);
    }

    private void Outline(OpmlTag tag)
    {
        var address = Value(tag, "xmlUrl");
        var title = Title(tag);
        var isFeed = address.Length > 0 || Value(tag, "type") is "rss" or "atom" or "feed" or "json";
        if (isFeed || tag.IsEmpty)
        {
            Feed(tag, title, address);
        }
        else if (tag.Flaw is { } flaw)
        {
            Note(tag, $"the folder {flaw}");
        }

        if (!tag.IsEmpty && _open.Count < MaxDepth)
        {
            _open.Push(isFeed ? null : title);
        }
    }

    private void Feed(OpmlTag tag, string title, string address)
    {
        if (address.Length == 0)
        {
            var site = Address(Value(tag, "htmlUrl"));
            var remedy = site is null ? "" : $"; add the site {site} by its own address";
            var named = title.Length == 0 ? "the outline" : $"\"{title}\"";
            Note(tag, $"{named} {tag.Flaw ?? "has no feed address (xmlUrl)"} and was left out{remedy}");
            return;
        }

        if (Address(address) is not { } url)
        {
            var shown = address.Length > 100 ? string.Concat(address.AsSpan(0, 100), "…") : address;
            Note(
                tag,
                $"\"{Opml.Clean(shown)}\" is not an http or https address of at most {Opml.MaxUrlLength} characters; the outline was left out"
            );
        }
        else if (_lineOf.TryGetValue(url.AbsoluteUri, out var first))
        {
            Note(tag, $"{url} stands in line {first} already");
        }
        else
        {
            _lineOf.Add(url.AbsoluteUri, tag.Line);
            var site = Address(Value(tag, "htmlUrl"));
            var items = Value(tag, "type") == "html" ? Value(tag, "items") : "";
            _sources.Add(
                new OpmlSource(title.Length == 0 ? url.Host : title, url, site, Category(tag))
                {
                    Items = items.Length == 0 ? null : items,
                }
            );
            if (tag.Flaw is { } flaw)
            {
                Note(tag, $"the outline {flaw}; its feed {url} could still be read");
            }
        }
    }

    private string? Category(OpmlTag tag)
    {
        var folders = string.Join('/', _open.Reverse().Where(folder => !string.IsNullOrEmpty(folder)));
        if (folders.Length > 0)
        {
            return folders;
        }

        // The attribute holds a comma-separated list of paths; the first one says most.
        var named = Opml.Clean(Value(tag, "category").Split(',')[0]).Trim('/', ' ');
        return named.Length == 0 ? null : named;
    }

    private void Note(OpmlTag tag, string problem)
    {
        if (_problems.Count < maxProblems)
        {
            _problems.Add($"Line {tag.Line}: {problem}.");
        }
        else if (_problems.Count == maxProblems)
        {
            _problems.Add("There are further problems, which are not listed.");
        }
    }

    private static string Title(OpmlTag tag)
    {
        var title = Opml.Clean(Value(tag, "title"));
        return title.Length > 0 ? title : Opml.Clean(Value(tag, "text"));
    }

    private static string Value(OpmlTag tag, string name) => tag.Attributes.GetValueOrDefault(name, "").Trim();

    private static Uri? Address(string text)
    {
        // Old readers exported feed://host/path and feed:https://host/path.
        var plain = text.StartsWith("feed:http", StringComparison.OrdinalIgnoreCase) ? text[5..] : text;
        plain = plain.StartsWith("feed://", StringComparison.OrdinalIgnoreCase) ? "http" + plain[4..] : plain;
        var isWeb =
            plain.Length <= Opml.MaxUrlLength
            && Uri.TryCreate(plain, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.Host.Length > 0
            // Letters that have to be encoded make it longer, and longer it is written and fetched.
            && url.AbsoluteUri.Length <= Opml.MaxUrlLength;
        return isWeb ? new Uri(plain) : null;
    }
}
