using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace NewsBot.Telemetry;

/// <summary>The listener of its own at which the metrics are, so that nobody who can see the pages can see them by that.</summary>
internal sealed class MetricsDoor(IServer server, IOptions<TelemetryOptions> options)
{
    private readonly Lazy<int> _port = new(() => Port(server, options.Value.MetricsUrl!));

    /// <summary>Answers GET /metrics at the door, and nothing else there.</summary>
    public static void Use(WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value.MetricsUrl is not { Length: > 0 })
        {
            return;
        }

        var door = app.Services.GetRequiredService<MetricsDoor>();
        app.MapWhen(
            door.IsAt,
            inside =>
            {
                inside.Use(
                    static (context, next) =>
                    {
                        // Prometheus is no visitor: the requests that it counts are those of people and programs.
                        context.Features.Get<IHttpMetricsTagsFeature>()?.MetricsDisabled = true;
                        return next(context);
                    }
                );
                inside.UseOpenTelemetryPrometheusScrapingEndpoint(static context => context.Request.Path == "/metrics");
                inside.Run(static context =>
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
            }
        );
    }

    private bool IsAt(HttpContext context) => context.Connection.LocalPort == _port.Value;

    // Where a free port was taken, the listener that was named last has it.
    private static int Port(IServer server, string url) =>
        new Uri(url).Port is > 0 and var port
            ? port
            : new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Last()).Port;
}
