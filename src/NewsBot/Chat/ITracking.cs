namespace NewsBot.Chat;

/// <summary>The places of one platform whose messages concern us, in memory.</summary>
internal interface ITracking
{
    /// <summary>Adds what the database knows.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}
