using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Clients.RateLimits;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Processes;
using NewsBot.Storage;
using NewsBot.Telemetry;
using NewsBot.Web;

namespace NewsBot.Chat.Discord;

/// <summary>Wires this folder.</summary>
internal static class DiscordRegistration
{
    /// <summary>Name of the HTTP client that speaks to Discord.</summary>
    public const string HttpClientName = "discord";

    // One process holds the connections, and does what must not be done twice.
    private static readonly string Lease = LeaseBoard.Of(Platform.Discord);

    // A newsroom nobody reaches from outside has no address to name.
    private const string NoAddress = "https://newsbot.invalid";

    /// <summary>Adds Discord where a token is set; without one nothing of it runs.</summary>
    public static IServiceCollection AddDiscord(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<Troubles>();
        if (!DiscordOptions.IsOnIn(configuration))
        {
            return services;
        }

        services.AddFence();
        services.AddCallMeter(Platform.Discord);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<DiscordOptions>>().Value;
            return new DiscordRest(
                new DiscordRestOptions(
                    new Uri(options.ApiBaseUrl),
                    options.BotToken!,
                    UserAgent(provider.GetRequiredService<IOptions<WebOptions>>().Value)
                )
                {
                    Meter = provider.GetRequiredKeyedService<CallMeter>(Platform.Discord),
                },
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName),
                provider.GetRequiredService<TimeProvider>()
            );
        });
        services
            .AddHttpClient(HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
            )
            .AddHttpMessageHandler<Fence>();
        services.AddSingleton<DiscordSelf>();
        AddListening(services);
        AddPublishing(services);
        services.AddDiscordCommands();
        services.AddSingleton<DiscordCheck>();
        services.AddSingleton<CheckRounds<DiscordCheck>>();
        services.TryAddSingleton<PrivateMessageStore>();
        services.AddSingleton<DiscordPrivateMessages>();
        services.AddKeyedSingleton<IHostedService>(
            Lease,
            (provider, _) =>
                new ChatCare(
                    "Discord",
                    [
                        provider.GetRequiredService<CheckRounds<DiscordCheck>>().RunAsync,
                        provider.GetRequiredService<DiscordPrivateMessages>().RunAsync,
                    ],
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<ChatCare>>()
                )
        );
        if (ProcessOptions.Has(configuration, Role.Chat))
        {
            services.AddDuty(Lease);
            services.TryAddAttachmentCopier();
        }

        return services;
    }

    private static void AddListening(IServiceCollection services)
    {
        services.AddTracking<DiscordTracking>();
        services.AddSingleton<DiscordWants>();
        services.AddSingleton<DiscordGuilds>();
        services.AddSingleton<DiscordSessions>();
        services.AddSingleton<DiscordReader>();
        services.AddSingleton<DiscordAvatars>();
        services.AddSingleton<IStandings, DiscordStandings>();
        services.AddSingleton<IAttachmentSource, DiscordAttachments>();
        services.AddSingleton<DiscordReplies>();
        services.TryAddSingleton<ChatReactions>();
        services.AddSingleton<DiscordThreadLife>();
        services.AddSingleton<DiscordGuildLife>();
        services.AddSingleton<DiscordHistory>();
        services.AddKeyedSingleton(
            ChatRereads.Discord,
            (provider, key) => ActivatorUtilities.CreateInstance<ChatRereads>(provider, key!)
        );
        services.AddSingleton<DiscordCatchUp>();
        services.AddSingleton<DiscordDispatch>();
        services.AddSingleton<DiscordState>();
        services.AddDutyService<DiscordListener>(Lease);
        services.AddDutyService<DiscordCatchUpPump>(Lease);
    }

    private static void AddPublishing(IServiceCollection services)
    {
        services.TryAddSingleton<ChatPosts>();
        services.AddSingleton<DiscordLookBack>();
        services.AddSingleton<DiscordForum>();
        services.AddSingleton<DiscordClosedThreads>();
        services.AddSingleton<DiscordWebhookStore>();
        services.AddSingleton<DiscordWebhooks>();
        services.AddSingleton<DiscordCopyChanges>();
        services.AddSingleton<DiscordCopies>();
        services.AddSingleton<IPublisher, DiscordPublisher>();
        services.AddDutyService<DiscordCrossposts>(Lease);
        services.AddSingleton<DiscordThreads>();
        services.AddSingleton<DiscordThreadLocks>();
        services.AddDutyService<DiscordThreadPump>(Lease);
        services.AddSingleton<DiscordThreadNames>();
        services.AddDutyService<DiscordThreadNamePump>(Lease);
    }

    /// <summary>Discord asks for this form, and refuses others. Source: https://discord.com/developers/docs/reference#user-agent</summary>
    public static string UserAgent(WebOptions web) =>
        $"DiscordBot ({web.PublicUrl ?? NoAddress}, {typeof(DiscordRegistration).Assembly.GetName().Version?.ToString(3)})";
}
