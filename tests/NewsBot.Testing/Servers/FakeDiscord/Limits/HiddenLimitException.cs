namespace NewsBot.Testing.Servers.FakeDiscord.Limits;

/// <summary>A request was refused by a limit that no header tells of.</summary>
internal sealed class HiddenLimitException(TimeSpan retryAfter) : Exception("Hidden limit")
{
    public TimeSpan RetryAfter => retryAfter;
}
