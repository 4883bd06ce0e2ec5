using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Clients.Slack.SocketMode;
using NewsBot.Clients.Tests.Http;
using NewsBot.Clients.Tests.Sockets;

namespace NewsBot.Clients.Tests.Slack.SocketMode;

/// <summary>Sockets that run against a server on loopback whose other half is the test, and all they tell their owner.</summary>
internal sealed class SocketRun : ISlackSocketHandler, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<SlackEnvelope> _handled = Channel.CreateUnbounded<SlackEnvelope>();
    private readonly Channel<SlackSocketState> _states = Channel.CreateUnbounded<SlackSocketState>();

    private SocketRun(ScriptedSockets server) => Server = server;

    public ScriptedSockets Server { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public Task Running { get; private set; } = Task.CompletedTask;

    public ConcurrentQueue<string> Log { get; } = new();

    public Func<SlackEnvelope, CancellationToken, Task<JsonNode?>> Handle { get; set; } =
        (_, _) => Task.FromResult<JsonNode?>(null);

    public Action<SlackSocketState> Told { get; set; } = _ => { };

    public Func<CancellationToken, Task<Uri>> Address { get; set; } = null!;

    public int AddressAsked { get; private set; }

    /// <param name="connections">How many are kept open.</param>
    /// <param name="change">Makes the options; null for those of a patient client, for the clock runs much faster than the socket.</param>
    /// <param name="prepare">Is done before the start.</param>
    public static async Task<SocketRun> StartAsync(
        int connections = 1,
        Func<SlackSocketOptions>? change = null,
        Action<SocketRun>? prepare = null
    )
    {
        var run = new SocketRun(await ScriptedSockets.StartAsync(TestContext.Current.CancellationToken));
        run.Address = _ => Task.FromResult(new Uri(run.Server.Url, "?ticket=secret-ticket"));
        prepare?.Invoke(run);
        var socket = new SlackSocket(
            change?.Invoke() ?? Options(connections),
            run,
            cancellationToken =>
            {
                run.AddressAsked++;
                return run.Address(cancellationToken);
            },
            run.Time,
            LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new LogList(run.Log)))
        );
        run.Running = socket.RunAsync(run._stop.Token);
        return run;
    }

    public static SlackSocketOptions Options(int connections = 1) =>
        new()
        {
            UserAgent = "NewsBot/1.0",
            Connections = connections,
            ConnectTimeout = TimeSpan.FromDays(1),
            HelloTimeout = TimeSpan.FromDays(1),
        };

    public async Task<JsonNode?> HandleAsync(SlackEnvelope envelope, CancellationToken cancellationToken)
    {
        var answer = await Handle(envelope, cancellationToken);
        await _handled.Writer.WriteAsync(envelope, CancellationToken.None);
        return answer;
    }

    public void OnState(SlackSocketState state)
    {
        _states.Writer.TryWrite(state);
        Told(state);
    }

    /// <summary>The next connection, greeted.</summary>
    public async Task<SocketPeer> GreetAsync()
    {
        var peer = await PassTimeUntilAsync(Server.NextAsync(Cancel));
        await peer.SendAsync("""{"type":"hello","num_connections":1,"connection_info":{"app_id":"A1"}}""", Cancel);
        await StateAsync<SlackSocketState.Connected>();
        return peer;
    }

    /// <summary>The next envelope that was handled.</summary>
    public async Task<SlackEnvelope> HandledAsync() => await _handled.Reader.ReadAsync(Cancel);

    /// <summary>The next state of this kind; others before it are passed over.</summary>
    public async Task<T> StateAsync<T>()
        where T : SlackSocketState
    {
        while (true)
        {
            if (await _states.Reader.ReadAsync(Cancel) is T state)
            {
                return state;
            }
        }
    }

    /// <summary>Lets time pass in small steps until something has happened.</summary>
    public async Task<T> PassTimeUntilAsync<T>(Task<T> happens, TimeSpan? step = null)
    {
        while (!happens.IsCompleted)
        {
            Time.Advance(step ?? TimeSpan.FromMilliseconds(200));
            await Task.WhenAny(happens, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel));
            Cancel.ThrowIfCancellationRequested();
        }

        return await happens;
    }

    public static string Envelope(string id, string type = "events_api", bool accepts = false, string payload = "{}") =>
        $$"""{"envelope_id":"{{id}}","type":"{{type}}","payload":{{payload}},"accepts_response_payload":{{(accepts ? "true" : "false")}}}""";

    public static async Task<string?> TextAsync(SocketPeer peer) =>
        await peer.ReceiveAsync(Cancel) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;

    public Task StopAsync() => _stop.CancelAsync();

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

        await Server.DisposeAsync();
        _stop.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
