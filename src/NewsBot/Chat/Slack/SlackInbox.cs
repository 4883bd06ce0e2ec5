using System.Security.Cryptography;
using Dapper;
using NewsBot.Processes;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Events that Slack was told are stored. An event is written here before it is acknowledged, so that a crash loses none,
/// and its id stays for longer than Slack tells it again, so that none counts twice.
/// </summary>
internal sealed class SlackInbox : IDisposable
{
    private const string Signal = "slack";

    // Taken in together before the next look; each is small.
    private const int Batch = 100;

    private const int LongestId = 100;

    private const string Put = """
        INSERT INTO slack_event (event_id, body, received_at, told_again) VALUES (@EventId, @Body, @Now, @IsToldAgain)
        ON CONFLICT (event_id) DO NOTHING
        """;

    private const string Due = """
        SELECT id, body, attempts, received_at AS ReceivedAt, told_again AS ToldAgain FROM slack_event
        WHERE body IS NOT NULL AND (next_try_at IS NULL OR next_try_at <= @Now) ORDER BY id LIMIT @Batch
        """;

    private const string Next = "SELECT MIN(COALESCE(next_try_at, 0)) FROM slack_event WHERE body IS NOT NULL";

    private const string Done = "UPDATE slack_event SET body = NULL, next_try_at = NULL WHERE id IN @Ids";

    private const string Later = "UPDATE slack_event SET attempts = attempts + 1, next_try_at = @At WHERE id = @Id";

    private readonly Database _database;
    private readonly Signals? _signals;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <param name="database">Holds them.</param>
    /// <param name="time">Of what is put off.</param>
    /// <param name="signals">Reaches the process that takes them in; null where it is this one.</param>
    public SlackInbox(Database database, TimeProvider time, Signals? signals = null)
    {
        (_database, _signals, _time) = (database, signals, time);
        signals?.On(Signal, _ => Wake());
    }

    /// <summary>Stores an event, and wakes whoever takes it in.</summary>
    /// <param name="eventId">Names it; null where Slack named it not.</param>
    /// <param name="json">The whole envelope.</param>
    /// <param name="isToldAgain">Whether Slack had told it before.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>False where it was stored before.</returns>
    public async Task<bool> PutAsync(
        string? eventId,
        ReadOnlyMemory<byte> json,
        bool isToldAgain,
        CancellationToken cancellationToken
    )
    {
        var parameters = new
        {
            EventId = eventId is { Length: > 0 and <= LongestId }
                ? eventId
                : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(json.Span))}",
            Body = System.Text.Encoding.UTF8.GetString(json.Span),
            Now = _time.GetUtcNow().Ms(),
            IsToldAgain = isToldAgain ? 1 : 0,
        };
        var isNew = await _database.WriteAsync(
            async connection => await connection.ExecuteAsync(Put, parameters) > 0,
            cancellationToken
        );
        Wake();
        _signals?.Send(Signal);
        return isNew;
    }

    public async Task<IReadOnlyList<WaitingEvent>> DueAsync(CancellationToken cancellationToken)
    {
        var rows = await _database.ReadAsync(
            connection => connection.QueryAsync<EventRow>(Due, new { Now = _time.GetUtcNow().Ms(), Batch }),
            cancellationToken
        );
        return
        [
            .. rows.Select(row => new WaitingEvent(
                row.Id,
                row.Body,
                (int)row.Attempts,
                Instants.At(row.ReceivedAt),
                row.ToldAgain != 0
            )),
        ];
    }

    /// <summary>Forgets what these said, but not that they were.</summary>
    public Task DoneAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        ids.Count == 0
            ? Task.CompletedTask
            : _database.WriteAsync(
                connection => (Task)connection.ExecuteAsync(Done, new { Ids = Among.Of(ids) }),
                cancellationToken
            );

    /// <summary>Puts one off.</summary>
    public Task LaterAsync(long id, TimeSpan pause, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            connection => (Task)connection.ExecuteAsync(Later, new { Id = id, At = (_time.GetUtcNow() + pause).Ms() }),
            cancellationToken
        );

    /// <summary>Waits until something was stored or put off until now.</summary>
    /// <param name="longest">Returns after this in any case.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var next = await _database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long?>(Next),
            cancellationToken
        );
        var pause = next is { } at ? Instants.At(at) - _time.GetUtcNow() : longest;
        pause =
            pause < TimeSpan.Zero ? TimeSpan.Zero
            : pause < longest ? pause
            : longest;
        // A semaphore's own time-out knows no other clock than the machine's.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_wake.WaitAsync(ended.Token), Task.Delay(pause, _time, ended.Token));
        await ended.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => _wake.Dispose();

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has called already, and nobody has heard it yet.
        }
    }

    private sealed class EventRow
    {
        public required long Id { get; init; }
        public required string Body { get; init; }
        public required long Attempts { get; init; }
        public required long ReceivedAt { get; init; }
        public required long ToldAgain { get; init; }
    }
}

/// <param name="Id">Its row.</param>
/// <param name="Body">The whole envelope, JSON.</param>
/// <param name="Attempts">How often it was tried in vain.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="IsToldAgain">Whether Slack had told it before, and nobody had heard.</param>
internal sealed record WaitingEvent(long Id, string Body, int Attempts, DateTimeOffset ReceivedAt, bool IsToldAgain);
