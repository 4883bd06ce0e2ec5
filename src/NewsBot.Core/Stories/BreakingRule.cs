namespace NewsBot.Core.Stories;

/// <summary>When a story cannot wait for the digest of a channel.</summary>
/// <param name="Outlets">So many outlets make it breaking; from 2 on.</param>
/// <param name="Within">They must report it within this time, and after it nothing is breaking any more.</param>
public sealed record BreakingRule(int Outlets, TimeSpan Within)
{
    /// <summary>Fewest outlets a channel may ask for: one alone is every story.</summary>
    public const int FewestOutlets = 2;

    /// <summary>Most outlets a channel may ask for; no story has more within a day.</summary>
    public const int MostOutlets = 50;

    /// <summary>Longest time: what takes longer than a day is in the digest already.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>What holds for a channel that says nothing else.</summary>
    public static BreakingRule Usual { get; } = new(3, TimeSpan.FromHours(3));
}
