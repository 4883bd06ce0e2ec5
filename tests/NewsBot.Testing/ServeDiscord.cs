using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Testing;

/// <summary>Serves a fake Discord alone, so that anybody can try the bot without an account.</summary>
internal static class ServeDiscord
{
    private static readonly JsonSerializerOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads port and data file.</summary>
    /// <param name="args">What stands behind "discord".</param>
    /// <returns>Null where they are written wrongly.</returns>
    public static FakeDiscordOptions? Options(ReadOnlySpan<string> args)
    {
        var options = new FakeDiscordOptions();
        while (args.Length > 0)
        {
            switch (args)
            {
                case ["--port", var text, ..]
                    when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                        && port <= 65_535:
                    options.Port = port;
                    break;
                case ["--data", { Length: > 0 } file, ..]:
                    options.DataFile = file;
                    break;
                default:
                    return null;
            }

            args = args[2..];
        }

        return options;
    }

    /// <summary>Serves until the program is asked to end.</summary>
    /// <returns>Exit code: 0, or 1 where the port is taken.</returns>
    public static async Task<int> RunAsync(FakeDiscordOptions options)
    {
        var ended = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            await using var server = await FakeDiscordServer.StartAsync(options, CancellationToken.None);
            Output.Line(server.Describe().ToJsonString(Form));
            Output.Line($"The fake Discord is at {server.ApiBaseUrl} (Ctrl+C ends it).");
            Output.Line($"  {server.State.Root}/_fake/state  shows everything");
            await ended.Task;
            return 0;
        }
        catch (IOException error)
        {
            Output.Error($"The fake Discord cannot start: {error.Message}");
            return 1;
        }

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.TrySetResult();
        }
    }
}
