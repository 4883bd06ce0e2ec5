using NewsBot.Core.Feeds;

namespace NewsBot.Fetching;

/// <summary>Gets a foreign picture and makes it ours.</summary>
internal sealed class PictureFetcher(IFetcher fetcher) : IDisposable
{
    // One picture may take 160 MB while it is decoded.
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Fetches and encodes one picture in both sizes. Private networks are never asked.</summary>
    /// <param name="url">Absolute http or https address.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Null where it cannot be had or is no picture we show.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<EncodedPictures?> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        var request = FetchRequest.First(url) with { Kind = FetchKind.Picture };
        if (await fetcher.FetchAsync(request, cancellationToken) is not FetchOutcome.Fetched fetched)
        {
            return null;
        }

        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return PictureEncoder.EncodeBoth(fetched.Body);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();
}
