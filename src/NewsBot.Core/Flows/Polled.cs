using NewsBot.Core.Feeds;

namespace NewsBot.Core.Flows;

/// <summary>How a poll ended.</summary>
/// <param name="Outcome">As it is counted: changed, unchanged, throttled, gone, failed or broken.</param>
/// <param name="Stories">How many stories are new or have grown.</param>
internal sealed record Polled(string Outcome, int Stories = 0)
{
    /// <summary>Why it failed, as it is counted; null where it did not.</summary>
    public string? Error { get; private init; }

    public static Polled Unchanged { get; } = new("unchanged");

    public static Polled Throttled { get; } = new("throttled");

    public static Polled Gone { get; } = new("gone");

    public static Polled NotAFeed { get; } = new("failed") { Error = "not_a_feed" };

    /// <summary>It ended in a way that nobody foresaw.</summary>
    public static Polled Broken { get; } = new("broken");

    public static Polled Changed(int stories) => new("changed", stories);

    public static Polled Failed(FetchFailure kind) => new("failed") { Error = FlowMeter.Word(kind) };
}
