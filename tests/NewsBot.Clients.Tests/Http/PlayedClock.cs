using Microsoft.Extensions.Time.Testing;

namespace NewsBot.Clients.Tests.Http;

/// <summary>A clock that moves only as long as somebody waits and no call is on its way.</summary>
internal sealed class PlayedClock : IDisposable
{
    private readonly WatchedHandler _handler;

    public PlayedClock(HttpMessageHandler handler)
    {
        _handler = new WatchedHandler(handler);
        Http = new HttpClient(_handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public HttpClient Http { get; }

    /// <summary>Moves the clock on until the work is done.</summary>
    public async Task PlayAsync(Task work)
    {
        // Small steps keep short waits exact; a long wait goes faster the longer it is.
        for (var step = 1; !work.IsCompleted; step++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
            if (!_handler.IsBusy)
            {
                Time.Advance(TimeSpan.FromMilliseconds(step < 100 ? 50 : 1_000));
            }
        }

        await work;
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => Http.Dispose();

    /// <summary>Knows whether a call is on its way, so that the clock does not run on meanwhile.</summary>
    private sealed class WatchedHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private int _busy;

        public bool IsBusy => Volatile.Read(ref _busy) > 0;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Interlocked.Increment(ref _busy);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _busy);
            }
        }
    }
}
