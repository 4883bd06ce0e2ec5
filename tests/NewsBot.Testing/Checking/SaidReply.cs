namespace NewsBot.Testing.Checking;

/// <summary>A reply as its author left it. It is known by its mark, a word that is in no other text.</summary>
/// <param name="Mark">Part of the text, before and after every edit.</param>
/// <param name="Headline">The story it is about.</param>
/// <param name="Side">Where it was written.</param>
/// <param name="Channel">Row of the channel it was written in.</param>
internal sealed record SaidReply(string Mark, string Headline, Side Side, long Channel)
{
    /// <summary>What it says now, without a number it begins with.</summary>
    public required string Text { get; set; }

    /// <summary>The platform's id of the message; null while nobody knows it.</summary>
    public string? Message { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>The mark of the reply it answers; null where it answers the story.</summary>
    public string? Parent { get; init; }

    /// <summary>
    /// Whether it may be missing: it was deleted before the newsroom can be known to have seen it, or so was what tells whose
    /// story it is about.
    /// </summary>
    public bool MayBeUnknown { get; set; }
}
