namespace NewsBot.Core.Feeds;

/// <summary>What was found of a date, and how it fits together.</summary>
internal struct FeedDateParts()
{
    private int _first = -1;
    private int _second = -1;
    private int _third = -1;
    private int _month = -1;
    private bool _yearIsFirst;

    public int Year { get; private set; } = -1;

    public int DayOfYear { get; set; } = -1;

    public int Hour { get; set; } = -1;

    public int Minute { get; set; }

    public int Second { get; set; }

    public long Ticks { get; set; }

    public int? OffsetMinutes { get; set; }

    public bool? IsAfternoon { get; set; }

    public long UnixMilliseconds { get; set; } = -1;

    /// <summary>What stood between the numbers: with '.' the day comes first, with '/' the month as in America.</summary>
    public char Separator { get; set; }

    /// <summary>A month by its name. The last one holds: "mar" starts a date as Italian Tuesday.</summary>
    public void NameMonth(int month) => _month = month;

    public void AddYear(int year)
    {
        if (Year < 0)
        {
            Year = year;
            _yearIsFirst = _first < 0;
        }
    }

    public void Add(int number)
    {
        if (_first < 0)
        {
            _first = number;
        }
        else if (_second < 0)
        {
            _second = number;
        }
        else if (_third < 0)
        {
            _third = number;
        }
    }

    public bool TryMake(out DateTimeOffset moment)
    {
        moment = default;
        if (UnixMilliseconds >= 0)
        {
            moment = DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds);
            return true;
        }

        var (year, month, day) = _month > 0 ? WithNamedMonth() : WithNumbers();
        if (year is < 1 or > 9_990 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        if (DayOfYear is > 0 and <= 366 && _first < 0)
        {
            date = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(DayOfYear - 1);
        }

        return TryAddTime(date, out moment);
    }

    private readonly bool TryAddTime(DateTime date, out DateTimeOffset moment)
    {
        var hour = Math.Max(0, Hour);
        hour = IsAfternoon switch
        {
            true when hour < 12 => hour + 12,
            false when hour == 12 => 0,
            _ => hour,
        };
        moment = default;
        if (hour > 24 || Minute is < 0 or > 59 || Second is < 0 or > 61 || date.Year < 2)
        {
            return false;
        }

        // A leap second is told as 60; it is the next second to everybody else.
        var local = date.AddHours(hour).AddMinutes(Minute).AddSeconds(Second).AddTicks(Ticks);
        moment = new DateTimeOffset(local, TimeSpan.Zero).AddMinutes(-(OffsetMinutes ?? 0));
        return true;
    }

    private readonly (int Year, int Month, int Day) WithNamedMonth()
    {
        if (Year >= 0)
        {
            return (Year, _month, _first < 0 ? 1 : _first);
        }

        // "31 Dec 03" and "Dec 31 03", but "99 Dec 31".
        return _first > 31 ? (FullYear(_first), _month, _second) : (FullYear(_second), _month, _first);
    }

    private readonly (int Year, int Month, int Day) WithNumbers()
    {
        if (Year >= 0 && (_yearIsFirst || _first < 0))
        {
            return (Year, _first < 0 ? 1 : _first, _second < 0 ? 1 : _second);
        }

        if (Year < 0 && Separator == '\0')
        {
            return (FullYear(_first), _second, _third);
        }

        var year = Year >= 0 ? Year : FullYear(_third);
        var monthIsFirst = (Separator == '/' && _first <= 12) || _second > 12;
        return monthIsFirst ? (year, _first, _second) : (year, _second, _first);
    }

    // Nobody had feeds before the seventies.
    private static int FullYear(int number) =>
        number switch
        {
            < 0 => -1,
            < 70 => 2_000 + number,
            < 100 => 1_900 + number,
            _ => number,
        };
}
