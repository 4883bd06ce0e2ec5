using System.Data.Common;
using Dapper;

namespace NewsBot.Storage;

/// <summary>Finds out when something can be stored again, so that everything goes on by itself.</summary>
internal sealed partial class StorageWatch(
    Database database,
    StorageHealth health,
    TimeProvider time,
    ILogger<StorageWatch> logger
) : BackgroundService
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    // As much as an ordinary write takes: where only a page fits, the next write would fail again.
    private const int ProbeBytes = 256 * 1024;

    private const string Put = """
        INSERT INTO setting (name, value) VALUES ('storage_probe', @Value)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """;

    private const string Remove = "DELETE FROM setting WHERE name = 'storage_probe'";

    private readonly string _value = new('x', ProbeBytes);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    /// <summary>Where nothing could be stored, tries whether something can be.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (health.Trouble is { } trouble && await CanWriteAsync(trouble, cancellationToken))
        {
            health.Mended();
        }
    }

    private async Task<bool> CanWriteAsync(StorageTrouble trouble, CancellationToken cancellationToken)
    {
        if (
            trouble.Kind == StorageTroubleKind.Damaged
            || (
                database is SqliteDatabase { File: var file }
                && StorageFailures.RoomBeside(file) < StorageFailures.LeastRoom
            )
        )
        {
            return false;
        }

        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);
            await connection.ExecuteAsync(Put, new { Value = _value });
            await connection.ExecuteAsync(Remove);
            return true;
        }
        catch (DbException error)
        {
            if (database.KindOf(error) is { } kind)
            {
                health.Failed(kind, database.Name, error);
                return false;
            }

            LogProbeFailed(error);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Whether the database can be written could not be found out")]
    private partial void LogProbeFailed(Exception error);
}
