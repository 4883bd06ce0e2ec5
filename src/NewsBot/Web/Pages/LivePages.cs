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
        try
        {
            await SendAsync(response, channel, story, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The page was closed, or the server stops: the usual ends.
        }
    }

    private async Task SendAsync(HttpResponse response, long? channel, long? story, CancellationToken cancellationToken)
    {
        using var beat = new PeriodicTimer(Heartbeat, time);
        await using var updates = live.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        // Listening begins before the page is told so: nothing falls between.
        var next = updates.MoveNextAsync().AsTask();
        var tick = beat.WaitForNextTickAsync(cancellationToken).AsTask();
        await SendAsync(response, "retry: 3000\n\n", cancellationToken);
        while (true)
        {
            var first = await Task.WhenAny(next, tick);
            if (first == tick)
            {
                await tick;
                tick = beat.WaitForNextTickAsync(cancellationToken).AsTask();
                await SendAsync(response, ": still here\n\n", cancellationToken);
                continue;
            }

            if (!await next)
            {
                return;
            }

            var update = updates.Current;
            next = updates.MoveNextAsync().AsTask();
            if (Concerns(update, channel, story))
            {
                await SendAsync(response, "event: changed\ndata: {}\n\n", cancellationToken);
            }
        }
    }

    private static bool Concerns(LiveUpdate update, long? channel, long? story) =>
        (channel is { } wanted && update.Channel == new ChannelId(wanted))
        || (story is { } open && update.Story == new StoryId(open));

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
