using NewsBot.Starter;
using Quartz;

namespace NewsBot.Scheduling;

/// <summary>Looks whether the welcome digest can be made, until it could.</summary>
[DisallowConcurrentExecution]
internal sealed class WelcomeJob(LayOutNewsroom newsroom) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (await newsroom.WelcomeAsync(cancellationToken))
        {
            await context.Scheduler.UnscheduleJob(context.Trigger.Key, cancellationToken);
        }
    }
}
