namespace NewsBot.Core.Summaries;

/// <summary>Summarises articles: with the model where one is set up and what it writes holds, else from the article's own sentences.</summary>
public sealed class Summariser(ISummaryModel model)
{
    // A shorter text is its own summary.
    private const int MinForModel = 600;

    /// <summary>Summarises an article.</summary>
    /// <param name="title">Its headline as plain text.</param>
    /// <param name="text">Its plain text; where it is empty there is no summary.</param>
    /// <param name="language">BCP 47 tag; null where unknown.</param>
    /// <param name="limits">How long the summary may get.</param>
    /// <param name="cancellationToken">Cancels asking the model.</param>
    /// <returns>Every sentence with the span of the source that carries it.</returns>
    public async Task<Summary> SummariseAsync(
        string title,
        string text,
        string? language,
        SummaryLimits limits,
        CancellationToken cancellationToken
    )
    {
        if (model.Name is { } name && text.Length >= MinForModel)
        {
            var draft = await model.DraftAsync(title, text, limits, cancellationToken);
            if (draft is not null && CheckedSummary.Of(draft, title, text, limits) is { } carried)
            {
                return carried with { Method = SummaryMethods.By(name) };
            }
        }

        return ExtractiveSummariser.Summarise(title, text, language, limits);
    }
}
