using System.Threading.Channels;
using NewsBot.Clients.Sockets;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>
/// The events of one shard that wait for the handler, bounded by number and bytes. Where there is no room the connection
/// is left, and resumed later.
/// </summary>
internal sealed class DispatchQueue(int maxEvents, long maxBytes)
{
    private readonly Backlog<QueuedEvent> _backlog = new(maxEvents, maxBytes, queued => queued.Event.Data.Length);

    public ChannelReader<QueuedEvent> Events => _backlog.Items;

    /// <summary>Whether an event of this size may be added; always where the queue is empty.</summary>
    public bool HasRoom(int bytes) => _backlog.HasRoom(bytes);

    public void Add(QueuedEvent queued) => _backlog.Add(queued);

    /// <summary>Notes that an event is stored, or given up.</summary>
    public void Done(QueuedEvent queued)
    {
        _backlog.Done(queued);
        queued.Tracker?.Complete(queued.Event.Sequence);
    }

    /// <summary>Waits until half of the room is free again.</summary>
    public Task WaitDrainedAsync(CancellationToken cancellationToken) => _backlog.WaitDrainedAsync(cancellationToken);
}

/// <param name="Event">What waits.</param>
/// <param name="Tracker">Where its end is noted: that of the session it came over. Null where it had no number.</param>
internal readonly record struct QueuedEvent(GatewayEvent Event, SequenceTracker? Tracker);
