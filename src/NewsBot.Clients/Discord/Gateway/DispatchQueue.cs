using System.Threading.Channels;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>
/// The events of one shard that wait for the handler, bounded by number and bytes. The read loop never waits for it:
/// heartbeats would starve behind it. It asks for room instead, and leaves the connection where there is none.
/// </summary>
internal sealed class DispatchQueue(int maxEvents, long maxBytes)
{
    private readonly Channel<QueuedEvent> _events = Channel.CreateUnbounded<QueuedEvent>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true }
    );
    private readonly Lock _gate = new();
    private TaskCompletionSource? _drained;
    private int _count;
    private long _bytes;

    public ChannelReader<QueuedEvent> Events => _events.Reader;

    /// <summary>Whether an event of this size may be added; always where the queue is empty.</summary>
    public bool HasRoom(int bytes)
    {
        lock (_gate)
        {
            return _count == 0 || (_count < maxEvents && _bytes + bytes <= maxBytes);
        }
    }

    public void Add(QueuedEvent queued)
    {
        lock (_gate)
        {
            _count++;
            _bytes += queued.Event.Data.Length;
        }

        _events.Writer.TryWrite(queued);
    }

    /// <summary>Notes that an event is stored, or given up.</summary>
    public void Done(QueuedEvent queued)
    {
        lock (_gate)
        {
            _count--;
            _bytes -= queued.Event.Data.Length;
            if (IsDrained)
            {
                _drained?.TrySetResult();
                _drained = null;
            }
        }

        queued.Tracker?.Complete(queued.Event.Sequence);
    }

    /// <summary>Waits until half of the room is free again.</summary>
    public Task WaitDrainedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (IsDrained)
            {
                return Task.CompletedTask;
            }

            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task.WaitAsync(cancellationToken);
        }
    }

    private bool IsDrained => _count == 0 || (_count <= maxEvents / 2 && _bytes <= maxBytes / 2);
}

/// <param name="Event">What waits.</param>
/// <param name="Tracker">Where its end is noted: that of the session it came over. Null where it had no number.</param>
internal readonly record struct QueuedEvent(GatewayEvent Event, SequenceTracker? Tracker);
