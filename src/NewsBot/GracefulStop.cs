using Quartz;

namespace NewsBot;

/// <summary>
/// How the program ends when it is asked to: what is under way is cut off where the next start goes on, what is answered is
/// written down, and all of it within the ten seconds that a container has before it is killed.
/// </summary>
internal static class GracefulStop
{
    // Requests take milliseconds; the other half of the ten seconds is for closing the database on a busy machine.
    // Source: https://docs.docker.com/reference/cli/docker/container/stop/
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static void Add(IServiceCollection services)
    {
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = Longest;
            // One after the other, a request that does not end would leave no time to write down how posts ended.
            host.ServicesStopConcurrently = true;
        });
        // A job that is not told goes on among services that are gone.
        services.Configure<QuartzSchedulerOptions>(quartz =>
            quartz.ShutdownJobInterruption = ShutdownJobInterruption.Always
        );
        services.Configure<QuartzHostedServiceOptions>(quartz => quartz.WaitForJobsToComplete = true);
    }
}
