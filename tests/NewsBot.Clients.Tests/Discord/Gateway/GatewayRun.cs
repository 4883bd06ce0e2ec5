using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Clients.Discord.Gateway;
using NewsBot.Clients.Tests.Http;

namespace NewsBot.Clients.Tests.Discord.Gateway;

/// <summary>A gateway client that runs against a <see cref="ScriptedGateway"/>, and all it tells its owner.</summary>
internal sealed class GatewayRun : IGatewayHandler, IGatewaySessionStore, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<GatewayEvent> _events = Channel.CreateUnbounded<GatewayEvent>();
    private readonly Channel<GatewayResume?> _saves = Channel.CreateUnbounded<GatewayResume?>();
    private readonly Channel<GatewayState> _states = Channel.CreateUnbounded<GatewayState>();

    public FakeTimeProvider Time { get; } = new(A.Now) { AutoAdvanceAmount = TimeSpan.Zero };

    public Task Running { get; private set; } = Task.CompletedTask;

    public ConcurrentDictionary<int, GatewayResume?> Saved { get; } = new();

    public ConcurrentQueue<GatewayResume?> Saves { get; } = new();

    public Func<string, bool> Wanted { get; set; } = _ => true;

    public Func<GatewayEvent, CancellationToken, Task> Handle { get; set; } = (_, _) => Task.CompletedTask;

    public Action<GatewayState> Told { get; set; } = _ => { };

    public Func<Task> Saving { get; set; } = () => Task.CompletedTask;

    /// <summary>That of the save under way.</summary>
    public CancellationToken SavingToken { get; private set; }

    public Func<Task> Loading { get; set; } = () => Task.CompletedTask;

    public ConcurrentQueue<string> Log { get; } = new();

    public Func<CancellationToken, Task<GatewayAddress>> Address { get; set; } = null!;

    public int AddressAsked { get; private set; }

    public static GatewayRun Start(
        ScriptedGateway server,
        GatewayOptions? options = null,
        Action<GatewayRun>? prepare = null
    )
    {
        var run = new GatewayRun();
        run.Address = _ => Task.FromResult(A.Address(server.Url));
        prepare?.Invoke(run);
        var gateway = new DiscordGateway(
            options ?? A.PatientOptions(),
            run,
            run,
            cancellationToken =>
            {
                run.AddressAsked++;
                return run.Address(cancellationToken);
            },
            run.Time,
            LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new LogList(run.Log)))
        );
        run.Running = gateway.RunAsync(run._stop.Token);
        return run;
    }

    public bool Wants(string type, ReadOnlySpan<byte> data) => Wanted(type);

    public async Task HandleAsync(GatewayEvent dispatch, CancellationToken cancellationToken)
    {
        await Handle(dispatch, cancellationToken);
        await _events.Writer.WriteAsync(dispatch, CancellationToken.None);
    }

    public void OnState(GatewayState state)
    {
        _states.Writer.TryWrite(state);
        Told(state);
    }

    public async Task<GatewayResume?> LoadAsync(int shard, CancellationToken cancellationToken)
    {
        await Loading();
        return Saved.GetValueOrDefault(shard);
    }

    public async Task SaveAsync(int shard, GatewayResume? place, CancellationToken cancellationToken)
    {
        SavingToken = cancellationToken;
        await Saving();
        Saved[shard] = place;
        Saves.Enqueue(place);
        _saves.Writer.TryWrite(place);
    }

    /// <summary>The next place that was saved.</summary>
    public async Task<GatewayResume?> SavedAsync(CancellationToken cancellationToken) =>
        await _saves.Reader.ReadAsync(cancellationToken);

    /// <summary>The next event that was stored.</summary>
    public async Task<GatewayEvent> StoredAsync(CancellationToken cancellationToken) =>
        await _events.Reader.ReadAsync(cancellationToken);

    /// <summary>The next state of this kind; others before it are passed over.</summary>
    public async Task<T> StateAsync<T>(CancellationToken cancellationToken)
        where T : GatewayState
    {
        while (true)
        {
            if (await _states.Reader.ReadAsync(cancellationToken) is T state)
            {
                return state;
            }
        }
    }

    /// <summary>Lets time pass in small steps until something has happened.</summary>
    public async Task<T> PassTimeUntilAsync<T>(Task<T> happens, TimeSpan step, CancellationToken cancellationToken)
    {
        while (!happens.IsCompleted)
        {
            Time.Advance(step);
            await Task.WhenAny(
                happens,
                Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken)
            );
            cancellationToken.ThrowIfCancellationRequested();
        }

        return await happens;
    }

    /// <summary>Stops it in good order; the test plays the server's part of the closing.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Running);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        while (!Running.IsCompleted)
        {
            // The closing handshake with a server that is gone ends by time.
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(
                Running,
                Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None)
            );
        }

        _stop.Dispose();
    }
}
