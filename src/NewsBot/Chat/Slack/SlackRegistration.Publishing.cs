using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Slack;

/// <content>What goes out, and the care for the set-up.</content>
internal static partial class SlackRegistration
{
    /// <summary>What posts need, and the check that looks after their channels. Needs the installs.</summary>
    public static IServiceCollection AddSlackPublishing(this IServiceCollection services)
    {
        services.TryAddSingleton<ChatPosts>();
        return services
            .AddSingleton<SlackJoin>()
            .AddSingleton<SlackSender>()
            .AddSingleton<SlackGuises>()
            .AddSingleton<SlackCopies>()
            .AddSingleton<IPublisher, SlackPublisher>()
            .AddSingleton<SlackSockets>()
            .AddSingleton<SlackSeals>()
            .AddSingleton<SlackCheck>()
            .AddSingleton<CheckRounds<SlackCheck>>();
    }

    static partial void AddPublishing(IServiceCollection services)
    {
        services.AddSlackPublishing();
        services.TryAddSingleton<PrivateMessageStore>();
        services.AddSingleton<SlackPrivateMessages>();
        services.AddKeyedSingleton<IHostedService>(
            Lease,
            (provider, _) =>
                new ChatCare(
                    "Slack",
                    [
                        provider.GetRequiredService<CheckRounds<SlackCheck>>().RunAsync,
                        provider.GetRequiredService<SlackPrivateMessages>().RunAsync,
                    ],
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<ChatCare>>()
                )
        );
    }
}
