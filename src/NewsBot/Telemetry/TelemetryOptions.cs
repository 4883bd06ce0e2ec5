using Microsoft.Extensions.Options;
using NewsBot.Web;

namespace NewsBot.Telemetry;

/// <summary>The <c>Telemetry</c> section of the settings: who may watch the newsroom from outside.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>
    /// Address of a listener of its own where Prometheus finds <c>/metrics</c> and nothing else, such as
    /// http://127.0.0.1:9464; port 0 takes a free one. Default none.
    /// </summary>
    public string? MetricsUrl { get; set; }

    /// <summary>Address of an OpenTelemetry collector that metrics and traces are sent to, such as http://127.0.0.1:4317. Default none: nothing is sent.</summary>
    public string? OtlpEndpoint { get; set; }
}

/// <summary>Refuses addresses that nobody can listen at or send to.</summary>
internal sealed class TelemetryOptionsValidator(IOptions<WebOptions> web, IConfiguration configuration)
    : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        List<string> problems = [];
        if (options.MetricsUrl is { } metrics)
        {
            if (!WebOptions.IsOrigin(metrics) || !metrics.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            {
                problems.Add(
                    $"Telemetry:MetricsUrl is “{metrics}”; write an address such as http://127.0.0.1:9464, without a path, or leave it out."
                );
            }
            else if (IsSamePort(metrics, web.Value.Url))
            {
                problems.Add(
                    $"Telemetry:MetricsUrl is “{metrics}”, whose port is that of Web:Url; write another port, so that visitors do not read the metrics."
                );
            }
        }

        // What the standard variable says is used as it is where the setting is absent.
        foreach (
            var (key, endpoint) in new[]
            {
                ("Telemetry:OtlpEndpoint", options.OtlpEndpoint),
                (TelemetryRegistration.OtlpVariable, configuration[TelemetryRegistration.OtlpVariable]),
            }
        )
        {
            if (!string.IsNullOrEmpty(endpoint) && !IsEndpoint(endpoint))
            {
                problems.Add(
                    $"{key} is not the address of a collector; write one such as http://127.0.0.1:4317, or leave it out. Secrets go into OTEL_EXPORTER_OTLP_HEADERS."
                );
            }
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsSamePort(string metrics, string pages) =>
        Uri.TryCreate(pages, UriKind.Absolute, out var url)
        && new Uri(metrics).Port is > 0 and var port
        && url.Port == port;

    private static bool IsEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0;
}
