namespace NewsBot.Clients.RateLimits;

/// <summary>What one try told about limits.</summary>
internal sealed record LimitSignal
{
    /// <summary>No answer came, or one that says nothing of limits (a broken connection, a failure of the server).</summary>
    public static LimitSignal None { get; } = new();

    /// <summary>True where the call had its effect: an answer without limits then says that the route has none.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>The server's name for the bucket; null where it sent none.</summary>
    public string? Bucket { get; init; }

    public int? Limit { get; init; }

    public int? Remaining { get; init; }

    /// <summary>Until the bucket is full again, counted from when the answer was written.</summary>
    public TimeSpan? ResetAfter { get; init; }

    /// <summary>Set where the call was refused for a limit.</summary>
    public LimitRefusal? Refusal { get; init; }
}

/// <param name="Scope">Whose limit it was.</param>
/// <param name="RetryAfter">How long to wait.</param>
internal sealed record LimitRefusal(LimitScope Scope, TimeSpan RetryAfter)
{
    /// <summary>The limit known beforehand that it was, where others share it; null for none.</summary>
    public PlannedLimit? Planned { get; init; }
}

internal enum LimitScope
{
    /// <summary>Ours, on this bucket or on a part of it.</summary>
    User,

    /// <summary>Ours, over all calls.</summary>
    Global,

    /// <summary>Of a resource that others use too; it does not count against us.</summary>
    Shared,
}
