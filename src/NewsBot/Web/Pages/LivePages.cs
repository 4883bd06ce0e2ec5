using NewsBot.Core.Channels;
using NewsBot.Core.Stories;

namespace NewsBot.Web.Pages;

/// <summary>Server-sent events that tell an open page to ask again. Source: https://html.spec.whatwg.org/multipage/server-sent-events.html</summary>
internal sealed class LivePages(LiveUpdates live, IHostApplicationLifetime lifetime, TimeProvider time)
{
    // Each open page holds a connection and a small queue; beyond this the pages work without live arrival.
    private const int MaxReaders = 1_000;

    // Shorter than the idle timeouts of common proxies (60 s).
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(25);

    public async Task RunAsync(HttpContext context, long? channel, long? story)
    {
        if (live.ReaderCount >= MaxReaders)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "60";
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
                if (Concerns(update, channel, story))
                {
                    await SendAsync(response, "event: changed\ndata: {}\n\n", ended.Token);
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

    private static bool Concerns(LiveUpdate update, long? channel, long? story) =>
        update == LiveUpdate.Everything
        || (channel is { } wanted && update.Channel == new ChannelId(wanted))
        || (story is { } open && update.Story == new StoryId(open));

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
