using System.Collections.Concurrent;
using Dapper;
using NewsBot.Storage;
using Npgsql;

namespace NewsBot.Processes;

/// <summary>
/// Tells the other processes of the database what they would else find out only by looking: by PostgreSQL's NOTIFY. A signal
/// may be lost with its connection, so each is only a reason to look now instead of later.
/// Source: https://www.postgresql.org/docs/current/sql-notify.html
/// </summary>
internal sealed partial class Signals(Database database, TimeProvider time, ILogger<Signals> logger) : BackgroundService
{
    // PostgreSQL takes less than 8,000 bytes; ours are a few words.
    private const int LongestSignal = 1_000;

    // Whoever hears of so many things at once looks at everything.
    private const int MostWaiting = 10_000;

    private const string Tell = "SELECT pg_notify('newsbot', signal) FROM UNNEST(@Signals) signal";

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    // A line that was cut without a word is noticed by then.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Action<string?>> _hearers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _waiting = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _woken = new(0, 1);

    /// <summary>Says who is called when another process sends a signal of a kind.</summary>
    /// <param name="kind">One word.</param>
    /// <param name="hear">Takes what was said; null where something may have been missed. Must be quick.</param>
    public void On(string kind, Action<string?> hear) => _hearers[kind] = hear;

    /// <summary>Tells the others, soon.</summary>
    /// <param name="kind">One word.</param>
    /// <param name="words">What is said; may be empty.</param>
    public void Send(string kind, string words = "")
    {
        if (database.Process is not { } process || _waiting.Count >= MostWaiting)
        {
            return;
        }

        var signal = $"{process} {kind} {words}";
        if (signal.Length <= LongestSignal && _waiting.TryAdd(signal, 0))
        {
            Wake();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _woken.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        database is PostgresDatabase
            ? Task.WhenAll(RepeatAsync(SendAllAsync, stoppingToken), RepeatAsync(ListenAsync, stoppingToken))
            : Task.CompletedTask;

    private async Task RepeatAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await work(cancellationToken);
            }
            catch (Exception error) when (error is NpgsqlException or StorageTroubleException or TimeoutException)
            {
                LogCut(error.Message);
                await Task.Delay(AfterFailure, time, cancellationToken);
            }
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        await _woken.WaitAsync(cancellationToken);
        var signals = _waiting.Keys.ToArray();
        foreach (var signal in signals)
        {
            _waiting.TryRemove(signal, out _);
        }

        await database.ReadAsync(
            connection => connection.ExecuteAsync(Tell, new { Signals = signals }),
            cancellationToken
        );
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = (NpgsqlConnection)await database.OpenAsync(cancellationToken);
        connection.Notification += (_, told) => Hear(told.Payload);
        await connection.ExecuteAsync("LISTEN newsbot");
        foreach (var hear in _hearers.Values)
        {
            hear(null);
        }

        while (true)
        {
            if (!await connection.WaitAsync(LookEvery, cancellationToken))
            {
                await connection.ExecuteScalarAsync<int>("SELECT 1", commandTimeout: 5);
            }
        }
    }

    private void Hear(string signal)
    {
        if (
            signal.Split(' ', 3) is [var process, var kind, var words]
            && process != database.Process?.ToString(System.Globalization.CultureInfo.InvariantCulture)
            && _hearers.TryGetValue(kind, out var hear)
        )
        {
            hear(words);
        }
    }

    private void Wake()
    {
        try
        {
            _woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // They are on their way already.
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "Other processes cannot be told or heard now ({Reason}); they look by themselves"
    )]
    private partial void LogCut(string reason);
}
