namespace NewsBot.Testing.Servers.Limits;

/// <summary>One after the other, with a few at once where there was a pause.</summary>
/// <param name="Burst">How many may come at once after a long pause.</param>
/// <param name="Every">How long one is saved up.</param>
public sealed record FakePace(int Burst, TimeSpan Every)
{
    /// <summary>A pace that holds nobody up.</summary>
    public static FakePace None { get; } = new(int.MaxValue, TimeSpan.Zero);
}
