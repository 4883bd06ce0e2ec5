namespace NewsBot.Testing.Servers.Limits;

/// <summary>So many requests within so long; the time runs from the first of them.</summary>
/// <param name="Count">Requests allowed.</param>
/// <param name="Window">From the first request until the count starts anew.</param>
public sealed record FakeLimit(int Count, TimeSpan Window)
{
    /// <summary>A limit that nobody meets.</summary>
    public static FakeLimit None { get; } = new(int.MaxValue, TimeSpan.FromSeconds(1));
}
