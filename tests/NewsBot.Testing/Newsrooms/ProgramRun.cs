using System.Diagnostics;

namespace NewsBot.Testing.Newsrooms;

/// <summary>One run of the built program for one command, as a process of its own.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Out">What it wrote to its output.</param>
/// <param name="Error">What it wrote to its error stream.</param>
public sealed record ProgramRun(int Code, string Out, string Error)
{
    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">As on the command line.</param>
    public static async Task<ProgramRun> RunAsync(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new ProgramRun(process.ExitCode, await output, await error);
    }

    /// <summary>Runs a command and kills it in the middle.</summary>
    /// <param name="arguments">As on the command line.</param>
    /// <param name="moment">Ends when it is to be killed.</param>
    /// <returns>Whether it was killed; false where it had ended by itself.</returns>
    public static async Task<bool> KillAsync(IEnumerable<string> arguments, Func<Task> moment)
    {
        using var process = Start(arguments);
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        await Task.WhenAny(moment(), process.WaitForExitAsync());
        var isRunning = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync();
        return isRunning;
    }

    private static Process Start(IEnumerable<string> arguments) =>
        Process.Start(
            new ProcessStartInfo(
                "dotnet",
                ["exec", Path.Combine(AppContext.BaseDirectory, "newsbot.dll"), .. arguments]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
