using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Slack;

/// <content>What goes out, and the care for the set-up.</content>
internal static partial class SlackRegistration
{
    static partial void AddPublishing(IServiceCollection services)
    {
        services.TryAddSingleton<ChatPosts>();
        services.AddSingleton<SlackJoin>();
        services.AddSingleton<IPublisher, SlackPublisher>();
        services.AddSingleton<SlackSockets>();
        services.AddSingleton<SlackSeals>();
        services.AddSingleton<SlackCheck>();
        services.AddSingleton<CheckRounds<SlackCheck>>();
        services.TryAddSingleton<PrivateMessageStore>();
        services.AddSingleton<SlackPrivateMessages>();
        // Not by AddHostedService, which takes only one of a type: every platform has one.
        services.AddSingleton<IHostedService>(provider => new ChatCare(
            "Slack",
            [
                provider.GetRequiredService<CheckRounds<SlackCheck>>().RunAsync,
                provider.GetRequiredService<SlackPrivateMessages>().RunAsync,
            ],
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ChatCare>>()
        ));
    }
}
