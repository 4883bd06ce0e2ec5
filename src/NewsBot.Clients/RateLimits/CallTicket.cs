namespace NewsBot.Clients.RateLimits;

/// <summary>One call's place in the queue, and later its permission to be sent once.</summary>
internal sealed class CallTicket(CallQueue queue, long sequence)
{
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CallQueue Queue { get; } = queue;

    /// <summary>Order of asking; a call that was refused keeps it.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>Ends when the call may be sent, or fails where it never may.</summary>
    public Task Taken => _taken.Task;

    public TimeSpan SentAt { get; private set; }

    /// <summary>The bucket it was charged to.</summary>
    public LimitBucket? Bucket { get; private set; }

    /// <summary>That bucket's window at the time.</summary>
    public int Window { get; private set; }

    /// <summary>True where it was the first call ever on its route.</summary>
    public bool IsProbe { get; private set; }

    public void Send(TimeSpan now, LimitBucket? bucket, bool isProbe)
    {
        SentAt = now;
        Bucket = bucket;
        Window = bucket?.Window ?? 0;
        IsProbe = isProbe;
    }

    public void Release() => _taken.TrySetResult();

    public void Fail(Exception error) => _taken.TrySetException(error);

    public void Cancel(CancellationToken cancellationToken) => _taken.TrySetCanceled(cancellationToken);
}
