using NewsBot.Core.Feeds;
using NewsBot.Storage;

namespace NewsBot.WebSub;

/// <summary>
/// Flow: feeds with a hub → asked to push, again before the lease ends; feeds nobody wants any more → asked to stop. What a hub
/// does not do costs nothing: the feed goes on being polled.
/// </summary>
internal sealed partial class AskHubs(
    WebSubStore store,
    HubCaller hubs,
    PushAddress address,
    TimeProvider time,
    ILogger<AskHubs> logger
)
{
    // A tick that takes some seconds; the next one goes on.
    private const int Batch = 20;

    // The fetcher's budgets keep each hub's share small.
    private const int MaxParallel = 8;

    /// <summary>Asks what is due now.</summary>
    /// <param name="cancellationToken">Stops at once; what was claimed is asked again later.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await store.SettleAsync(address.Origin, time.GetUtcNow(), cancellationToken);
        if (address.Origin is not { } origin)
        {
            return;
        }

        await store.AddMissingAsync(origin, time.GetUtcNow(), Batch, cancellationToken);
        await Parallel.ForEachAsync(
            await store.ClaimDueAsync(time.GetUtcNow(), Batch, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken },
            async (request, token) => await TryAskAsync(request, token)
        );
    }

    private async Task TryAskAsync(HubRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(request, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // It was claimed, so it is asked again later.
            LogBroken(error, request.Feed);
        }
    }

    private async Task AskAsync(HubRequest request, CancellationToken cancellationToken)
    {
        if (request.Secret is null || (request.Leaves && request.Attempts > HubPatience.MaxPartings))
        {
            await store.ForgetAsync(request.Id, time.GetUtcNow(), cancellationToken);
        }
        else if (await hubs.AskAsync(request, cancellationToken) is { } refusal)
        {
            LogRefused(request.Feed, refusal.Reason);
            await store.FailAsync(request.Id, refusal.Reason, refusal.NotBefore, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "The hub of {Feed} took no request: {Reason}")]
    private partial void LogRefused(FeedId feed, string reason);

    [LoggerMessage(LogLevel.Error, "Asking the hub of {Feed} broke")]
    private partial void LogBroken(Exception error, FeedId feed);
}
