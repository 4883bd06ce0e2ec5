using Microsoft.Extensions.Options;
using NewsBot.Core.Summaries;
using NewsBot.Fetching;
using NewsBot.Storage;
using NewsBot.Telemetry;

namespace NewsBot.Summarising;

/// <summary>Wires this folder.</summary>
internal static class SummarisingRegistration
{
    public const string ClientName = "model";

    /// <summary>Adds <see cref="Summariser"/> and <see cref="ISummaryModel"/>.</summary>
    public static IServiceCollection AddSummarising(this IServiceCollection services)
    {
        services.AddNewsroomMeter();
        services.AddSingleton<ModelUsage>();
        services.AddSingleton<SummaryModel>();
        services.AddSingleton<ISummaryModel>(provider => provider.GetRequiredService<SummaryModel>());
        services.AddSingleton<Summariser>();
        services
            .AddGuardedClient(
                ClientName,
                provider =>
                {
                    var isPrivateAllowed = provider
                        .GetRequiredService<IOptions<SummarisingOptions>>()
                        .Value.AllowPrivate;
                    return (_, address, _) => isPrivateAllowed || AddressRanges.IsPublic(address);
                },
                host =>
                    $"{host} leads to a private network. Set Summarising:AllowPrivate to true where the model is your own."
            )
            .AddHttpMessageHandler(() => new BoundedAnswers());
        return services;
    }
}
