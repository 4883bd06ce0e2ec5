using NewsBot.Storage;
using Npgsql;

namespace NewsBot.Processes;

/// <summary>
/// Says that this process lives, and looks after the others: who was not heard of is declared dead. A process that finds
/// itself dead stops, to be started anew.
/// </summary>
internal sealed partial class ProcessLife(
    ThisProcess process,
    LeaseBoard leases,
    SharedClock clock,
    IConfiguration settings,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<ProcessLife> logger
) : BackgroundService, IHostedLifecycleService
{
    // A sign of life may be lost, and one more.
    private const int SignsPerLease = 5;

    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(5);

    private bool _hasToldOfClock;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var told = SharedSettings.Prints(settings);
        await process.BeginAsync(told, cancellationToken);
        foreach (var (name, keys) in await process.DifferencesAsync(told, cancellationToken))
        {
            LogDiffers(name, string.Join(", ", keys));
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        try
        {
            StorageHealth.FailAtOnce();
            await process.EndAsync(cancellationToken);
        }
        catch (StorageTroubleException)
        {
            // The others find out by themselves.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!process.IsShared)
        {
            return;
        }

        using var timer = new PeriodicTimer(process.Lease / SignsPerLease, time);
        // Nobody was looked for before this process had been heard of for as long as others had to be.
        var heardSince = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (!process.MayAct)
                {
                    heardSince = time.GetTimestamp();
                }

                if (!await process.RenewAsync(stoppingToken))
                {
                    LogDead();
                    lifetime.StopApplication();
                    return;
                }

                TellOfClock();
                if (time.GetElapsedTime(heardSince) >= process.Lease)
                {
                    foreach (var name in await process.BuryAsync(stoppingToken))
                    {
                        LogBuried(name, process.Lease.TotalSeconds);
                    }
                }

                await leases.ExchangeAsync(stoppingToken);
            }
            catch (Exception error) when (error is NpgsqlException or StorageTroubleException or TimeoutException)
            {
                // Whoever cannot be heard of is told so by what it must not do any more.
            }
        }
    }

    private void TellOfClock()
    {
        if (!_hasToldOfClock && clock.Ahead.Duration() > WorthTelling)
        {
            _hasToldOfClock = true;
            LogClock(clock.Ahead.TotalSeconds);
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "Nothing was heard of this process for too long, and another one took over what it did; it starts anew"
    )]
    private partial void LogDead();

    [LoggerMessage(
        LogLevel.Warning,
        "{Process} shares the database and was told something else as {Keys}; give all processes the same"
    )]
    private partial void LogDiffers(string process, string keys);

    [LoggerMessage(LogLevel.Warning, "Nothing was heard of {Process} for {Seconds} seconds; others do its work now")]
    private partial void LogBuried(string process, double seconds);

    [LoggerMessage(
        LogLevel.Warning,
        "The clock of this machine and that of the database are {Seconds} seconds apart; the database's is used. Set both by NTP"
    )]
    private partial void LogClock(double seconds);
}
