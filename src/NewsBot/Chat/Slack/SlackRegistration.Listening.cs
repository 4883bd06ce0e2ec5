using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsBot.Processes;

namespace NewsBot.Chat.Slack;

internal static partial class SlackRegistration
{
    static partial void AddListening(IServiceCollection services)
    {
        services.AddSingleton<SlackWants>();
        services.AddSingleton<SlackChannels>();
        services.AddSingleton<SlackReader>();
        services.TryAddSingleton<ChatReactions>();
        services.AddSingleton<IAttachmentSource, SlackAttachments>();
        services.AddSingleton<SlackReplies>();
        services.AddSingleton<SlackState>();
        services.AddSingleton<SlackHistory>();
        services.AddKeyedSingleton(
            ChatRereads.Slack,
            (provider, key) => ActivatorUtilities.CreateInstance<ChatRereads>(provider, key!)
        );
        services.AddSingleton<SlackCatchUp>();
        services.AddSingleton<SlackChannelLife>();
        services.AddSingleton<SlackInbox>();
        services.AddSingleton<SlackEvents>();
        services.AddSingleton<SlackDispatch>();
        services.AddSingleton<SlackOAuth>();
        services.AddDutyService<SlackInboxPump>(Lease);
        services.AddDutyService<SlackListener>(Lease);
        services.AddDutyService<SlackCatchUpPump>(Lease);
        services.AddTracking<SlackTracking>();
    }
}
