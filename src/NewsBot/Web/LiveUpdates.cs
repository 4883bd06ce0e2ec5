using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NewsBot.Core.Channels;
using NewsBot.Core.Stories;

namespace NewsBot.Web;

/// <summary>Tells open pages of this process that something they show has changed. What changed they ask for themselves.</summary>
internal sealed class LiveUpdates
{
    // A page that does not read for so many changes only needs to know that there was one more.
    private const int MaxWaiting = 16;

    private readonly ConcurrentDictionary<Channel<LiveUpdate>, byte> _readers = new();

    /// <summary>Open pages that listen now.</summary>
    public int ReaderCount => _readers.Count;

    public void Publish(LiveUpdate update)
    {
        foreach (var reader in _readers.Keys)
        {
            reader.Writer.TryWrite(update);
        }
    }

    /// <summary>Every update from now on, until cancelled; the oldest are dropped for a reader that is too slow.</summary>
    public async IAsyncEnumerable<LiveUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = Channel.CreateBounded<LiveUpdate>(
            new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest }
        );
        _readers.TryAdd(reader, 0);
        try
        {
            await foreach (var update in reader.Reader.ReadAllAsync(cancellationToken))
            {
                yield return update;
            }
        }
        finally
        {
            _readers.TryRemove(reader, out _);
        }
    }
}

/// <summary>Something changed.</summary>
/// <param name="Channel">The built-in chat channel whose messages changed; null for none.</param>
/// <param name="Story">The story whose page changed; null for none.</param>
internal sealed record LiveUpdate(ChannelId? Channel, StoryId? Story)
{
    /// <summary>Something that may show on any page, such as a setting or a story that is gone.</summary>
    public static LiveUpdate Everything { get; } = new(null, null);
}
