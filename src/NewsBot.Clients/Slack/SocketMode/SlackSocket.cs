using Microsoft.Extensions.Logging;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>
/// The app's connections to Slack, over which everything comes that would come over HTTP to an app with a public
/// address. Source: https://docs.slack.dev/apis/events-api/using-socket-mode
/// </summary>
/// <param name="options">How patient it is.</param>
/// <param name="handler">What to do with what arrives.</param>
/// <param name="address">
/// Asks apps.connections.open, see <see cref="WebApi.SlackWebApi.OpenSocketAsync"/>; called before each connection. Its
/// <see cref="WebApi.SlackException"/> says whether asking again would help.
/// </param>
/// <param name="time">The clock.</param>
/// <param name="loggers">Makes the loggers.</param>
public sealed partial class SlackSocket(
    SlackSocketOptions options,
    ISlackSocketHandler handler,
    Func<CancellationToken, Task<Uri>> address,
    TimeProvider time,
    ILoggerFactory loggers
)
{
    // The session looks at its own clock again when woken; less than this is not worth a timer.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly ILogger<SlackSocket> _logger = loggers.CreateLogger<SlackSocket>();
    private readonly SteadyClock _clock = new(time);
    private readonly SocketHandler _handler = new(options, handler, time, loggers.CreateLogger<SocketHandler>());

    /// <summary>Runs until cancelled, then closes all connections.</summary>
    /// <param name="cancellationToken">Stops in good order; the task then ends as cancelled.</param>
    /// <exception cref="SlackSocketFatalException">Slack refused for good; says what an admin has to do.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = new SocketEvents();
        var connections = new Dictionary<int, Running>();
        var worker = _handler.RunAsync(ended.Token);
        var listening = ListenAsync(events, connections, ended.Token);
        try
        {
            // Neither ends by itself; without one of them the other is of no use.
            await await Task.WhenAny(listening, worker);
        }
        finally
        {
            events.Close();
            await ended.CancelAsync();
            await Task.WhenAny(listening);
            foreach (var connection in connections.Values)
            {
                await EndAsync(connection);
            }

            // Waits for its end without taking part in how it ended.
            await Task.WhenAny(worker);
        }
    }

    private async Task ListenAsync(
        SocketEvents events,
        Dictionary<int, Running> connections,
        CancellationToken cancellationToken
    )
    {
        var session = new SlackSocketSession(options, Random.Shared.NextDouble);
        var actions = session.Start(_clock.Now);
        while (true)
        {
            Do(actions, events, connections, cancellationToken);
            await WaitAsync(session, events, cancellationToken);
            actions = events.Reader.TryRead(out var happened)
                ? happened(session, _clock.Now)
                : session.Tick(_clock.Now);
            foreach (var (id, connection) in connections.Where(pair => pair.Value.Task.IsCompleted).ToList())
            {
                connections.Remove(id);
                await EndAsync(connection);
            }
        }
    }

    private async Task WaitAsync(SlackSocketSession session, SocketEvents events, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var happens = events.Reader.WaitToReadAsync(over.Token).AsTask();
        var due = session.Due is { } at ? at - _clock.Now : Timeout.InfiniteTimeSpan;
        var wait = due == Timeout.InfiniteTimeSpan || due > ShortestWait ? due : ShortestWait;
        await Task.WhenAny(happens, Task.Delay(wait, time, over.Token));
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Do(
        IReadOnlyList<SocketAction> actions,
        SocketEvents events,
        Dictionary<int, Running> connections,
        CancellationToken cancellationToken
    )
    {
        foreach (var action in actions)
        {
            switch (action)
            {
                case SocketAction.Open open:
                    connections[open.Connection] = Start(open.Connection, events, cancellationToken);
                    break;
                case SocketAction.Close close:
                    LogClosing(close.Connection, close.Reason);
                    if (connections.TryGetValue(close.Connection, out var closing))
                    {
                        closing.Closing = closing.Connection.CloseAsync();
                    }

                    break;
                case SocketAction.Report report:
                    _handler.Report(report.State);
                    break;
                case SocketAction.Stop stop:
                    LogStopped(stop.Sentence);
                    _handler.Report(new SlackSocketState.Stopped(stop.Sentence));
                    throw new SlackSocketFatalException(stop.Sentence);
                default:
                    throw new InvalidOperationException("There is no other action.");
            }
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "It is disposed where it has ended."
    )]
    private Running Start(int id, SocketEvents events, CancellationToken cancellationToken)
    {
        var connection = new SlackSocketConnection(
            id,
            options,
            _handler,
            events,
            address,
            time,
            loggers.CreateLogger<SlackSocketConnection>()
        );
        return new Running(connection, connection.RunAsync(cancellationToken));
    }

    private static async Task EndAsync(Running connection)
    {
        await Task.WhenAny(connection.Task);
        await connection.Closing;
        connection.Connection.Dispose();
    }

    private sealed class Running(SlackSocketConnection connection, Task task)
    {
        public SlackSocketConnection Connection { get; } = connection;

        public Task Task { get; } = task;

        public Task Closing { get; set; } = Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Socket {Id} is being closed: {Reason}")]
    private partial void LogClosing(int id, string reason);

    [LoggerMessage(LogLevel.Error, "The sockets stopped: {Sentence}")]
    private partial void LogStopped(string sentence);
}
