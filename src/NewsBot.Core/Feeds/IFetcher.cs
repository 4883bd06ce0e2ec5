namespace NewsBot.Core.Feeds;

/// <summary>Port: gets one document from its server, politely and within bounds.</summary>
public interface IFetcher
{
    /// <summary>Fetches once, with no retry; follows redirects.</summary>
    /// <param name="request">What to fetch.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Never null; network, HTTP and guard failures come back as <see cref="FetchOutcome.Failed"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken);
}
