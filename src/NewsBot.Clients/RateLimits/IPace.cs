namespace NewsBot.Clients.RateLimits;

/// <summary>A limit on calls over time. Not thread-safe.</summary>
internal interface IPace
{
    /// <summary>True where nothing in it would be missed.</summary>
    bool IsIdle(TimeSpan now);

    /// <summary>When the next call may go; now for at once.</summary>
    /// <param name="ahead">Calls that go before it.</param>
    /// <param name="now">The time.</param>
    TimeSpan ReadyAt(int ahead, TimeSpan now);

    /// <summary>Calls that may go at once.</summary>
    int Left(TimeSpan now);

    void Take(CallTicket ticket, TimeSpan now);

    /// <summary>The call was answered, or given up.</summary>
    void End(CallTicket ticket, TimeSpan now);

    /// <summary>Nothing may go before then.</summary>
    void PauseUntil(TimeSpan until);
}
