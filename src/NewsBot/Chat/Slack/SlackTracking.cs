using System.Collections.Concurrent;
using Dapper;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>
/// The channels whose messages concern us, in memory, so that the chatter of everything else is dropped without a look into
/// the database. What is tracked too much is sorted out later; what is missing would be lost.
/// </summary>
internal sealed class SlackTracking(Database database) : ITracking
{
    // More channels than this no bot of one process looks after.
    private const int MaxChannels = 100_000;

    private const string Channels = """
        SELECT c.external_id FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE w.platform = 'slack' AND w.removed_at IS NULL LIMIT @Limit
        """;

    private readonly ConcurrentDictionary<string, bool> _channels = new(StringComparer.Ordinal);

    public bool Has(string? channel) => channel is not null && _channels.ContainsKey(channel);

    public void Add(string channel)
    {
        if (_channels.Count < MaxChannels)
        {
            _channels.TryAdd(channel, true);
        }
    }

    /// <summary>Adds the channels the database knows.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var channels = await database.ReadAsync(
            connection => connection.QueryAsync<string>(Channels, new { Limit = MaxChannels }),
            cancellationToken
        );
        foreach (var channel in channels)
        {
            Add(channel);
        }
    }
}
