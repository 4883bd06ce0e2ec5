using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NewsBot.Testing.Newsrooms;

/// <summary>A newsroom as a process of its own, to be killed without warning and started again on the same data.</summary>
public sealed class NewsroomProcess : IAsyncDisposable
{
    // As much as tells why it ended.
    private const int MaxLines = 200;

    private readonly string[] _arguments;
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _process;
    private int _lines;

    /// <param name="program">File name of a built program beside this one, or its full path.</param>
    /// <param name="arguments">What it is told; where it listens is added.</param>
    public NewsroomProcess(string program, params IEnumerable<string> arguments)
    {
        // Free at this moment; the listener of a killed process leaves the port at once.
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = string.Create(
            CultureInfo.InvariantCulture,
            $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/"
        );
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
        Program = program;
        _arguments = [.. arguments, $"--Web:Url={address}"];
    }

    public HttpClient Http { get; }

    /// <summary>The program that the next start runs: the file name of one beside this one, or a full path.</summary>
    public string Program { get; set; }

    /// <summary>More variables of its environment, at each start.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; set; } = [];

    /// <summary>The command that starts the program, which is told only what the program is told; null for dotnet itself.</summary>
    public IReadOnlyList<string>? Starter { get; init; }

    /// <summary>The last lines that the processes wrote to their terminals, for the message of a failed test.</summary>
    public string Said => string.Join('\n', _said);

    /// <summary>How many lines they wrote in all.</summary>
    public int LineCount => _lines;

    /// <summary>The id of the process that runs.</summary>
    public int Id => _process?.Id ?? throw new InvalidOperationException("Nothing runs.");

    /// <summary>Ends when the process has ended by itself; at once where there is none.</summary>
    public Task EndedAsync(CancellationToken cancellationToken) =>
        _process?.WaitForExitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <param name="environment">More variables of its environment, for this start.</param>
    public void Start(params IEnumerable<(string Name, string Value)> environment)
    {
        var command = Starter ?? ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, Program)];
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command.Skip(1).Concat(_arguments))
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        foreach (var (name, value) in Environment.Concat(environment))
        {
            _process.StartInfo.Environment[name] = value;
        }

        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It ended by itself.</exception>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        while (!await AnswersAsync(cancellationToken))
        {
            if (_process is not { HasExited: false })
            {
                // Its last words may still be on their way.
                await (_process?.WaitForExitAsync(cancellationToken) ?? Task.CompletedTask);
                throw new InvalidOperationException($"The newsroom ended by itself:\n{Said}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>SIGKILL: nothing is tidied up.</summary>
    /// <returns>Its exit code: 137 where it was killed, now or before.</returns>
    public async Task<int> KillAsync()
    {
        if (_process is not { } process)
        {
            return 0;
        }

        _process = null;
        process.Kill(entireProcessTree: Starter is not null);
        await process.WaitForExitAsync(CancellationToken.None);
        var code = process.ExitCode;
        process.Dispose();
        return code;
    }

    /// <summary>SIGSTOP: it does nothing any more, and does not know it.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    /// <summary>SIGCONT: it goes on where it was.</summary>
    public Task ContinueAsync() => SignalAsync("-CONT");

    /// <summary>SIGTERM: it ends as it does when an operator stops it.</summary>
    public Task StopAsync() => StopWithinAsync(Timeout.InfiniteTimeSpan);

    /// <summary>SIGTERM, and SIGKILL after a while, as what runs containers does it.</summary>
    /// <returns>Its exit code: 137 where it was killed.</returns>
    public async Task<int> StopWithinAsync(TimeSpan patience)
    {
        if (_process is not { } process)
        {
            return 0;
        }

        await SignalAsync("-TERM");
        using var over = new CancellationTokenSource(patience, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            // It had its time.
        }

        return await KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Http.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("healthz", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        Interlocked.Increment(ref _lines);
        _said.Enqueue(line);
        while (_said.Count > MaxLines)
        {
            _said.TryDequeue(out _);
        }
    }
}
