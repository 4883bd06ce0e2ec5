using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NewsBot.Benchmarks;

/// <summary>A .NET program in a process of its own, asked from outside.</summary>
internal sealed class MeasuredProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly string _folder;

    private MeasuredProcess(Process process, HttpClient http, string folder)
    {
        _process = process;
        _http = http;
        _folder = folder;
    }

    /// <summary>From the start of the process to the first 200 of /readyz.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Its number at the system.</summary>
    public int Id => _process.Id;

    /// <summary>Resident memory, in MB of 1,000,000 bytes.</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>The most it held since <see cref="ForgetPeak"/>, in MB of 1,000,000 bytes. Linux only.</summary>
    public double PeakMegabytes => PeakOf(_process.Id);

    /// <summary>Where it runs.</summary>
    public string Folder => _folder;

    /// <summary>Processor time used since the start, by all its threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program in an empty folder and waits until it is ready.</summary>
    /// <param name="arguments">What follows "dotnet", from the address and the folder.</param>
    public static async Task<MeasuredProcess> StartAsync(Func<Uri, string, IEnumerable<string>> arguments)
    {
        var folder = Directory.CreateTempSubdirectory("newsbot-benchmark-").FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = address };
        var start = new ProcessStartInfo("dotnet", arguments(address, folder))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var begin = TimeProvider.System.GetTimestamp();
        var measured = new MeasuredProcess(Process.Start(start)!, http, folder);
        measured._process.OutputDataReceived += (_, _) => { };
        measured._process.BeginOutputReadLine();
        while (!await measured.IsReadyAsync())
        {
            if (measured._process.HasExited || TimeProvider.System.GetElapsedTime(begin) > Patience)
            {
                measured.Dispose();
                throw new InvalidOperationException("The program did not get ready; the lines above may say why.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        measured.ReadyAfter = TimeProvider.System.GetElapsedTime(begin);
        return measured;
    }

    /// <summary>Asks again and again until an answer holds a text.</summary>
    public async Task WaitForAsync(string path, string text)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!(await _http.GetStringAsync(new Uri(path, UriKind.Relative))).Contains(text, StringComparison.Ordinal))
        {
            if (TimeProvider.System.GetElapsedTime(begin) > Patience)
            {
                throw new InvalidOperationException($"{path} did not show “{text}” within a minute.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    /// <summary>Begins anew with the most it held. Source: https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("/readyz", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // Nobody listens yet.
            return false;
        }
    }

    /// <summary>The most a process held, in MB of 1,000,000 bytes. Linux only.</summary>
    public static double PeakOf(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status")
            .First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(
                line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture
            )
            * 1_024
            / 1e6;
    }

    /// <summary>A port nobody listens at.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
