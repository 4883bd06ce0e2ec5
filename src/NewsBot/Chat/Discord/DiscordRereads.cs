using System.Collections.Concurrent;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Remembers where something was counted while the same place was being read: nobody can tell whether what was read holds it
/// already, so the place is read once more when all is quiet.
/// </summary>
internal sealed class DiscordRereads(Database database, TimeProvider time)
{
    private const string Flag = """
        UPDATE thread SET caught_up_at = NULL WHERE external_id IN @Places AND state <> 'gone';
        UPDATE channel SET caught_up_at = NULL
        WHERE external_id IN @Places AND workspace_id IN (SELECT id FROM workspace WHERE platform = 'discord');
        """;

    // So long an event may be on its way after what it tells of was read.
    private static readonly TimeSpan Travel = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Snowflake, byte> _places = new();
    private long? _endedAt;
    private bool _isReading;
    private readonly Lock _sync = new();

    private bool IsOpen
    {
        get
        {
            lock (_sync)
            {
                return _isReading || (_endedAt is { } ended && time.GetElapsedTime(ended) < Travel);
            }
        }
    }

    /// <summary>Says that reading begins, or has ended.</summary>
    public void SetReading(bool isReading)
    {
        lock (_sync)
        {
            _endedAt = _isReading && !isReading ? time.GetTimestamp() : _endedAt;
            _isReading = isReading;
        }
    }

    /// <summary>Says that what is counted has changed in a channel or thread.</summary>
    public void NoteChange(Snowflake place)
    {
        if (IsOpen)
        {
            _places[place] = 0;
        }
    }

    /// <summary>Flags what is to be read once more, unless it is too early for that.</summary>
    public async Task FlagAsync(CancellationToken cancellationToken)
    {
        if (_places.IsEmpty || IsOpen)
        {
            return;
        }

        var places = _places.Keys.ToList();
        await database.WriteAsync(
            connection =>
                (Task)connection.ExecuteAsync(Flag, new { Places = places.Select(place => place.ToString()) }),
            cancellationToken
        );
        foreach (var place in places)
        {
            _places.TryRemove(place, out _);
        }
    }
}
