namespace NewsBot.Benchmarks.Load;

/// <summary>What is measured.</summary>
internal sealed record LoadOptions
{
    /// <summary>Feeds, each on a host of its own.</summary>
    public required int Sources { get; init; }

    public required int Channels { get; init; }

    public required int Seed { get; init; }

    /// <summary>How often each feed is polled while there is news.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How long the day with news takes.</summary>
    public required TimeSpan Day { get; init; }

    /// <summary>Share of polls of that day that find nothing new, 0 to 1.</summary>
    public required double Unchanged { get; init; }

    /// <summary>How long each answer of an outlet takes at least.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>The built program.</summary>
    public required string Program { get; init; }

    /// <summary>More settings of the program.</summary>
    public required IReadOnlyList<string> Settings { get; init; }

    /// <summary>Feeds that have something new at once.</summary>
    public int Waved => Math.Min(Sources, 1_000);
}

/// <summary>How the program is run.</summary>
/// <param name="Processes">On one database.</param>
/// <param name="IsPostgres">Else SQLite.</param>
internal sealed record LoadSetUp(int Processes, bool IsPostgres)
{
    public override string ToString() =>
        $"{Processes} process{(Processes == 1 ? "" : "es")}, {(IsPostgres ? "PostgreSQL" : "SQLite")}";
}
