namespace NewsBot.Clients.Discord.Rest;

/// <summary>What is left of one rate limit.</summary>
/// <param name="Limit">Calls in a period.</param>
/// <param name="Remaining">Calls left in this one.</param>
/// <param name="ResetAfter">Until all are back.</param>
public sealed record RateBudget(int Limit, int Remaining, TimeSpan ResetAfter);
