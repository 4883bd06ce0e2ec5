namespace NewsBot.Core.Summaries;

/// <summary>A summary of one article.</summary>
/// <param name="Sentences">In the order of the source; empty where nothing could be said.</param>
public sealed record Summary(IReadOnlyList<SummarySentence> Sentences)
{
    /// <summary>The summary that says nothing.</summary>
    public static Summary Empty { get; } = new([]);

    /// <summary>How it was made, with the version of the method; for a model with its name.</summary>
    public string Method { get; init; } = SummaryMethods.Extractive;

    /// <summary>All sentences as one line of plain text.</summary>
    public string Text => string.Join(' ', Sentences.Select(sentence => sentence.Text));
}
