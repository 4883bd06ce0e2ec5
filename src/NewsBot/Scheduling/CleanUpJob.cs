using NewsBot.Storage;
using Quartz;

namespace NewsBot.Scheduling;

/// <summary>Quartz's door into <see cref="CleanUp"/>. No logic lives here.</summary>
[DisallowConcurrentExecution]
internal sealed class CleanUpJob(CleanUp cleanUp) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await cleanUp.RunAsync(cancellationToken);
}
