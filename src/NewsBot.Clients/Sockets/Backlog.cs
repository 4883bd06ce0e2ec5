using System.Threading.Channels;

namespace NewsBot.Clients.Sockets;

/// <summary>
/// What waits for a handler, bounded by number and bytes. The read loop never waits for it: pings would starve behind it.
/// It asks for room instead. One reader, any number of writers.
/// </summary>
/// <param name="maxItems">Most items.</param>
/// <param name="maxBytes">Most bytes over all items.</param>
/// <param name="bytes">The size of one.</param>
internal sealed class Backlog<T>(int maxItems, long maxBytes, Func<T, int> bytes)
{
    private readonly Channel<T> _items = Channel.CreateUnbounded<T>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Lock _gate = new();
    private TaskCompletionSource? _drained;
    private int _count;
    private long _bytes;

    public ChannelReader<T> Items => _items.Reader;

    /// <summary>Whether an item of this size may be added; always where nothing waits.</summary>
    public bool HasRoom(int size)
    {
        lock (_gate)
        {
            return _count == 0 || (_count < maxItems && _bytes + size <= maxBytes);
        }
    }

    public void Add(T item)
    {
        lock (_gate)
        {
            _count++;
            _bytes += bytes(item);
        }

        _items.Writer.TryWrite(item);
    }

    /// <summary>Notes that an item is handled, or given up.</summary>
    public void Done(T item)
    {
        lock (_gate)
        {
            _count--;
            _bytes -= bytes(item);
            if (IsDrained)
            {
                _drained?.TrySetResult();
                _drained = null;
            }
        }
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

    private bool IsDrained => _count == 0 || (_count <= maxItems / 2 && _bytes <= maxBytes / 2);
}
