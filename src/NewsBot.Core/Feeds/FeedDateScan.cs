using System.Globalization;

namespace NewsBot.Core.Feeds;

/// <summary>Goes through a date's words and numbers once and collects what each can mean.</summary>
internal ref struct FeedDateScan(ReadOnlySpan<char> text)
{
    // 2_000_000_000 seconds are the year 2033; a larger number counts milliseconds.
    private const long MaxUnixSeconds = 9_999_999_999;

    private readonly ReadOnlySpan<char> _text = text;
    private FeedDateParts _parts = new();
    private int _at;

    // True right after a time or a zone's name, where a sign starts an offset and not another number of the date.
    private bool _offsetMayFollow;

    public bool TryRead(out DateTimeOffset moment)
    {
        while (_at < _text.Length)
        {
            var letter = _text[_at];
            if (char.IsAsciiDigit(letter))
            {
                ReadNumber();
            }
            else if (char.IsLetter(letter))
            {
                ReadWord();
            }
            else if (letter is '+' or '-' or '−' && IsOffset())
            {
                ReadOffset(letter == '+' ? 1 : -1);
            }
            else
            {
                if (letter is '.' or '/')
                {
                    _parts.Separator = letter;
                }

                _at++;
            }
        }

        return _parts.TryMake(out moment);
    }

    private readonly bool IsOffset() =>
        _parts.Hour >= 0
        && _at + 1 < _text.Length
        && char.IsAsciiDigit(_text[_at + 1])
        && (_offsetMayFollow || (_at > 0 && _text[_at - 1] == ' '));

    private void ReadOffset(int sign)
    {
        _at++;
        var digits = Digits();
        _ = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        var minutes = digits.Length > 2 ? (value / 100 * 60) + (value % 100) : value * 60;
        if (digits.Length <= 2 && _at + 1 < _text.Length && _text[_at] == ':' && char.IsAsciiDigit(_text[_at + 1]))
        {
            _at++;
            _ = int.TryParse(Digits(), NumberStyles.None, CultureInfo.InvariantCulture, out var rest);
            minutes += rest;
        }

        // The farthest zones lie 14 hours away; beyond is a slip of the pen.
        _parts.OffsetMinutes = minutes <= 14 * 60 ? sign * minutes : 0;
        _offsetMayFollow = false;
    }

    private void ReadWord()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetter(_text[_at]) || IsCombining(_text[_at])))
        {
            _at++;
        }

        var word = _text[start.._at];
        if (word is "T" or "t" && _at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            ReadTime();
            return;
        }

        if (FeedMonths.Find(word) is > 0 and var month)
        {
            _parts.NameMonth(month);
            return;
        }

        switch (word)
        {
            case "PM" or "pm" or "Pm" or "오후" or "下午" or "p" or "μμ" or "ΜΜ":
                _parts.IsAfternoon = true;
                break;
            case "AM" or "am" or "Am" or "오전" or "上午" or "a" or "πμ" or "ΠΜ":
                _parts.IsAfternoon = false;
                break;
            default:
                ReadZone(word);
                break;
        }
    }

    private void ReadZone(ReadOnlySpan<char> word)
    {
        if (FeedZones.Find(word) is { } zone)
        {
            _parts.OffsetMinutes ??= zone;
            _offsetMayFollow = true;
        }
    }

    private void ReadNumber()
    {
        var start = _at;
        var digits = Digits();
        var next = _at < _text.Length ? _text[_at] : '\0';
        if (digits.Length <= 2 && next is ':' or '시' or '時' or 'h' or '点' && _parts.Hour < 0)
        {
            _at = start;
            ReadTime();
            return;
        }

        _offsetMayFollow = false;
        _ = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        switch (digits.Length)
        {
            case 1 or 2:
                _parts.Add((int)value);
                break;
            case 3:
                _parts.DayOfYear = (int)value;
                break;
            case 4:
                _parts.AddYear((int)value);
                break;
            case 6 when _parts.Year < 0:
                _parts.AddYear((int)value / 100);
                _parts.Add((int)value % 100);
                break;
            case 7 when _parts.Year < 0:
                _parts.AddYear((int)value / 1_000);
                _parts.DayOfYear = (int)value % 1_000;
                break;
            case 8 or 12 or 14 when _parts.Year < 0:
                _at = start + 8;
                AddCompact(digits[..8]);
                if (digits.Length > 8)
                {
                    ReadTime();
                }

                break;
            case 10 or 13 when start == 0 && _at == _text.Length:
                _parts.UnixMilliseconds = value > MaxUnixSeconds ? value : value * 1_000;
                break;
            default:
                break;
        }
    }

    private void AddCompact(ReadOnlySpan<char> digits)
    {
        var value = int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        _parts.AddYear(value / 10_000);
        _parts.Add(value / 100 % 100);
        _parts.Add(value % 100);
    }

    /// <summary>Hours and what follows them: "9:05", "09:05:07.25", "090507", "9시 5분".</summary>
    private void ReadTime()
    {
        var digits = Digits();
        _offsetMayFollow = true;
        if (digits.Length is 4 or 6)
        {
            _parts.Hour = Value(digits[..2]);
            _parts.Minute = Value(digits[2..4]);
            _parts.Second = digits.Length == 6 ? Value(digits[4..]) : 0;
        }
        else
        {
            _parts.Hour = Value(digits);
            _parts.Minute = Next(":시時h点 ");
            _parts.Second = Next(":분分 ");
        }

        if (_at + 1 < _text.Length && _text[_at] is '.' or ',' && char.IsAsciiDigit(_text[_at + 1]))
        {
            _at++;
            var fraction = Digits();
            _parts.Ticks =
                Value(fraction[..Math.Min(7, fraction.Length)]) * (long)Math.Pow(10, 7 - Math.Min(7, fraction.Length));
        }
    }

    private int Next(ReadOnlySpan<char> separators)
    {
        var at = _at;
        while (at < _text.Length && separators.Contains(_text[at]))
        {
            at++;
        }

        var isSeparated = at > _at && !_text[_at..at].IsWhiteSpace();
        if (!isSeparated || at >= _text.Length || !char.IsAsciiDigit(_text[at]))
        {
            return 0;
        }

        _at = at;
        return Value(Digits());
    }

    private ReadOnlySpan<char> Digits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private static int Value(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;

    private static bool IsCombining(char letter) =>
        char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
