using NewsBot.Fetching;
using NewsBot.Storage;
using Quartz;

namespace NewsBot.Scheduling;

/// <summary>Fetches and re-encodes the pictures that stories refer to. A picture that cannot be had is tried a few times and then left out.</summary>
[DisallowConcurrentExecution]
internal sealed class FetchPicturesJob(PictureStore pictures, PictureFetcher fetcher, TimeProvider time) : IJob
{
    // One tick fetches so many, so that a stop never waits long.
    private const int Batch = 24;

    // Beside each other; a picture takes tens of megabytes while it is decoded.
    private const int MaxParallel = 2;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var due = await pictures.FindDueAsync(time.GetUtcNow(), Batch, cancellationToken);
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken },
            async (picture, token) =>
            {
                var encoded = await fetcher.FetchAsync(picture.Url, token);
                await pictures.SaveAsync(picture, encoded, time.GetUtcNow(), token);
            }
        );
    }
}
