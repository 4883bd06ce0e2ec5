using System.Globalization;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Watching;

/// <summary>A newsroom as a process of its own, in which a story was polled, posted and answered, and what Prometheus finds there.</summary>
public sealed class ScrapedNewsroom : IAsyncLifetime
{
    private WatchedNewsroom? _watched;

    /// <summary>Speaks to the door of the metrics.</summary>
    public HttpClient Door { get; private set; } = null!;

    /// <summary>Speaks to the pages.</summary>
    public HttpClient Pages => _watched!.Newsroom.Http;

    /// <summary>What GET /metrics said once everything had been seen.</summary>
    public string Scrape { get; private set; } = "";

    internal IReadOnlyList<string> Canaries => _watched!.Canaries;

    public async ValueTask InitializeAsync()
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{WatchedNewsroom.FreePort()}");
        Door = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
        _watched = await WatchedNewsroom.StartAsync($"--Telemetry:MetricsUrl={address}");
        // Meters of one process are heard by all who listen in it.
        await _watched.Newsroom.GoApartAsync(isReady: true);
        await Door.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        await _watched.PublishAsync();
        await _watched.ReplyAsync();
        Scrape = await RunningNewsroom.UntilAsync(async () =>
        {
            var scrape = await Door.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            return scrape.Contains("newsbot_reply_lag_seconds_count", StringComparison.Ordinal) ? scrape : null;
        });
    }

    public async ValueTask DisposeAsync()
    {
        Door.Dispose();
        if (_watched is not null)
        {
            await _watched.DisposeAsync();
        }
    }

    /// <summary>The sum of all samples of a metric that have these labels.</summary>
    public double Sum(string metric, params IReadOnlyList<string> labels) =>
        Scrape
            .Split('\n')
            .Where(line => line.StartsWith(metric + "{", StringComparison.Ordinal))
            .Where(line => labels.All(label => line.Contains(label, StringComparison.Ordinal)))
            .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
}
