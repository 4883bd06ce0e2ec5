using NewsBot.Storage;
using Quartz;

namespace NewsBot.Scheduling;

/// <summary>Joins workspaces as the settings say, also those that the bot is invited to later.</summary>
[DisallowConcurrentExecution]
internal sealed class JoinCommunitiesJob(NamedCommunities communities) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await communities.RunAsync(cancellationToken);
}
