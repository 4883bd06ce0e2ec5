namespace NewsBot.Web.Views;

/// <summary>The model that writes summaries, and its day (UTC).</summary>
/// <param name="Name">As the operator set it.</param>
/// <param name="Requests">How often it was asked today.</param>
/// <param name="Tokens">What that cost.</param>
/// <param name="Budget">The most it may cost a day.</param>
/// <param name="PausedUntil">UTC; null where it answers.</param>
internal sealed record ModelDay(string Name, long Requests, long Tokens, long Budget, DateTimeOffset? PausedUntil)
{
    // With less left than a request may cost, none is made.
    private const int Request = 4_000;

    /// <summary>Whether the day has no room for another request.</summary>
    public bool IsSpent => Tokens + Request > Budget;
}
