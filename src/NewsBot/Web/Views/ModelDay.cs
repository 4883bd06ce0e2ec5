namespace NewsBot.Web.Views;

/// <summary>The model that writes summaries, and its day (UTC).</summary>
/// <param name="Name">As the operator set it.</param>
/// <param name="Requests">How often it was asked today.</param>
/// <param name="Tokens">What that cost.</param>
/// <param name="Budget">The most it may cost a day.</param>
/// <param name="MostARequest">What one request may cost; with less left none is made.</param>
/// <param name="PausedUntil">UTC; null where it answers.</param>
internal sealed record ModelDay(
    string Name,
    long Requests,
    long Tokens,
    long Budget,
    long MostARequest,
    DateTimeOffset? PausedUntil
)
{
    /// <summary>Whether the day has no room for another request.</summary>
    public bool IsSpent => Tokens + MostARequest > Budget;
}
