using Microsoft.Extensions.Time.Testing;
using NewsBot.Clients.Discord.Rest;

namespace NewsBot.Clients.Tests.Discord.Rest;

/// <summary>A client, its server and a clock that moves only as long as somebody waits.</summary>
internal sealed class RestTrial : IAsyncDisposable
{
    public const string Token = "bot-token.that-must-not-be-shown";

    private readonly WatchedHandler _handler = new(DiscordRest.CreateHandler());
    private readonly HttpClient _http;

    private RestTrial(FakeTimeProvider clock, ScriptedServer server, TimeSpan timeout)
    {
        Clock = clock;
        Server = server;
        _http = new HttpClient(_handler) { Timeout = Timeout.InfiniteTimeSpan };
        Rest = new DiscordRest(
            new DiscordRestOptions(server.Url, Token, "DiscordBot (https://example.org, 1.0)") { Timeout = timeout },
            _http,
            clock
        );
    }

    public FakeTimeProvider Clock { get; }

    public ScriptedServer Server { get; }

    public DiscordRest Rest { get; }

    /// <param name="timeout">For one try; null for never, where the clock has to run on during real transfers.</param>
    public static async Task<RestTrial> StartAsync(TimeSpan? timeout = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        return new RestTrial(clock, await ScriptedServer.StartAsync(clock), timeout ?? TimeSpan.FromDays(10));
    }

    /// <summary>Moves the clock on until the work is done.</summary>
    public async Task<T> PlayAsync<T>(Task<T> work)
    {
        await PlayAsync((Task)work);
        return await work;
    }

    public async Task PlayAsync(Task work)
    {
        // Small steps keep short waits exact; a long wait goes faster the longer it is.
        for (var step = 1; !work.IsCompleted; step++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
            if (!_handler.IsBusy)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(step < 100 ? 50 : 1_000));
            }
        }

        await work;
    }

    public async Task<DiscordException> RefusedAsync(Task work) =>
        await Assert.ThrowsAsync<DiscordException>(() => PlayAsync(work));

    public static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        _http.Dispose();
        await Server.DisposeAsync();
    }

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
