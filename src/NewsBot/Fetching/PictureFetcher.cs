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
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<FetchedPicture> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        var request = FetchRequest.First(url) with { Kind = FetchKind.Picture };
        if (await fetcher.FetchAsync(request, cancellationToken) is not FetchOutcome.Fetched fetched)
        {
            return FetchedPicture.NotHad;
        }

        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return new FetchedPicture(IsHad: true, PictureEncoder.EncodeBoth(fetched.Body));
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();
}

/// <summary>What came of fetching a picture.</summary>
/// <param name="IsHad">False where the server did not give it; it may later.</param>
/// <param name="Encoded">Null where it is no picture we show.</param>
internal sealed record FetchedPicture(bool IsHad, EncodedPictures? Encoded)
{
    public static FetchedPicture NotHad { get; } = new(IsHad: false, null);
}
