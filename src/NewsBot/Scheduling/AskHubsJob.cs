using NewsBot.WebSub;
using Quartz;

namespace NewsBot.Scheduling;

/// <summary>Quartz's door into <see cref="AskHubs"/>. No logic lives here.</summary>
[DisallowConcurrentExecution]
internal sealed class AskHubsJob(AskHubs flow) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await flow.RunAsync(cancellationToken);
}
