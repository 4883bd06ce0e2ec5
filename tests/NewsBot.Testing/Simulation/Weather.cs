namespace NewsBot.Testing.Simulation;

/// <summary>How bad things are, and what has gone wrong so far.</summary>
internal sealed class Weather
{
    private readonly SortedDictionary<string, int> _happened = new(StringComparer.Ordinal);

    /// <summary>How many calls to a platform go wrong, 0 to 1.</summary>
    public double Calls { get; set; }

    /// <summary>How many fetches of feeds go wrong.</summary>
    public double Feeds { get; set; }

    /// <summary>How many events are told twice.</summary>
    public double Repeats { get; set; }

    /// <summary>How often the world goes on while a call is under way.</summary>
    public double Meanwhile { get; set; }

    /// <summary>How many accesses to the disk go wrong.</summary>
    public double Disk { get; set; }

    /// <summary>What went wrong, and how often.</summary>
    public IReadOnlyDictionary<string, int> Happened => _happened;

    public void Count(string fault) => _happened[fault] = _happened.GetValueOrDefault(fault) + 1;

    /// <summary>From now on nothing goes wrong.</summary>
    public void Clear() => (Calls, Feeds, Repeats, Meanwhile, Disk) = (0, 0, 0, 0, 0);
}
