using System.Diagnostics;
using System.Text;
using NewsBot.Testing;

namespace NewsBot.Tests.RealClients;

/// <summary>A program of tests/clients, run as a child.</summary>
internal static class ClientProgram
{
    // A whole run takes some fifteen seconds; a busy machine may need several times that.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(3);

    /// <summary>Runs it to its end.</summary>
    /// <param name="program">The interpreter, by path or name.</param>
    /// <param name="folder">Below tests/clients.</param>
    /// <param name="script">What the interpreter runs.</param>
    /// <param name="start">The start line of the emulator.</param>
    /// <returns>Its exit code, null where it took too long, and all it said.</returns>
    public static async Task<(int? Code, string Said)> RunAsync(
        string program,
        string folder,
        string script,
        string start
    )
    {
        var said = new StringBuilder();
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, [script])
            {
                WorkingDirectory = Folder(folder),
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    ["EMULATOR"] = start,
                    ["PYTHONDONTWRITEBYTECODE"] = "1",
                    ["PYTHONIOENCODING"] = "utf-8",
                },
            },
        };
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var late = new CancellationTokenSource(TimeLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            late.Token,
            TestContext.Current.CancellationToken
        );
        try
        {
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode, All());
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return (null, All());
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        void Add(string? line)
        {
            lock (said)
            {
                said.AppendLine(line);
            }
        }

        string All()
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    /// <summary>A folder below tests/clients.</summary>
    public static string Folder(string name) => Path.Combine(Checkout.Root, "tests", "clients", name);

    /// <summary>Where a program of the PATH is, or null.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
