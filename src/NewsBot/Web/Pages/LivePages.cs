using NewsBot.Core.Channels;
using NewsBot.Core.Flows;
using NewsBot.Storage;

namespace NewsBot.Web.Pages;

/// <summary>Server-sent events that tell an open page to ask again. Source: https://html.spec.whatwg.org/multipage/server-sent-events.html</summary>
internal sealed class LivePages(
    LiveUpdates live,
    PageFrame frame,
    Database database,
    IHostApplicationLifetime lifetime,
    TimeProvider time
)
{
    // Each open page holds a connection and a small queue; beyond this the pages work without live arrival.
    private const int MaxReaders = 1_000;

    // A page shows one story and what was joined with it.
    private const int MaxStories = 21;

    // Shorter than the idle timeouts of common proxies (60 s).
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(25);

    public async Task RunAsync(HttpContext context, long? channel, IReadOnlyList<long> stories)
    {
        if (await RefuseAsync(context, channel, stories))
        {
            return;
        }

        var response = context.Response;
        response.ContentType = "text/event-stream";
        PageHeaders.Apply(response);
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        // A server that stops does not wait for pages that stay open.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        await using var updates = live.ReadAsync(ended.Token).GetAsyncEnumerator(ended.Token);
        // Listening begins before the page is told so: nothing falls between.
        var last = updates.MoveNextAsync().AsTask();
        try
        {
            await SendAsync(response, "retry: 3000\n\n", ended.Token);
            using var beat = new PeriodicTimer(Heartbeat, time);
            var tick = beat.WaitForNextTickAsync(ended.Token).AsTask();
            while (true)
            {
                if (await Task.WhenAny(last, tick) == tick)
                {
                    await tick;
                    tick = beat.WaitForNextTickAsync(ended.Token).AsTask();
                    await SendAsync(response, ": still here\n\n", ended.Token);
                    continue;
                }

                await last;
                var update = updates.Current;
                last = updates.MoveNextAsync().AsTask();
                if (Concerns(update, channel, stories))
                {
                    await TellAsync(response, update, ended.Token);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The page was closed, or the server stops: the usual ends.
        }
        finally
        {
            // A reader may only be put away when it no longer waits.
            await ended.CancelAsync();
            await last.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task TellAsync(HttpResponse response, LiveUpdate update, CancellationToken cancellationToken)
    {
        var cause =
            update.Story is { } story && Traces.IsOn
                ? await database.ReadAsync(connection => StoryTraces.FindAsync(connection, story), cancellationToken)
                : null;
        using var span = cause is null ? null : Traces.Start("page.refresh", cause);
        span?.SetTag("story.id", update.Story?.Value);
        await SendAsync(response, "event: changed\ndata: {}\n\n", cancellationToken);
    }

    private async Task<bool> RefuseAsync(HttpContext context, long? channel, IReadOnlyList<long> stories)
    {
        if (live.ReaderCount >= MaxReaders)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "60";
            return true;
        }

        // That something is said where nobody else may read is nobody else's business either.
        if (stories.Count > MaxStories || !await MayListenAsync(context, channel, stories))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return true;
        }

        return false;
    }

    private async Task<bool> MayListenAsync(HttpContext context, long? channel, IReadOnlyList<long> stories)
    {
        var viewer = await frame.ViewerAsync(context);
        if (channel is { } room && !await frame.Reader.SeesChannelAsync(room, viewer, context.RequestAborted))
        {
            return false;
        }

        foreach (var story in stories)
        {
            if (await frame.Reader.StoryAsync(story, viewer, context.RequestAborted) is null)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Concerns(LiveUpdate update, long? channel, IReadOnlyList<long> stories) =>
        update == LiveUpdate.Everything
        || (channel is { } wanted && update.Channel == new ChannelId(wanted))
        || (update.Story is { } changed && stories.Contains(changed.Value));

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
