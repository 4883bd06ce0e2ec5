using NewsBot.Core.Flows;
using Quartz;

namespace NewsBot.Scheduling;

/// <summary>Quartz's door into <see cref="PollFeeds"/>. No logic lives here.</summary>
[DisallowConcurrentExecution]
internal sealed class PollFeedsJob(PollFeeds flow, PostPump pump) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (await flow.RunAsync(cancellationToken) > 0)
        {
            pump.Wake();
        }
    }
}
