namespace NewsBot.Web.Views;

/// <summary>What moderators did, as everybody may read it.</summary>
/// <param name="Site">Whose moderators.</param>
/// <param name="Now">The time of the page.</param>
/// <param name="Acts">Newest first.</param>
internal sealed record ModerationView(string Site, DateTimeOffset Now, IReadOnlyList<ModerationAct> Acts);

/// <summary>One act of a moderator.</summary>
/// <param name="At">When.</param>
/// <param name="Who">Who did it, as shown.</param>
/// <param name="What">What they did, such as "hid".</param>
/// <param name="About">What it was done to, in words.</param>
/// <param name="Path">Its page; null for none.</param>
/// <param name="Reason">Why, as they said; null where they did not.</param>
/// <param name="IsUndone">Whether it was taken back since.</param>
internal sealed record ModerationAct(
    DateTimeOffset At,
    string Who,
    string What,
    string About,
    string? Path,
    string? Reason,
    bool IsUndone
);
