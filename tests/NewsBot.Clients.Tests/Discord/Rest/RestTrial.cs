using Microsoft.Extensions.Time.Testing;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Clients.RateLimits;
using NewsBot.Clients.Tests.Http;

namespace NewsBot.Clients.Tests.Discord.Rest;

/// <summary>A client, its server and a clock that moves only as long as somebody waits.</summary>
internal sealed class RestTrial : IAsyncDisposable
{
    public const string Token = "bot-token.that-must-not-be-shown";

    private readonly PlayedClock _clock;

    private RestTrial(PlayedClock clock, ScriptedServer server, TimeSpan timeout, CallMeter? meter)
    {
        _clock = clock;
        Server = server;
        Rest = new DiscordRest(
            new DiscordRestOptions(server.Url, Token, "DiscordBot (https://example.org, 1.0)")
            {
                Timeout = timeout,
                Meter = meter,
            },
            clock.Http,
            clock.Time
        );
    }

    public FakeTimeProvider Clock => _clock.Time;

    public ScriptedServer Server { get; }

    public DiscordRest Rest { get; }

    /// <param name="timeout">For one try; null for never, where the clock has to run on during real transfers.</param>
    /// <param name="meter">Where the calls are counted; null for nowhere.</param>
    public static async Task<RestTrial> StartAsync(TimeSpan? timeout = null, CallMeter? meter = null)
    {
        var clock = new PlayedClock(DiscordRest.CreateHandler());
        return new RestTrial(
            clock,
            await ScriptedServer.StartAsync(clock.Time, "/api/v10"),
            timeout ?? TimeSpan.FromDays(10),
            meter
        );
    }

    /// <summary>Moves the clock on until the work is done.</summary>
    public async Task<T> PlayAsync<T>(Task<T> work)
    {
        await _clock.PlayAsync(work);
        return await work;
    }

    public Task PlayAsync(Task work) => _clock.PlayAsync(work);

    public async Task<DiscordException> RefusedAsync(Task work) =>
        await Assert.ThrowsAsync<DiscordException>(() => PlayAsync(work));

    public static Task UntilAsync(Func<bool> condition) => PlayedClock.UntilAsync(condition);

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        _clock.Dispose();
        await Server.DisposeAsync();
    }
}
