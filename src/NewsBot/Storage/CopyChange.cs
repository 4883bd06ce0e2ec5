namespace NewsBot.Storage;

/// <summary>Why copies change, and so how soon.</summary>
/// <param name="Priority">Of the copies themselves, see <see cref="PostDraft.Priority"/>.</param>
/// <param name="QuotePriority">Of messages that quote them.</param>
/// <param name="QuoteDelay">How long further changes are collected before quotes follow.</param>
/// <param name="MostQuotes">So many of the newest answers follow.</param>
internal sealed record CopyChange(int Priority, int QuotePriority, TimeSpan QuoteDelay, int MostQuotes)
{
    /// <summary>
    /// Its author changed the text. Somebody who does so again and again costs one edit a turn, and the answers that quote
    /// it a few now and then.
    /// </summary>
    public static CopyChange Text { get; } = new(0, 1, TimeSpan.FromSeconds(30), 50);

    /// <summary>
    /// Null where copies are edited. Else they are taken back, before everything else, and posted anew with this priority:
    /// neither Discord nor Slack changes the name that a message was posted under.
    /// </summary>
    public int? RepostPriority { get; private init; }

    /// <summary>It was taken back, hidden or shown again.</summary>
    public static CopyChange State { get; } = new(0, 0, TimeSpan.Zero, int.MaxValue) { RepostPriority = 0 };

    /// <summary>
    /// What it was written in is gone, or back again. That may be thousands of messages at once, and nobody's will, so they
    /// stay where they are.
    /// </summary>
    public static CopyChange Away { get; } = new(0, 0, TimeSpan.Zero, int.MaxValue);

    /// <summary>A person's will that their words be gone: before everything else.</summary>
    public static CopyChange Removal { get; } = new(-1, -1, TimeSpan.Zero, int.MaxValue);

    /// <summary>
    /// Its author does not want to be known by the name it stands under. New messages do not wait for what is posted anew;
    /// quotes follow when there is a message again that they can lead to.
    /// </summary>
    public static CopyChange Pseudonym { get; } = new(-1, 1, TimeSpan.Zero, int.MaxValue) { RepostPriority = 1 };

    /// <summary>
    /// Who its author is was not known when it was posted, and is now. New messages do not wait for what is posted anew.
    /// </summary>
    public static CopyChange Named { get; } = new(1, 1, TimeSpan.Zero, int.MaxValue) { RepostPriority = 1 };

    /// <summary>Its author is called otherwise. That may be thousands of messages, and new ones must not wait for them.</summary>
    public static CopyChange Name { get; } = new(1, 1, TimeSpan.Zero, int.MaxValue);
}
