using System.Collections.Concurrent;
using Dapper;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>
/// Remembers where something was counted or changed while the same place was being read: nobody can tell whether what was read holds it
/// already, so the place is read once more when all is quiet.
/// </summary>
internal sealed class ChatRereads(string platform, Database database, TimeProvider time)
{
    /// <summary>Key of the one for Discord.</summary>
    public const string Discord = "discord";

    /// <summary>Key of the one for Slack.</summary>
    public const string Slack = "slack";

    private const string Flag = """
        UPDATE thread SET caught_up_at = NULL
        WHERE state <> 'gone' AND (external_id IN @Places OR id IN (
                SELECT c.thread_id FROM comment c WHERE c.message_id IN @Places))
          AND channel_id IN (
            SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id WHERE w.platform = @Platform);
        UPDATE channel SET caught_up_at = NULL
        WHERE external_id IN @Places AND workspace_id IN (SELECT id FROM workspace WHERE platform = @Platform);
        """;

    // So long an event may be on its way after what it tells of was read.
    private static readonly TimeSpan Travel = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, byte> _places = new(StringComparer.Ordinal);
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

    /// <summary>Says that what is counted, or a text, has changed.</summary>
    /// <param name="place">The platform's id of a channel or thread, or of the comment's message.</param>
    public void NoteChange(string place)
    {
        if (IsOpen)
        {
            NoteLate(place);
        }
    }

    /// <summary>Says that something is told so late that what was read before cannot have held it.</summary>
    /// <param name="place">The platform's id of a channel or thread, or of the comment's message.</param>
    public void NoteLate(string place) => _places[place] = 0;

    /// <summary>Whether something changed there after it may have been read, and it was not read again since.</summary>
    /// <param name="place">As it was noted.</param>
    public bool HasNoted(string place) => _places.ContainsKey(place);

    /// <summary>Flags what is to be read once more, unless it is too early for that.</summary>
    public async Task FlagAsync(CancellationToken cancellationToken)
    {
        if (_places.IsEmpty || IsOpen)
        {
            return;
        }

        var places = _places.Keys.ToList();
        await database.WriteAsync(
            connection => (Task)connection.ExecuteAsync(Flag, new { Platform = platform, Places = Among.Of(places) }),
            cancellationToken
        );
        foreach (var place in places)
        {
            _places.TryRemove(place, out _);
        }
    }
}
