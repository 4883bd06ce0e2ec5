using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NewsBot.Core.Channels;
using NewsBot.Core.Stories;
using NewsBot.Processes;

namespace NewsBot.Web;

/// <summary>Tells open pages and whoever keeps settings in memory, of whichever process, that something has changed. What changed they ask for themselves.</summary>
internal sealed class LiveUpdates
{
    private const string Signal = "live";

    // A page that does not read for so many changes only needs to know that there was one more.
    private const int MaxWaiting = 16;

    private readonly ConcurrentDictionary<Channel<LiveUpdate>, byte> _readers = new();
    private readonly ConcurrentQueue<Action> _settingHearers = new();
    private readonly Signals? _signals;

    /// <param name="signals">Reaches the other processes; null where there can be none.</param>
    public LiveUpdates(Signals? signals = null)
    {
        _signals = signals;
        signals?.On(Signal, words => Tell(LiveUpdate.Parse(words)));
    }

    /// <summary>Open pages that listen now.</summary>
    public int ReaderCount => _readers.Count;

    /// <summary>Says who is called when a setting may have changed, at whichever process.</summary>
    /// <param name="hear">Must be quick.</param>
    public void OnSettingChanged(Action hear) => _settingHearers.Enqueue(hear);

    public void Publish(LiveUpdate update)
    {
        Tell(update);
        _signals?.Send(Signal, update.Words);
    }

    private void Tell(LiveUpdate update)
    {
        foreach (var reader in _readers.Keys)
        {
            reader.Writer.TryWrite(update);
        }

        if (update == LiveUpdate.Everything)
        {
            foreach (var hear in _settingHearers)
            {
                hear();
            }
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

    /// <summary>As another process is told of it.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture, $"{Channel?.Value ?? 0} {Story?.Value ?? 0}");

    /// <param name="words">What another process said; null where something of it may have been missed.</param>
    public static LiveUpdate Parse(string? words)
    {
        var ids = words
            ?.Split(' ')
            .Select(word => long.TryParse(word, CultureInfo.InvariantCulture, out var id) ? id : 0);
        return ids?.ToList() is [var channel, var story]
            ? new LiveUpdate(channel == 0 ? null : new ChannelId(channel), story == 0 ? null : new StoryId(story))
            : Everything;
    }
}
