using NewsBot.Testing.Load;

namespace NewsBot.Benchmarks.Load;

/// <summary>What came out for one way to run the program.</summary>
internal sealed record LoadResult(LoadSetUp SetUp, int Subscriptions)
{
    /// <summary>All feeds due at once, nothing new in any.</summary>
    public required LoadPhase Unchanged { get; init; }

    /// <summary>Feeds due at once, each with something new.</summary>
    public required LoadPhase News { get; init; }

    /// <summary>From those polls until all of it was posted.</summary>
    public required LoadPhase Posting { get; init; }

    /// <summary>The day with news.</summary>
    public required LoadPhase Day { get; init; }

    public required LoadLags Lags { get; init; }

    public required double MegabytesInAll { get; init; }

    public required double MostMegabytes { get; init; }

    public required long Size { get; init; }

    /// <summary>Feeds that could not be polled.</summary>
    public required long Error { get; init; }
}
