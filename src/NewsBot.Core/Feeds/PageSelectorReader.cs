using AngleSharp.Dom;

namespace NewsBot.Core.Feeds;

/// <summary>Reads CSS selectors. Source: https://www.w3.org/TR/selectors-3/</summary>
internal sealed class PageSelectorReader
{
    // Steps are bits of one number; nobody writes half as many.
    private const int MaxSteps = 60;
    private const int MaxTests = 12;

    private readonly string _text;
    private int _at;

    private PageSelectorReader(string text) => _text = text;

    /// <summary>Reads one selector or several with commas between them.</summary>
    /// <param name="text">As somebody wrote it.</param>
    /// <param name="problem">One English sentence about what cannot be read; empty where all can.</param>
    /// <returns>Null where it cannot be read.</returns>
    public static PageSelector? Read(string text, out string problem)
    {
        try
        {
            problem = "";
            return new PageSelectorReader(text.Trim()).ReadAll();
        }
        catch (FormatException error)
        {
            problem = error.Message;
            return null;
        }
    }

    private PageSelector ReadAll()
    {
        List<IReadOnlyList<PageStep>> selectors = [];
        do
        {
            SkipSpace();
            selectors.Add(ReadOne());
        } while (Take(','));

        return selectors.Sum(steps => steps.Count) > MaxSteps
            ? throw Wrong("It has too many steps.")
            : new PageSelector(selectors);
    }

    private List<PageStep> ReadOne()
    {
        List<PageStep> steps = [];
        var way = PageWay.Inside;
        while (true)
        {
            steps.Add(new PageStep(way, ReadTests()));
            var hadSpace = SkipSpace();
            if (_at >= _text.Length || _text[_at] == ',')
            {
                return steps;
            }

            var sign = _text[_at] switch
            {
                '>' => PageWay.Child,
                '+' => PageWay.Next,
                '~' => PageWay.Later,
                _ => PageWay.Inside,
            };
            if (sign is PageWay.Inside && !hadSpace)
            {
                throw Unexpected();
            }

            if (sign is not PageWay.Inside)
            {
                _at++;
                SkipSpace();
            }

            way = sign;
        }
    }

    private List<Func<PagePlace, bool>> ReadTests()
    {
        List<Func<PagePlace, bool>> tests = [];
        var from = _at;
        if (Take('*'))
        {
            // Fits everything.
        }
        else if (_at < _text.Length && IsNamePart(_text[_at]))
        {
            var name = ReadName().ToLowerInvariant();
            tests.Add(place => place.Element.LocalName == name);
        }

        while (_at < _text.Length && ReadTest() is { } test)
        {
            tests.Add(test);
            if (tests.Count > MaxTests)
            {
                throw Wrong("One of its steps asks for too much.");
            }
        }

        return _at > from ? tests : throw Unexpected();
    }

    private Func<PagePlace, bool>? ReadTest()
    {
        switch (_text[_at])
        {
            case '.':
                _at++;
                var word = ReadName();
                return place => place.Element.ClassList.Contains(word);
            case '#':
                _at++;
                var id = ReadName();
                return place => place.Element.Id == id;
            case '[':
                _at++;
                return ReadAttribute();
            case ':':
                _at++;
                return ReadPseudo();
            default:
                return null;
        }
    }

    private Func<PagePlace, bool> ReadAttribute()
    {
        SkipSpace();
        var name = ReadName().ToLowerInvariant();
        SkipSpace();
        if (Take(']'))
        {
            return place => place.Element.HasAttribute(name);
        }

        var sign = _at < _text.Length && _text[_at] is '~' or '^' or '$' or '*' or '|' ? _text[_at++] : '=';
        Need('=');
        SkipSpace();
        var value = _at < _text.Length && _text[_at] is '"' or '\'' ? ReadQuoted() : ReadName();
        SkipSpace();
        Need(']');
        return place => place.Element.GetAttribute(name) is { } has && Compares(sign, has, value);
    }

    private static bool Compares(char sign, string has, string value) =>
        sign switch
        {
            '=' => has == value,
            '~' => has.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Contains(value, StringComparer.Ordinal),
            '|' => has == value || has.StartsWith(value + "-", StringComparison.Ordinal),
            _ when value.Length == 0 => false,
            '^' => has.StartsWith(value, StringComparison.Ordinal),
            '$' => has.EndsWith(value, StringComparison.Ordinal),
            _ => has.Contains(value, StringComparison.Ordinal),
        };

    private Func<PagePlace, bool> ReadPseudo()
    {
        var name = ReadName().ToLowerInvariant();
        switch (name)
        {
            case "first-child":
                return place => place.Index == 0;
            case "last-child":
                return place => place.Index == place.Count - 1;
            case "only-child":
                return place => place.Count == 1;
            case "empty":
                return place => !place.Element.HasChildNodes;
            case "not":
                Need('(');
                SkipSpace();
                var step = new PageStep(PageWay.Inside, ReadTests());
                SkipSpace();
                Need(')');
                return place => !step.Fits(place);
            case "nth-child":
            case "nth-last-child":
                return ReadNth(name == "nth-last-child");
            default:
                throw Wrong($"“:{Short(name)}” is not known here.");
        }
    }

    private Func<PagePlace, bool> ReadNth(bool fromEnd)
    {
        Need('(');
        var end = _text.IndexOf(')', _at);
        if (end < 0)
        {
            throw Unexpected();
        }

        var place =
            PageNth.Read(_text[_at..end]) ?? throw Wrong($"“{Short(_text[_at..end])}” is no place among siblings.");
        _at = end + 1;
        return one => place.Fits(fromEnd ? one.Count - one.Index : one.Index + 1);
    }

    private string ReadQuoted()
    {
        var close = _text.IndexOf(_text[_at], _at + 1);
        if (close < 0)
        {
            throw Wrong("A quotation mark is not closed.");
        }

        var value = _text[(_at + 1)..close];
        _at = close + 1;
        return value;
    }

    // A backslash takes the next character as it stands, as in ".md\:flex", which is what browsers copy.
    private string ReadName()
    {
        var name = new System.Text.StringBuilder();
        while (_at < _text.Length)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                name.Append(_text[_at + 1]);
                _at += 2;
            }
            else if (IsNamePart(_text[_at]))
            {
                name.Append(_text[_at++]);
            }
            else
            {
                break;
            }
        }

        return name.Length > 0 ? name.ToString() : throw Unexpected();
    }

    private static bool IsNamePart(char letter) => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '\\';

    private bool SkipSpace()
    {
        var from = _at;
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        return _at > from;
    }

    private bool Take(char wanted)
    {
        if (_at < _text.Length && _text[_at] == wanted)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void Need(char wanted)
    {
        if (!Take(wanted))
        {
            throw Unexpected();
        }
    }

    private FormatException Unexpected() =>
        Wrong(_at < _text.Length ? $"“{_text[_at]}” cannot stand at its place {_at + 1}." : "It ends too early.");

    private static FormatException Wrong(string problem) => new(problem);

    private static string Short(string text) => text.Length <= 30 ? text : text[..30];
}
