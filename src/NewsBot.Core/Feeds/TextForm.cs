namespace NewsBot.Core.Feeds;

/// <summary>What a publisher meant a text to be.</summary>
internal enum TextForm
{
    /// <summary>Plain text: every character stands for itself.</summary>
    Plain,

    /// <summary>HTML.</summary>
    Markup,

    /// <summary>Not said; HTML if it looks like it.</summary>
    Guess,
}
