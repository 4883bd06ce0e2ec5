namespace NewsBot.Core.Posts;

/// <summary>When a card's count is brought up to date. The page is always exact; a card may lag. Pure.</summary>
public static class CountSchedule
{
    private static readonly TimeSpan Young = TimeSpan.FromHours(1);
    private static readonly TimeSpan Old = TimeSpan.FromHours(48);

    /// <param name="cardAge">Time since the card was posted.</param>
    /// <returns>How long to collect further comments before the edit; null where the count alone is no reason to edit.</returns>
    public static TimeSpan? Wait(TimeSpan cardAge) =>
        cardAge < Young ? TimeSpan.FromSeconds(30)
        : cardAge < Old ? TimeSpan.FromMinutes(10)
        : null;
}
