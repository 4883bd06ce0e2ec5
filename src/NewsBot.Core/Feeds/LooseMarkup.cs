using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>Walks through a document that broke the rules and guesses what was meant. Never throws.</summary>
internal sealed class LooseMarkup(string source) : MarkupReader
{
    private readonly MarkupScanner _scanner = new(source);
    private readonly List<Open> _open = [];
    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal);
    private readonly DeclaredEntities _entities = new();
    private List<KeyValuePair<string, string>> _attributes = [];
    private string? _rootAddress;
    private string _text = string.Empty;

    // Ends that must be told before anything else, and a start held back until they are.
    private int _endsDue;
    private Open? _startDue;
    private bool _startIsEmpty;

    public override string Text => _text;

    public override int AttributeCount => _attributes.Count;

    public override string? Base => Attribute("xml:base");

    public override string? Language => Attribute("xml:lang");

    public override bool Read()
    {
        while (!TellDue())
        {
            if (!_scanner.Read())
            {
                return false;
            }

            switch (_scanner.Kind)
            {
                case MarkupToken.Text or MarkupToken.CData when _open.Count > 0:
                    ReadText();
                    return true;
                case MarkupToken.Start when _open.Count < MaxDepth:
                    ReadStart();
                    break;
                case MarkupToken.End:
                    ReadEnd();
                    break;
                case MarkupToken.Declaration:
                    _entities.Learn(_scanner.Value);
                    break;
                default:
                    break;
            }
        }

        return true;
    }

    public override string? Attribute(string name)
    {
        foreach (var (key, value) in _attributes)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    public override KeyValuePair<string, string> AttributeAt(int index)
    {
        var (name, value) = _attributes[index];
        var declares = name == "xmlns" || name.StartsWith("xmlns:", StringComparison.OrdinalIgnoreCase);
        return KeyValuePair.Create(declares ? string.Empty : Local(name), value);
    }

    private bool TellDue()
    {
        if (_endsDue > 0 && _open.Count > 0)
        {
            _endsDue--;
            Event = MarkupEvent.End;
            Name = Local(_open[^1].Name);
            _open.RemoveAt(_open.Count - 1);
            return true;
        }

        if (_startDue is { } start)
        {
            _startDue = null;
            _open.Add(start);
            _endsDue = _startIsEmpty ? 1 : 0;
            Event = MarkupEvent.Start;
            Name = Local(start.Name);
            Word = start.Word;
            return true;
        }

        return false;
    }

    private void ReadText()
    {
        Event = MarkupEvent.Text;
        if (_scanner.Kind == MarkupToken.Text)
        {
            _text = HtmlEntities.Decode(Angles(_entities.Replace(_scanner.Value.ToString())));
            return;
        }

        _text = _scanner.Value.ToString();
        if (_scanner.Unclosed && _text.IndexOf($"</{_open[^1].Name}", StringComparison.Ordinal) is >= 0 and var end)
        {
            _scanner.Position -= _text.Length - end;
            _text = _text[..end];
        }
    }

    // HTML 5 means mathematical brackets by these names; the document types that feeds were written with meant others.
    private static string Angles(string text) =>
        text.Contains("ang;", StringComparison.Ordinal)
            ? text.Replace("&lang;", "\u2329", StringComparison.Ordinal)
                .Replace("&rang;", "\u232A", StringComparison.Ordinal)
            : text;

    private void ReadStart()
    {
        var name = _scanner.Name.ToString();
        _attributes = _scanner.Attributes();
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var prefix = colon < 0 ? string.Empty : name[..colon];
        var inherited = _open.Count > 0 ? _open[^1].DefaultAddress : string.Empty;
        var address = Declare(inherited);
        var own = prefix.Length == 0 ? address : _prefixes.GetValueOrDefault(prefix);
        _rootAddress ??= own ?? string.Empty;

        var word = FeedWords.Find(prefix, own, Local(name), _rootAddress);
        _startDue = new Open(name, word, address);
        _endsDue = ImpliedEnds(word, name);
        _startIsEmpty = _scanner.SelfClosing || (_endsDue == 0 && HtmlNames.Void.Contains(name) && TextAt() >= 0);
    }

    /// <summary>Takes in the tag's namespace declarations; returns the default namespace that holds inside it.</summary>
    private string Declare(string inherited)
    {
        var address = inherited;
        foreach (var (name, value) in _attributes)
        {
            if (name == "xmlns")
            {
                address = value;
            }
            else if (name.StartsWith("xmlns:", StringComparison.OrdinalIgnoreCase) && _prefixes.Count < MaxDepth)
            {
                _prefixes[name[6..]] = value;
            }
        }

        return address;
    }

    private void ReadEnd()
    {
        for (var at = _open.Count - 1; at >= 0; at--)
        {
            if (_scanner.Name.Equals(_open[at].Name, StringComparison.OrdinalIgnoreCase))
            {
                _endsDue = _open.Count - at;
                return;
            }
        }
    }

    /// <summary>How many open elements the author forgot to close, seen from what starts now.</summary>
    private int ImpliedEnds(FeedWord word, string name)
    {
        if (word == FeedWord.Unknown || HtmlNames.Known.Contains(name) || name is "body" or "html")
        {
            return 0;
        }

        var from = word == FeedWord.Item ? _open.FindIndex(open => open.Word == FeedWord.Item) : TextAt();
        return from < 0 ? 0 : _open.Count - from;
    }

    private int TextAt() => _open.FindIndex(open => HoldsText(open.Word));

    private static bool HoldsText(FeedWord word) =>
        word
            is not (
                FeedWord.Unknown
                or FeedWord.Html
                or FeedWord.Rss
                or FeedWord.Rdf
                or FeedWord.Feed
                or FeedWord.Channel
                or FeedWord.Items
                or FeedWord.Item
                or FeedWord.Author
                or FeedWord.Image
                or FeedWord.MediaGroup
                or FeedWord.MediaContent
                or FeedWord.MediaThumbnail
                or FeedWord.Enclosure
                or FeedWord.SkipDays
                or FeedWord.SkipHours
            );

    private static string Local(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private sealed record Open(string Name, FeedWord Word, string DefaultAddress);
}
