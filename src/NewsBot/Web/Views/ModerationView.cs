namespace NewsBot.Web.Views;

/// <summary>What moderators did, as everybody may read it.</summary>
/// <param name="Site">Whose moderators.</param>
/// <param name="Now">The time of the page.</param>
/// <param name="Acts">Newest first; null where they are not published.</param>
internal sealed record ModerationView(string Site, DateTimeOffset Now, IReadOnlyList<ModerationAct>? Acts)
{
    /// <summary>What waits for whoever looks; null where they are no moderator.</summary>
    public ModerationQueue? Queue { get; init; }
}

/// <summary>What waits for a moderator, as forms.</summary>
/// <param name="Waiting">Those that waited longest first.</param>
/// <param name="Path">Where the forms go.</param>
/// <param name="TokenField">Name of the field that carries <paramref name="Token"/>.</param>
/// <param name="Token">Proves to the server that a form is ours.</param>
internal sealed record ModerationQueue(
    IReadOnlyList<WaitingReply> Waiting,
    string Path,
    string TokenField,
    string Token
)
{
    /// <summary>Safe HTML of what came of the form that was sent; null where none was.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether nothing was changed by it.</summary>
    public bool IsRefused { get; init; }
}

/// <summary>A reply that waits.</summary>
/// <param name="Name">Such as "12#3".</param>
/// <param name="Html">Safe HTML that says what it is and why it waits.</param>
/// <param name="Decisions">What can be done: the command's word, and what the button says.</param>
internal sealed record WaitingReply(string Name, string Html, IReadOnlyList<KeyValuePair<string, string>> Decisions);

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
