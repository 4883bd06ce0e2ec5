using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using NewsBot.Testing.Load;

namespace NewsBot.Benchmarks.Load;

/// <summary>The outlets and the Discord of a <see cref="LoadSite"/>, as a process of their own that is not counted as the newsroom.</summary>
internal sealed class LoadWorld : IDisposable
{
    public const string Verb = "load-world";

    private readonly Process _process;
    private readonly HttpClient _http;

    private LoadWorld(Process process, int port, LoadPlaces places)
    {
        (_process, Port, Places) = (process, port, places);
        _http = new HttpClient(new SocketsHttpHandler())
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"),
        };
    }

    /// <summary>Of all outlets.</summary>
    public int Port { get; }

    public LoadPlaces Places { get; }

    /// <summary>Processor time it used, by all its threads.</summary>
    public TimeSpan ProcessorTime => ProcessFigures.Of(_process.Id).ProcessorTime;

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<LoadWorld> StartAsync(LoadOptions options)
    {
        var port = MeasuredProcess.FreePort();
        var order = new Order(options.Sources, options.Channels, options.Seed, port, options.Latency);
        var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                ["exec", typeof(LoadWorld).Assembly.Location, Verb, JsonSerializer.Serialize(order)]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        var places =
            await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The outlets did not start; the lines above may say why.");
        return new LoadWorld(process, port, JsonSerializer.Deserialize<LoadPlaces>(places)!);
    }

    /// <summary>Is it, until it is killed.</summary>
    public static async Task ServeAsync(string orderText)
    {
        var order = JsonSerializer.Deserialize<Order>(orderText)!;
        await using var site = await LoadSite.StartAsync(
            new LoadPlan(order.Sources, order.Channels, order.Seed),
            order.Port,
            order.Latency
        );
        Output.Line(JsonSerializer.Serialize(site.Places));
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
    }

    public async Task<LoadServed> ServedAsync() =>
        (await _http.GetFromJsonAsync<LoadServed>(new Uri("/load/served", UriKind.Relative)))!;

    public async Task<LoadLags> LagsAsync(DateTimeOffset since) =>
        (await _http.GetFromJsonAsync<LoadLags>(Address($"/load/lags?since={since.ToUnixTimeMilliseconds()}")))!;

    /// <summary>The first outlets publish something now.</summary>
    public Task PublishAsync(int count) => PostAsync(Address($"/load/publish?count={count}"));

    /// <summary>The day with news begins.</summary>
    public Task BeginDayAsync(LoadOptions options) =>
        PostAsync(
            Address(
                $"/load/day?seconds={options.Day.TotalSeconds}&interval={options.Interval.TotalSeconds}&unchanged={options.Unchanged}"
            )
        );

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
    }

    private async Task PostAsync(Uri address)
    {
        using var answer = await _http.PostAsync(address, content: null);
        answer.EnsureSuccessStatusCode();
    }

    private static Uri Address(FormattableString text) => new(FormattableString.Invariant(text), UriKind.Relative);

    private sealed record Order(int Sources, int Channels, int Seed, int Port, TimeSpan Latency);
}
