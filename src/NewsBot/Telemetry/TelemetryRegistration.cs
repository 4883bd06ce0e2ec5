using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsBot.Clients.RateLimits;
using NewsBot.Core.Channels;
using NewsBot.Core.Flows;
using NewsBot.Storage;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace NewsBot.Telemetry;

/// <summary>Wires this folder.</summary>
internal static class TelemetryRegistration
{
    /// <summary>
    /// The variable that names a collector for every program. Its companions, such as OTEL_EXPORTER_OTLP_HEADERS,
    /// OTEL_EXPORTER_OTLP_PROTOCOL and OTEL_TRACES_SAMPLER, hold too.
    /// Source: https://opentelemetry.io/docs/specs/otel/protocol/exporter/
    /// </summary>
    public const string OtlpVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The runtime and the server count by themselves. The client does too, but with the names of hosts as labels.
    private static readonly string[] Meters =
    [
        FlowMeter.Name,
        "System.Runtime",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.RateLimiting",
    ];

    /// <summary>Adds what watches the newsroom, where somebody may see it; else nothing is counted.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddNewsroomMeter().AddSingleton<FlowMeter>().AddSingleton<MetricsDoor>();
        var settings = builder.Configuration.GetSection(TelemetryOptions.Section);
        var hasDoor = settings[nameof(TelemetryOptions.MetricsUrl)] is { Length: > 0 };
        if (settings[nameof(TelemetryOptions.OtlpEndpoint)] is { Length: > 0 } endpoint)
        {
            builder.Configuration.AddInMemoryCollection([new(OtlpVariable, endpoint)]);
        }

        var isSent = builder.Configuration[OtlpVariable] is { Length: > 0 };
        if (!hasDoor && !isSent)
        {
            return;
        }

        services.AddSingleton<FiguresReader>();
        services.AddHostedService<NewsroomGauges>();
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(resource =>
                resource.AddService(
                    builder.Configuration["OTEL_SERVICE_NAME"] ?? "newsbot",
                    serviceVersion: Settings.ThisVersion
                )
            )
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                if (hasDoor)
                {
                    metrics.AddPrometheusExporter();
                }
            });
        // A trace is recorded only where it goes somewhere.
        if (isSent)
        {
            telemetry.WithTracing(traces => traces.AddSource(Traces.Name)).UseOtlpExporter();
        }
    }

    /// <summary>Adds the one meter that everything of ours counts on.</summary>
    public static IServiceCollection AddNewsroomMeter(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(provider => provider.GetRequiredService<IMeterFactory>().Create(FlowMeter.Name));
        return services;
    }

    /// <summary>Adds what counts the calls to a platform.</summary>
    public static IServiceCollection AddCallMeter(this IServiceCollection services, Platform platform) =>
        services
            .AddNewsroomMeter()
            .AddKeyedSingleton(
                platform,
                (provider, _) => new CallMeter(provider.GetRequiredService<Meter>(), FlowMeter.Word(platform))
            );
}
