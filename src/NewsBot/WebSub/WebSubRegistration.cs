using NewsBot.Storage;

namespace NewsBot.WebSub;

/// <summary>Wires this folder.</summary>
internal static class WebSubRegistration
{
    public static IServiceCollection AddWebSub(this IServiceCollection services) =>
        services
            .AddSingleton<PushAddress>()
            .AddSingleton<WebSubStore>()
            .AddSingleton<HubCaller>()
            .AddSingleton<AskHubs>()
            .AddSingleton<PushTurns>()
            .AddSingleton<PushEndpoint>();
}
