using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace NewsBot.Tests.Crash;

/// <summary>The built program as a process of its own, to be killed without warning and started again on the same data.</summary>
internal sealed class KilledNewsroom : IAsyncDisposable
{
    private readonly string[] _arguments;
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _process;

    /// <param name="folder">Where its data lies.</param>
    public KilledNewsroom(string folder)
    {
        // Free at this moment; the listener of a killed process leaves the port at once.
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = string.Create(
            CultureInfo.InvariantCulture,
            $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/"
        );
        Http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(address) };
        _arguments =
        [
            "exec",
            Path.Combine(AppContext.BaseDirectory, "newsbot.dll"),
            "--data",
            folder,
            $"--Web:Url={address}",
            "--Starter:Enabled=false",
            // Repeating every reply at once is what a fast importer does; here nobody has to be held back.
            "--Web:WriteBurst=10000",
            "--Web:WritesPerSecond=10000",
            "--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8",
            "--Fetching:HostSpacing=00:00:00",
        ];
    }

    public HttpClient Http { get; }

    /// <summary>What the processes wrote to their terminals, for the message of a failed test.</summary>
    public string Said => string.Join('\n', _said);

    public void Start()
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", _arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
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
                throw new InvalidOperationException($"The newsroom ended by itself:\n{Said}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>SIGKILL: nothing is tidied up.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    /// <summary>Writes a reply. Its key says which request it is, however often it is sent.</summary>
    /// <returns>The message where it was taken; null where nothing is known of it.</returns>
    public async Task<JsonElement?> ReplyAsync(Reply reply, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/channels/1/messages");
        request.Headers.Add("Idempotency-Key", reply.Text);
        request.Content = JsonContent.Create(
            new
            {
                author = reply.Author,
                text = reply.Text,
                replyTo = reply.ReplyTo,
            }
        );
        try
        {
            using var answer = await Http.SendAsync(request, cancellationToken);
            var json = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return answer.StatusCode == HttpStatusCode.Created
                ? json
                : throw new InvalidOperationException($"{reply} gave {answer.StatusCode}: {json}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Http.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync("healthz", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Hear(string? line)
    {
        if (line is not null)
        {
            _said.Enqueue(line);
        }
    }
}

/// <summary>A reply that is sent until it is known to have been taken.</summary>
/// <param name="Author">Who writes.</param>
/// <param name="Text">What; unlike every other.</param>
/// <param name="ReplyTo">The message it answers.</param>
internal sealed record Reply(string Author, string Text, string ReplyTo);
