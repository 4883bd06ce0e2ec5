using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace NewsBot.Core.Text;

/// <summary>
/// Cleans HTML that is tidy already, in one pass without a tree: known elements, closed in order, attributes in quotes. Only what is on
/// the lists is written out again, so nothing active can pass; anything unusual is left to the full sanitizer.
/// </summary>
internal ref struct TidyHtml(string html, Uri? baseUrl)
{
    private const int MaxDepth = 100;

    // Longer builders are let go: one giant article must not hold its memory for ever.
    private const int MaxScratch = 200_000;

    private static readonly FrozenDictionary<string, Element>.AlternateLookup<ReadOnlySpan<char>> Elements = Lookup(
        name => new Element(name, HtmlNames.Void.Contains(name)),
        "a abbr article aside audio b blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure "
            + "footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p picture pre q s samp section small source span strike strong "
            + "sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr"
    );

    // True for those that hold an address; the others are kept as they stand.
    private static readonly FrozenDictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> Attributes = Lookup(
        name => name is "href" or "src" or "cite" or "poster",
        "href src cite poster alt controls title width height lang dir datetime colspan rowspan hreflang start align"
    );

    // Characters of an address that mean nothing to HTML; '&' may stand before an entity and stays as it is.
    private static readonly SearchValues<char> SafeInAddress = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$()*+,;=%&"
    );

    // A feed has one such text per entry; one builder serves them all.
    [ThreadStatic]
    private static StringBuilder? _scratch;

    [ThreadStatic]
    private static string[]? _names;

    private readonly string[] _open = _names ??= new string[MaxDepth];
    private int _depth;
    private int _at;

    // Everything before this was written to the result; where nothing changes, there is none.
    private int _written;
    private StringBuilder? _result;

    /// <summary>False where the text is not tidy; then nothing was made of it.</summary>
    public static bool TryClean(string html, Uri? baseUrl, out string clean)
    {
        var tidy = new TidyHtml(html, baseUrl);
        var isTidy = tidy.Run();
        clean = isTidy ? tidy.Finish() : html;
        return isTidy;
    }

    private static FrozenDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> Lookup<T>(
        Func<string, T> value,
        string names
    ) =>
        names
            .Split(' ')
            .ToFrozenDictionary(name => name, value, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private bool Run()
    {
        while (true)
        {
            var next = html.AsSpan(_at).IndexOf('<');
            if (next < 0)
            {
                return _depth == 0;
            }

            _at += next;
            var isRead = (_at + 1 < html.Length ? html[_at + 1] : '\0') switch
            {
                '/' => ReadEnd(),
                '!' => ReadComment(),
                _ => ReadStart(),
            };
            if (!isRead)
            {
                return false;
            }
        }
    }

    private readonly string Finish()
    {
        if (_result is null)
        {
            return html;
        }

        var clean = _result.Append(html, _written, html.Length - _written).ToString();
        if (_result.Capacity <= MaxScratch)
        {
            _scratch = _result;
        }

        return clean;
    }

    private bool ReadEnd()
    {
        var close = html.IndexOf('>', _at);
        if (close < 0 || _depth == 0)
        {
            return false;
        }

        var name = html.AsSpan(_at + 2, close - _at - 2).TrimEnd(' ');
        _depth--;
        _at = close + 1;
        return name.SequenceEqual(_open[_depth]) || name.Equals(_open[_depth], StringComparison.OrdinalIgnoreCase);
    }

    private bool ReadComment()
    {
        var before = _at;
        var close = html.AsSpan(_at).StartsWith("<!--") ? html.IndexOf("-->", _at + 4, StringComparison.Ordinal) : -1;
        if (close < 0)
        {
            return false;
        }

        _at = close + 3;
        Replace(before, string.Empty);
        return true;
    }

    private bool ReadStart()
    {
        var start = _at + 1;
        var end = start;
        while (end < html.Length && char.IsAsciiLetterOrDigit(html[end]))
        {
            end++;
        }

        if (!Elements.TryGetValue(html.AsSpan(start, end - start), out var element))
        {
            return false;
        }

        _at = end;
        while (true)
        {
            var before = _at;
            SkipSpace();
            if (_at >= html.Length)
            {
                return false;
            }

            if (html[_at] is '>' or '/')
            {
                return ReadTagEnd(element);
            }

            if (before == _at || !ReadAttribute(before))
            {
                return false;
            }
        }
    }

    private bool ReadTagEnd(Element element)
    {
        var (name, isVoid) = element;
        if (html[_at] == '/')
        {
            _at++;
            if (!isVoid || _at >= html.Length || html[_at] != '>')
            {
                return false;
            }
        }

        _at++;
        if (isVoid)
        {
            return true;
        }

        if (_depth == MaxDepth)
        {
            return false;
        }

        _open[_depth++] = name;
        return true;
    }

    /// <summary>Reads one attribute and keeps it, changes it or takes it out.</summary>
    /// <param name="before">Where the white space before it starts.</param>
    private bool ReadAttribute(int before)
    {
        var start = _at;
        while (_at < html.Length && (char.IsAsciiLetterOrDigit(html[_at]) || html[_at] is '-' or '_' or ':'))
        {
            _at++;
        }

        var name = html.AsSpan(start, _at - start);
        if (name.IsEmpty || _at + 1 >= html.Length || html[_at] != '=' || html[_at + 1] is not ('"' or '\''))
        {
            return false;
        }

        var quote = html[_at + 1];
        var from = _at + 2;
        var length = html.AsSpan(from).IndexOf(quote);
        var value = length < 0 ? default : html.AsSpan(from, length);
        if (length < 0 || value.Contains('<'))
        {
            return false;
        }

        _at = from + length + 1;
        if (!Attributes.TryGetValue(name, out var isAddress))
        {
            Replace(before, string.Empty);
        }
        else if (isAddress)
        {
            TakeAddress(name, value, before);
        }

        return true;
    }

    private void TakeAddress(ReadOnlySpan<char> name, ReadOnlySpan<char> value, int before)
    {
        var isSafe =
            (
                value.StartsWith("https://", StringComparison.Ordinal)
                || value.StartsWith("http://", StringComparison.Ordinal)
            ) && !value.ContainsAnyExcept(SafeInAddress);
        if (isSafe)
        {
            return;
        }

        // Browsers take out what breaks a line before they read the address, and so before they see its scheme.
        var text = HtmlEntities
            .Decode(value.ToString())
            .Trim()
            .Replace("\n", "", StringComparison.Ordinal)
            .Replace("\r", "", StringComparison.Ordinal)
            .Replace("\t", "", StringComparison.Ordinal);
        var isAddress = baseUrl is null
            ? Uri.TryCreate(text, UriKind.Absolute, out var url)
            : Uri.TryCreate(baseUrl, text, out url);
        Replace(
            before,
            isAddress && url!.Scheme is "http" or "https" or "mailto"
                ? $" {name}=\"{HtmlEntities.Encode(url.AbsoluteUri)}\""
                : string.Empty
        );
    }

    private void Replace(int before, string with)
    {
        if (_result is null)
        {
            _result = (_scratch ?? new StringBuilder()).Clear();
            _scratch = null;
        }

        _result.Append(html, _written, before - _written).Append(with);
        _written = _at;
    }

    private void SkipSpace()
    {
        while (_at < html.Length && html[_at] is ' ' or '\n' or '\r' or '\t')
        {
            _at++;
        }
    }

    private readonly record struct Element(string Name, bool IsVoid);
}
