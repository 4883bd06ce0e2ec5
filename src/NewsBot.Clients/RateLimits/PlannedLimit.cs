namespace NewsBot.Clients.RateLimits;

/// <summary>A limit that is known before the server tells it. Two kinds of calls with an equal one share it.</summary>
/// <param name="Name">What is counted together.</param>
/// <param name="Count">Calls in any period.</param>
/// <param name="Period">Its length.</param>
internal sealed record PlannedLimit(string Name, int Count, TimeSpan Period)
{
    /// <summary>
    /// 0 counts calls in any period. More lets that many go at once and then one each time a share of the period (its
    /// length by <see cref="Count"/>) has passed.
    /// </summary>
    public int Burst { get; init; }
}
