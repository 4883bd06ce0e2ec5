namespace NewsBot.Core.Text;

/// <summary>Cuts HTML or XML of any quality into tokens: never throws, never looks back, builds nothing.</summary>
internal sealed class MarkupScanner(string source)
{
    private int _valueStart;
    private int _valueEnd;
    private int _nameEnd;

    // What was sought in vain once is not sought again: a document of nothing but openings would take quadratic time.
    private bool _noCommentEnd;
    private bool _noSubsetEnd;

    public MarkupToken Kind { get; private set; }

    /// <summary>Where the next token starts; may be moved forward.</summary>
    public int Position { get; set; }

    /// <summary>Where the present token started.</summary>
    public int Start { get; private set; }

    public string Source => source;

    /// <summary>True for a tag written as &lt;name/&gt;.</summary>
    public bool SelfClosing { get; private set; }

    /// <summary>True where the token ran into the end of the text before it was closed.</summary>
    public bool Unclosed { get; private set; }

    /// <summary>Undecoded text; for CDATA, comments and declarations what stands inside.</summary>
    public ReadOnlySpan<char> Value => source.AsSpan(_valueStart, _valueEnd - _valueStart);

    /// <summary>Name of a tag as written, prefix included.</summary>
    public ReadOnlySpan<char> Name => source.AsSpan(_valueStart, _nameEnd - _valueStart);

    /// <summary>What stands between a tag's name and its end, undecoded.</summary>
    public ReadOnlySpan<char> AttributeText => source.AsSpan(_nameEnd, _valueEnd - _nameEnd);

    /// <summary>Moves to the next token; false at the end.</summary>
    public bool Read()
    {
        Start = Position;
        SelfClosing = false;
        Unclosed = false;
        if (Position >= source.Length)
        {
            return false;
        }

        if (source[Position] != '<' || !ReadMarkup())
        {
            ReadText();
        }

        return true;
    }

    /// <summary>The tag's attributes in order, values decoded; at most 64, for no honest tag has more.</summary>
    public List<KeyValuePair<string, string>> Attributes()
    {
        var list = new List<KeyValuePair<string, string>>();
        var rest = AttributeText;
        while (list.Count < 64 && MarkupAttributes.Next(ref rest, out var name, out var value))
        {
            list.Add(new(name.ToString(), HtmlEntities.Decode(value.ToString())));
        }

        return list;
    }

    /// <summary>One attribute's decoded value; null where the tag has none of that name (any case).</summary>
    public string? Attribute(string wanted)
    {
        var rest = AttributeText;
        while (MarkupAttributes.Next(ref rest, out var name, out var value))
        {
            if (name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            {
                return HtmlEntities.Decode(value.ToString());
            }
        }

        return null;
    }

    /// <summary>Leaves out everything up to the end tag of <paramref name="name"/>, or to the end where there is none.</summary>
    public void SkipPast(string name)
    {
        var from = Position;
        while (true)
        {
            var close = source.IndexOf("</", from, StringComparison.Ordinal);
            if (close < 0)
            {
                Position = source.Length;
                return;
            }

            if (source.AsSpan(close + 2).StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                Position = close;
                return;
            }

            from = close + 2;
        }
    }

    private bool ReadMarkup()
    {
        var rest = source.AsSpan(Position);
        if (rest.Length < 2)
        {
            return false;
        }

        if (rest.StartsWith("<!--"))
        {
            ReadUntil(MarkupToken.Comment, 4, "-->");
            return true;
        }

        if (rest.StartsWith("<![CDATA["))
        {
            ReadUntil(MarkupToken.CData, 9, "]]>");
            return true;
        }

        switch (rest[1])
        {
            case '?':
                ReadUntil(MarkupToken.Instruction, 2, ">");
                return true;
            case '!':
                ReadDeclaration();
                return true;
            case '/':
                return rest.Length > 2 && IsNameStart(rest[2]) && ReadTag(MarkupToken.End, 2);
            default:
                return IsNameStart(rest[1]) && ReadTag(MarkupToken.Start, 1);
        }
    }

    private void ReadText()
    {
        Kind = MarkupToken.Text;
        _valueStart = Position;
        var next = source.IndexOf('<', Position + 1);
        _valueEnd = next < 0 ? source.Length : next;
        Position = _valueEnd;
    }

    private void ReadUntil(MarkupToken kind, int skip, string end)
    {
        Kind = kind;
        _valueStart = Math.Min(Position + skip, source.Length);
        var sought = kind != MarkupToken.Comment || !_noCommentEnd;
        var close = sought ? source.IndexOf(end, _valueStart, StringComparison.Ordinal) : -1;
        if (close < 0)
        {
            Unclosed = true;
            _noCommentEnd |= kind == MarkupToken.Comment;
            // A comment that never ends would swallow the rest of a document; CDATA is text and keeps it.
            var stop = kind == MarkupToken.CData ? -1 : source.IndexOf('>', _valueStart);
            _valueEnd = stop < 0 ? source.Length : stop;
            Position = stop < 0 ? source.Length : stop + 1;
            return;
        }

        _valueEnd = close;
        Position = close + end.Length;
    }

    private void ReadDeclaration()
    {
        Kind = MarkupToken.Declaration;
        _valueStart = Position + 2;
        var close = source.IndexOf('>', _valueStart);
        var inside = close < 0 ? default : source.AsSpan(_valueStart, close - _valueStart);
        if (!_noSubsetEnd && inside.Contains('['))
        {
            var end = source.IndexOf("]>", _valueStart, StringComparison.Ordinal);
            _noSubsetEnd = end < 0;
            close = end < 0 ? close : end + 1;
        }

        Unclosed = close < 0;
        _valueEnd = close < 0 ? source.Length : close;
        Position = close < 0 ? source.Length : close + 1;
    }

    private bool ReadTag(MarkupToken kind, int skip)
    {
        var start = Position + skip;
        var at = start;
        while (at < source.Length && IsNamePart(source[at]))
        {
            at++;
        }

        var nameEnd = at;
        var end = TagEnd(at);
        if (end < 0)
        {
            Unclosed = true;
            end = source.Length;
        }

        Kind = kind;
        _valueStart = start;
        _nameEnd = nameEnd;
        _valueEnd = end;
        SelfClosing = kind == MarkupToken.Start && end > nameEnd && source[end - 1] == '/';
        if (SelfClosing)
        {
            _valueEnd--;
        }

        Position = end < source.Length && source[end] == '>' ? end + 1 : end;
        return true;
    }

    /// <summary>Index of the character that ends the tag: its '&gt;', or a '&lt;' that can only start another one.</summary>
    private int TagEnd(int at)
    {
        while (at < source.Length)
        {
            var stop = source.AsSpan(at).IndexOfAny("\"'<>");
            if (stop < 0)
            {
                return -1;
            }

            at += stop;
            var found = source[at];
            if (found is '<' or '>')
            {
                return at;
            }

            var close = IsValueStart(at) ? source.IndexOf(found, at + 1) : at;
            at = (close < 0 || IsBrokenValue(at + 1, close) ? at : close) + 1;
        }

        return -1;
    }

    private bool IsValueStart(int at)
    {
        do
        {
            at--;
        } while (at > 0 && char.IsWhiteSpace(source[at]));

        return source[at] == '=';
    }

    /// <summary>A value holding the end of one tag and the start of another has lost its closing quote.</summary>
    private bool IsBrokenValue(int from, int to)
    {
        if (from >= to)
        {
            return false;
        }

        var value = source.AsSpan(from, to - from);
        var end = value.IndexOf('>');
        return end >= 0 && value[end..].Contains('<');
    }

    private static bool IsNameStart(char letter) => char.IsLetter(letter) || letter is '_' or ':';

    private static bool IsNamePart(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or ':' or '-' or '.';
}
