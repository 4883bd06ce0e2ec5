using System.Threading.Channels;

namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>What happens on the connections, one after the other, for the session.</summary>
internal sealed class SocketEvents
{
    // Each connection brings a handful in its life; one that floods waits until it is heard.
    private const int MostWaiting = 100;

    private readonly Channel<SocketEvent> _events = Channel.CreateBounded<SocketEvent>(MostWaiting);

    public ChannelReader<SocketEvent> Reader => _events.Reader;

    public ValueTask OpenedAsync(int id) => AddAsync((session, now) => session.Opened(id, now));

    public ValueTask HelloAsync(int id) => AddAsync((session, now) => session.Hello(id, now));

    public ValueTask DisconnectAsync(int id, string reason) =>
        AddAsync((session, now) => session.Disconnect(id, reason, now));

    public ValueTask LostAsync(int id) => AddAsync((session, now) => session.Lost(id, now));

    public ValueTask UnreachableAsync(int id, OpenFailure failure) =>
        AddAsync((session, now) => session.Unreachable(id, failure, now));

    /// <summary>Nobody listens any more.</summary>
    public void Close() => _events.Writer.TryComplete();

    private async ValueTask AddAsync(SocketEvent happened)
    {
        try
        {
            await _events.Writer.WriteAsync(happened, CancellationToken.None);
        }
        catch (ChannelClosedException)
        {
            // All connections are being closed.
        }
    }
}

/// <summary>Tells the session.</summary>
internal delegate IReadOnlyList<SocketAction> SocketEvent(SlackSocketSession session, DateTimeOffset now);
