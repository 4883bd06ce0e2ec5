using System.Buffers;
using System.Net;

namespace NewsBot.Core.Sources;

/// <summary>
/// Cuts an OPML text into tags. An XML reader would stop at the first mistake; this one goes on with the next tag, and
/// knows no DTD and no entities beyond those of HTML.
/// </summary>
internal sealed class OpmlScanner(string text)
{
    // Real outlines have about six attributes.
    private const int MaxAttributes = 40;

    private const string Unclosed = "is not closed";
    private const string OpenQuote = "has a quotation mark that is not closed";
    private const string Stray = "has stray characters between its attributes";

    // A value may hold a bare "<" in a careless title, but never one that starts the next piece of the list.
    private static readonly string[] NextPieces = ["<outline", "</outline", "</body", "</opml", "<!--"];

    private static readonly SearchValues<char> EndOfBareValue = SearchValues.Create(" \t\r\n<>");

    private static readonly Dictionary<string, string> None = [];

    private int _at;
    private int _countedTo;
    private int _line = 1;

    /// <summary>The next tag or stray text; null at the end.</summary>
    public OpmlTag? Next()
    {
        while (_at < text.Length)
        {
            if (text[_at] != '<')
            {
                if (StrayText() is { } stray)
                {
                    return stray;
                }
            }
            else if (Starts("<!--"))
            {
                SkipPast("-->");
            }
            else if (Starts("<![CDATA["))
            {
                SkipPast("]]>");
            }
            else if (Starts("<?"))
            {
                SkipPast("?>");
            }
            else if (Starts("<!"))
            {
                SkipDeclaration();
            }
            else
            {
                return Tag();
            }
        }

        return null;
    }

    /// <summary>One line of characters outside of tags; null where it is blank.</summary>
    private OpmlTag? StrayText()
    {
        var start = _at;
        var end = text.AsSpan(_at).IndexOfAny('<', '\n');
        _at = end < 0 ? text.Length : _at + end;
        var blank = text.AsSpan(start, _at - start).IsWhiteSpace();
        var tag = blank ? null : new OpmlTag("", LineAt(start), false, false, null, None);
        if (_at < text.Length && text[_at] == '\n')
        {
            _at++;
        }

        return tag;
    }

    private OpmlTag Tag()
    {
        var line = LineAt(_at);
        _at++;
        var isEnd = _at < text.Length && text[_at] == '/';
        if (isEnd)
        {
            _at++;
        }

        var name = Name().ToLowerInvariant();
        if (name.Length == 0)
        {
            return new OpmlTag("", line, false, false, null, None);
        }

        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? flaw = null;
        while (_at < text.Length)
        {
            var next = text[_at];
            if (next == '>')
            {
                _at++;
                return new OpmlTag(name, line, isEnd, text[_at - 2] == '/', flaw, attributes);
            }

            if (next == '<')
            {
                break;
            }

            if (char.IsWhiteSpace(next) || next == '/')
            {
                _at++;
            }
            else
            {
                flaw = Attribute(attributes) ?? flaw;
            }
        }

        return new OpmlTag(name, line, isEnd, true, flaw ?? Unclosed, attributes);
    }

    /// <summary>Reads one attribute into the list and says what is wrong with it.</summary>
    private string? Attribute(Dictionary<string, string> attributes)
    {
        var name = Name();
        if (name.Length == 0)
        {
            _at++;
            return Stray;
        }

        SkipBlanks();
        if (_at >= text.Length || text[_at] != '=')
        {
            return Stray;
        }

        _at++;
        SkipBlanks();
        if (_at >= text.Length)
        {
            return Unclosed;
        }

        var quote = text[_at];
        if (quote is not '"' and not '\'')
        {
            var bare = text.AsSpan(_at).IndexOfAny(EndOfBareValue);
            var end = bare < 0 ? text.Length : _at + bare;
            Add(attributes, name, _at, end);
            _at = end;
            return null;
        }

        var start = _at + 1;
        for (_at = start; _at < text.Length && text[_at] != quote; _at++)
        {
            if (text[_at] == '<' && Array.Exists(NextPieces, Starts))
            {
                return OpenQuote;
            }
        }

        Add(attributes, name, start, _at);
        if (_at >= text.Length)
        {
            return OpenQuote;
        }

        _at++;
        return null;
    }

    private void Add(Dictionary<string, string> attributes, string name, int start, int end)
    {
        if (attributes.Count < MaxAttributes)
        {
            attributes.TryAdd(name, WebUtility.HtmlDecode(text[start..end]));
        }
    }

    private string Name()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is ':' or '-' or '_' or '.'))
        {
            _at++;
        }

        return text[start.._at];
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    private void SkipPast(string end)
    {
        var found = text.IndexOf(end, _at, StringComparison.Ordinal);
        _at = found < 0 ? text.Length : found + end.Length;
    }

    /// <summary>Skips a DOCTYPE together with its internal subset.</summary>
    private void SkipDeclaration()
    {
        var end = text.AsSpan(_at).IndexOfAny('[', '>');
        if (end >= 0 && text[_at + end] == '[')
        {
            SkipPast("]");
            end = text.AsSpan(_at).IndexOf('>');
        }

        _at = end < 0 ? text.Length : _at + end + 1;
    }

    private bool Starts(string piece) => text.AsSpan(_at).StartsWith(piece, StringComparison.OrdinalIgnoreCase);

    private int LineAt(int position)
    {
        _line += text.AsSpan(_countedTo, position - _countedTo).Count('\n');
        _countedTo = position;
        return _line;
    }
}
