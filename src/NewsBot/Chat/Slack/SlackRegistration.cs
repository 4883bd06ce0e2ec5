using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Channels;
using NewsBot.Processes;
using NewsBot.Telemetry;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>Wires this folder.</summary>
internal static partial class SlackRegistration
{
    /// <summary>Name of the HTTP client that speaks to Slack.</summary>
    public const string HttpClientName = "slack";

    // One process holds the connections, takes in what they bring, and does what must not be done twice.
    private static readonly string Lease = LeaseBoard.Of(Platform.Slack);

    /// <summary>Adds Slack where a bot's token or a client id is set; without both nothing of it runs.</summary>
    public static IServiceCollection AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        if (!SlackOptions.IsOnIn(configuration))
        {
            return services;
        }

        services.AddFence();
        services
            .AddHttpClient(HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(SlackWebApi.CreateHandler)
            .AddHttpMessageHandler<Fence>();
        services.AddCallMeter(Platform.Slack);
        services.AddSingleton<SlackInstallStore>();
        services.AddSingleton<SlackTeams>();
        services.AddSingleton<SlackInstalls>();
        services.AddSingleton<SlackPeople>();
        services.AddSingleton<IStandings, SlackStandings>();
        AddListening(services);
        AddPublishing(services);
        AddCommands(services);
        if (ProcessOptions.Has(configuration, Role.Chat))
        {
            services.AddDuty(Lease);
            services.TryAddAttachmentCopier();
        }

        return services;
    }

    static partial void AddListening(IServiceCollection services);

    static partial void AddPublishing(IServiceCollection services);

    static partial void AddCommands(IServiceCollection services);

    /// <summary>What calls to Slack are signed with as their sender.</summary>
    public static string UserAgent(WebOptions web) =>
        web.PublicUrl is { } address ? $"NewsBot/{Version} (+{address})" : $"NewsBot/{Version}";

    private static string Version => typeof(SlackRegistration).Assembly.GetName().Version?.ToString(3) ?? "0";
}
