namespace NewsBot.Core.Summaries;

/// <summary>Port: gets an article page and finds its main text, for the summary only.</summary>
public interface IArticleReader
{
    /// <summary>Reads one page.</summary>
    /// <param name="url">Absolute http or https address.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Null where the page cannot be had or holds no readable article.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    Task<ArticleText?> ReadAsync(Uri url, CancellationToken cancellationToken);
}
