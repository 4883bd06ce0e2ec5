using NewsBot.Storage;
using Quartz;

namespace NewsBot.Scheduling;

/// <summary>Quartz's door into <see cref="CleanUp"/> and <see cref="WorkspacePurge"/>. No logic lives here.</summary>
[DisallowConcurrentExecution]
internal sealed class CleanUpJob(CleanUp cleanUp, WorkspacePurge purge) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await cleanUp.RunAsync(cancellationToken);
        await purge.RunAsync(cancellationToken);
    }
}
