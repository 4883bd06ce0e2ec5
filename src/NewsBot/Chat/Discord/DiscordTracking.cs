using System.Collections.Concurrent;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>
/// The channels and threads whose messages concern us, in memory, so that the chatter of everything else is dropped
/// without a look into the database. What is tracked too much is sorted out later; what is missing would be lost.
/// </summary>
internal sealed class DiscordTracking(Database database) : ITracking
{
    // A thousand active threads is what one guild may have; beyond this many no bot of one process is looked after.
    private const int MaxPlaces = 200_000;

    private const string Channels = """
        SELECT c.external_id FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE w.platform = 'discord' AND w.removed_at IS NULL AND c.mirror <> 'post-only' LIMIT @Limit
        """;

    private const string Threads = """
        SELECT t.external_id AS Thread, c.external_id AS Channel FROM thread t
        JOIN channel c ON c.id = t.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE w.platform = 'discord' AND w.removed_at IS NULL AND c.mirror <> 'post-only' AND t.state <> 'gone'
        ORDER BY t.active_at DESC LIMIT @Limit
        """;

    // A channel has no parent that matters: 0.
    private readonly ConcurrentDictionary<ulong, ulong> _places = new();
    private ulong _self;

    /// <summary>The bot's own account, once it is known.</summary>
    public Snowflake Self
    {
        get => new(Volatile.Read(ref _self));
        set => Volatile.Write(ref _self, value.Value);
    }

    public bool Has(ulong place) => _places.ContainsKey(place);

    /// <summary>Whether this is a channel rather than a thread.</summary>
    public bool IsChannel(ulong place) => _places.TryGetValue(place, out var parent) && parent == 0;

    /// <returns>The channel of a tracked thread; null for everything else.</returns>
    public Snowflake? ParentOf(Snowflake thread) =>
        _places.TryGetValue(thread.Value, out var parent) && parent != 0 ? new Snowflake(parent) : null;

    public void AddChannel(ulong channel)
    {
        if (_places.Count < MaxPlaces)
        {
            _places.TryAdd(channel, 0);
        }
    }

    public void AddThread(ulong thread, ulong parent)
    {
        if (_places.Count < MaxPlaces)
        {
            _places[thread] = parent;
        }
    }

    public void Remove(Snowflake place) => _places.TryRemove(place.Value, out _);

    /// <summary>Adds the channels the database knows. What only the gateway told stays.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var channels = await database.ReadAsync(
            connection => connection.QueryAsync<string>(Channels, new { Limit = MaxPlaces }),
            cancellationToken
        );
        foreach (var channel in channels)
        {
            if (Snowflake.TryParse(channel, out var id))
            {
                AddChannel(id.Value);
            }
        }
    }

    /// <summary>Adds all the database knows, once at the start: a new thread is told by the gateway.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        var threads = await database.ReadAsync(
            connection => connection.QueryAsync<ThreadRow>(Threads, new { Limit = MaxPlaces }),
            cancellationToken
        );
        foreach (var row in threads)
        {
            if (Snowflake.TryParse(row.Thread, out var thread) && Snowflake.TryParse(row.Channel, out var parent))
            {
                AddThread(thread.Value, parent.Value);
            }
        }
    }

    private sealed class ThreadRow
    {
        public required string Thread { get; init; }
        public required string Channel { get; init; }
    }
}
