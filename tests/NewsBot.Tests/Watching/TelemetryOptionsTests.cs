using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NewsBot.Telemetry;
using NewsBot.Web;

namespace NewsBot.Tests.Watching;

/// <summary>A wrong address of a listener or a collector stops the start with the key and the remedy.</summary>
public sealed class TelemetryOptionsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("http://127.0.0.1:9464", "http://127.0.0.1:4317")]
    [InlineData("http://0.0.0.0:0", "https://collector.example/base")]
    public void What_can_be_listened_at_and_sent_to_is_taken(string? metrics, string? otlp) =>
        Assert.Empty(Problems(new TelemetryOptions { MetricsUrl = metrics, OtlpEndpoint = otlp }));

    [Theory]
    [InlineData("9464")]
    [InlineData("https://127.0.0.1:9464")]
    [InlineData("http://127.0.0.1:9464/metrics")]
    [InlineData("http://0.0.0.0:5080")]
    public void A_listener_nobody_can_use_or_every_visitor_could_is_refused(string url)
    {
        var problem = Assert.Single(Problems(new TelemetryOptions { MetricsUrl = url }));

        Assert.StartsWith($"Telemetry:MetricsUrl is “{url}”", problem);
        Assert.Contains("write", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Telemetry:OtlpEndpoint", "collector:4317")]
    [InlineData("Telemetry:OtlpEndpoint", "http://me:secret@collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere")]
    public void A_collector_nobody_can_reach_is_refused_and_no_secret_repeated(string key, string endpoint)
    {
        var isOurs = key.StartsWith("Telemetry", StringComparison.Ordinal);

        var problem = Assert.Single(
            Problems(new TelemetryOptions { OtlpEndpoint = isOurs ? endpoint : null }, isOurs ? null : endpoint)
        );

        Assert.StartsWith(key, problem);
        Assert.DoesNotContain(endpoint, problem, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Problems(TelemetryOptions options, string? variable = null)
    {
        var environment = new ConfigurationBuilder()
            .AddInMemoryCollection([new(TelemetryRegistration.OtlpVariable, variable)])
            .Build();
        return new TelemetryOptionsValidator(Options.Create(new WebOptions()), environment)
                .Validate(null, options)
                .Failures
            ?? [];
    }
}
