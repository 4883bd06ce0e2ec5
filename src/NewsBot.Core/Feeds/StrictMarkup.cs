using System.Runtime.CompilerServices;
using System.Xml;

namespace NewsBot.Core.Feeds;

/// <summary>Walks through a well-formed document; throws XmlException where it is none.</summary>
internal sealed class StrictMarkup : MarkupReader, IDisposable
{
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    private readonly XmlReader _reader;

    // The reader hands out one string per name, so a name is looked up by reference.
    private readonly Dictionary<(string Prefix, string Address, string Name), FeedWord> _words = new(
        ByReference.Instance
    );
    private string? _rootAddress;
    private bool _endEmpty;

    /// <summary>Text whose encoding was found out.</summary>
    public StrictMarkup(TextReader text) => _reader = XmlReader.Create(text, Settings);

    /// <summary>Bytes in the encoding they declare, UTF-8 where they declare none.</summary>
    public StrictMarkup(Stream bytes) => _reader = XmlReader.Create(bytes, Settings);

    public override string Text => _reader.Value;

    public override int AttributeCount => _reader.AttributeCount;

    public override string? Base => _reader.GetAttribute("base", XmlNamespace);

    public override string? Language => _reader.GetAttribute("lang", XmlNamespace);

    public override bool Read()
    {
        if (_endEmpty)
        {
            _endEmpty = false;
            Event = MarkupEvent.End;
            return true;
        }

        while (_reader.Read())
        {
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element:
                    StartElement();
                    return true;
                case XmlNodeType.EndElement:
                    Name = _reader.LocalName;
                    Event = MarkupEvent.End;
                    return true;
                case XmlNodeType.Text
                or XmlNodeType.CDATA
                or XmlNodeType.SignificantWhitespace
                or XmlNodeType.Whitespace:
                    Event = MarkupEvent.Text;
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    public override string? Attribute(string name) => _reader.GetAttribute(name);

    public override KeyValuePair<string, string> AttributeAt(int index)
    {
        _reader.MoveToAttribute(index);
        var declares = _reader.Prefix == "xmlns" || _reader.Name == "xmlns";
        var attribute = KeyValuePair.Create(declares ? string.Empty : _reader.LocalName, _reader.Value);
        _reader.MoveToElement();
        return attribute;
    }

    public void Dispose() => _reader.Dispose();

    private void StartElement()
    {
        if (_reader.Depth > MaxDepth)
        {
            throw new XmlException("The document is nested too deep.");
        }

        Event = MarkupEvent.Start;
        _endEmpty = _reader.IsEmptyElement;
        _rootAddress ??= _reader.NamespaceURI;
        Name = _reader.LocalName;
        var key = (_reader.Prefix, _reader.NamespaceURI, Name);
        if (!_words.TryGetValue(key, out var word))
        {
            word = FeedWords.Find(key.Prefix, key.NamespaceURI, Name, _rootAddress);
            _words.Add(key, word);
        }

        Word = word;
    }

    private sealed class ByReference : IEqualityComparer<(string Prefix, string Address, string Name)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals(
            (string Prefix, string Address, string Name) x,
            (string Prefix, string Address, string Name) y
        ) =>
            ReferenceEquals(x.Name, y.Name)
            && ReferenceEquals(x.Address, y.Address)
            && ReferenceEquals(x.Prefix, y.Prefix);

        public int GetHashCode((string Prefix, string Address, string Name) name) =>
            RuntimeHelpers.GetHashCode(name.Name) ^ RuntimeHelpers.GetHashCode(name.Prefix);
    }
}
