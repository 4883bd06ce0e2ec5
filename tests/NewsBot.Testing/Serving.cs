using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NewsBot.Testing;

/// <summary>Serves an emulator alone, so that anybody can try the bot without an account.</summary>
internal static class Serving
{
    private static readonly JsonSerializerOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads port and data file.</summary>
    /// <param name="args">What stands behind the name of the emulator.</param>
    /// <returns>Null where they are written wrongly.</returns>
    public static (int Port, string? DataFile)? Wishes(ReadOnlySpan<string> args)
    {
        var (port, dataFile) = (0, (string?)null);
        while (args.Length > 0)
        {
            switch (args)
            {
                case ["--port", var text, ..]
                    when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
                        && port <= 65_535:
                    break;
                case ["--data", { Length: > 0 } file, ..]:
                    dataFile = file;
                    break;
                default:
                    return null;
            }

            args = args[2..];
        }

        return (port, dataFile);
    }

    /// <summary>Serves until the program is asked to end.</summary>
    /// <param name="name">Such as "fake Slack".</param>
    /// <param name="start">Starts it.</param>
    /// <param name="describe">What stands on the first line.</param>
    /// <returns>Exit code: 0, or 1 where the port is taken.</returns>
    public static async Task<int> RunAsync<TServer>(
        string name,
        Func<Task<TServer>> start,
        Func<TServer, JsonObject> describe
    )
        where TServer : IAsyncDisposable
    {
        var ended = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            await using var server = await start();
            var line = describe(server);
            var api = line["apiBaseUrl"]!.ToString();
            Output.Line(line.ToJsonString(Form));
            Output.Line($"The {name} is at {api} (Ctrl+C ends it).");
            Output.Line($"  {new Uri(new Uri(api), "/_fake/state")}  shows everything");
            await ended.Task;
            return 0;
        }
        catch (IOException error)
        {
            Output.Error($"The {name} cannot start: {error.Message}");
            return 1;
        }

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.TrySetResult();
        }
    }
}
