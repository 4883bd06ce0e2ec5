using NewsBot.Core.Stories;
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
                // Where one is none, the next takes its place at once, so that a card waiting for it has it from the start.
                var open = new Queue<DuePicture>([picture]);
                for (var tries = 0; tries < PicturePick.MaxTries && open.TryDequeue(out var next); tries++)
                {
                    var fetched = await fetcher.FetchAsync(next.Url, token);
                    foreach (var other in await pictures.SaveAsync(next, fetched, time.GetUtcNow(), token))
                    {
                        open.Enqueue(other);
                    }
                }
            }
        );
    }
}
