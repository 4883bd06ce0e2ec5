using NewsBot.Storage;
using Npgsql;

namespace NewsBot.Processes;

/// <summary>
/// Work that one process does for all, such as to hold the connections to a platform: it runs while this process holds the
/// lease. All others wait for it.
/// </summary>
/// <param name="lease">Its name.</param>
/// <param name="services">What runs, in the order in which it is started.</param>
/// <param name="process">Takes the lease.</param>
/// <param name="board">Knows who holds what.</param>
/// <param name="time">Of the pauses.</param>
internal sealed class Duty(
    string lease,
    IReadOnlyList<IHostedService> services,
    ThisProcess process,
    LeaseBoard board,
    TimeProvider time
) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        board.Set(lease, isHeld: false);
        while (true)
        {
            await TakeAsync(stoppingToken);
            try
            {
                foreach (var service in services)
                {
                    await service.StartAsync(stoppingToken);
                }

                // Another process may hold it from now on.
                while (process.IsHeard)
                {
                    await Task.Delay(LookEvery, time, stoppingToken);
                    // One that broke ends the program, as the host's own services do.
                    await Task.WhenAll(Broken());
                }
            }
            finally
            {
                await EndAsync();
            }
        }
    }

    private IEnumerable<Task> Broken() =>
        services
            .OfType<BackgroundService>()
            .Select(service => service.ExecuteTask)
            .OfType<Task>()
            .Where(run => run.IsFaulted);

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        while (!process.IsHeard || !await TryAsync(cancellationToken))
        {
            await Task.Delay(LookEvery, time, cancellationToken);
        }

        board.Set(lease, isHeld: true);
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await process.TakeAsync(lease, cancellationToken);
        }
        catch (Exception error) when (error is NpgsqlException or StorageTroubleException or TimeoutException)
        {
            return false;
        }
    }

    private async Task EndAsync()
    {
        // The last one first, as a host does.
        foreach (var service in services.Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        board.Set(lease, isHeld: false);
        try
        {
            StorageHealth.FailAtOnce();
            await process.LetGoAsync(lease, CancellationToken.None);
        }
        catch (Exception error) when (error is NpgsqlException or StorageTroubleException or TimeoutException)
        {
            // Whoever takes it next finds it free once this process counts as dead.
        }
    }
}
