namespace NewsBot.WebSub;

/// <summary>Pushes take turns: those to one address one after another, and only so many at a time in all.</summary>
internal sealed class PushTurns(TimeProvider time) : IDisposable
{
    /// <summary>In seconds; hubs try again by a plan of their own.</summary>
    public const string ComeBackAfter = "30";

    // Each may hold a body in memory while its articles are fetched; as many feeds are polled beside each other.
    private const int Lanes = 16;

    // Hubs give up after some ten seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for a turn.</summary>
    /// <param name="key">Of the address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>To be disposed when the push is over; null where it does not come soon.</returns>
    public async Task<IDisposable?> EnterAsync(string key, CancellationToken cancellationToken)
    {
        var lane = _lanes[(uint)key.GetHashCode(StringComparison.Ordinal) % Lanes];
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await lane.WaitAsync(either.Token);
            return new Turn(lane);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => Array.ForEach(_lanes, lane => lane.Dispose());

    private sealed class Turn(SemaphoreSlim lane) : IDisposable
    {
        public void Dispose() => lane.Release();
    }
}
