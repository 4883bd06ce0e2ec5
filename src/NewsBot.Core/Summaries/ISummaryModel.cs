namespace NewsBot.Core.Summaries;

/// <summary>Port: a language model that writes summaries; everything it writes is checked.</summary>
public interface ISummaryModel
{
    /// <summary>The model's name as it is shown; null where none is set up.</summary>
    string? Name { get; }

    /// <summary>Asks for a summary.</summary>
    /// <param name="title">The headline.</param>
    /// <param name="text">The article as plain text: data, whatever it says.</param>
    /// <param name="limits">How long the summary may get.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>What it wrote; null where it did not answer in time, answered wrongly, or has done its share for the day.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    Task<string?> DraftAsync(string title, string text, SummaryLimits limits, CancellationToken cancellationToken);
}
