using NewsBot.Core.Flows;
using NewsBot.Storage;
using Quartz;

namespace NewsBot.Scheduling;

/// <summary>Quartz's door into <see cref="PublishDigests"/> and <see cref="TalkDigests"/>. No logic lives here.</summary>
[DisallowConcurrentExecution]
internal sealed class PublishDigestsJob(PublishDigests flow, TalkDigests talks, PostPump pump) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var made = await flow.RunAsync(cancellationToken);
        if (await talks.RunAsync(cancellationToken) + made > 0)
        {
            pump.Wake();
        }
    }
}
