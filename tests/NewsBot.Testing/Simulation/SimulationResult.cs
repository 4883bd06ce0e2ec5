using System.Globalization;

namespace NewsBot.Testing.Simulation;

/// <summary>How one seed went.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Fingerprint">Of all that happened, in its order.</param>
/// <param name="Events">How much happened.</param>
/// <param name="Problem">What was expected and what was found; empty where all is well.</param>
/// <param name="Lines">The course of events, or its end.</param>
/// <param name="Faults">What went wrong, and how often.</param>
/// <param name="Took">Real time.</param>
internal sealed record SimulationResult(
    int Seed,
    string Fingerprint,
    int Events,
    string Problem,
    IReadOnlyList<string> Lines,
    IReadOnlyDictionary<string, int> Faults,
    TimeSpan Took
)
{
    /// <summary>Plays it again.</summary>
    public string Replay => ReplayOf(Seed);

    /// <summary>Plays a seed again.</summary>
    public static string ReplayOf(int seed) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"dotnet run -c Release --project tests/NewsBot.Benchmarks -- simulate --seed {seed}"
        );

    public int Stories { get; init; }

    public int Replies { get; init; }

    /// <summary>Messages that had to stand somewhere.</summary>
    public int Posts { get; init; }

    /// <summary>Those among them that are copies.</summary>
    public int Copies { get; init; }

    /// <summary>What the newsroom had written down where something is wrong.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>What the last process logged.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];
}
