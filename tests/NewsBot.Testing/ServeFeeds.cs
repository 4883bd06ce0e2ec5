using System.Globalization;
using System.Runtime.InteropServices;
using NewsBot.Testing.Servers;

namespace NewsBot.Testing;

/// <summary>Serves the fake feed site alone, for trying things by hand.</summary>
internal static class ServeFeeds
{
    /// <summary>Reads the port.</summary>
    /// <param name="args">What stands behind "feeds".</param>
    /// <returns>Null where it is written wrongly.</returns>
    public static int? Port(ReadOnlySpan<string> args) =>
        args switch
        {
            [] => 0,
            ["--port", var text]
                when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                    && port is >= 0 and <= 65_000 => port,
            _ => null,
        };

    /// <summary>Serves until the program is asked to end.</summary>
    /// <returns>Exit code: 0, or 1 where a port is taken.</returns>
    public static async Task<int> RunAsync(int port)
    {
        var ended = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            await using var site = await FakeFeedSite.StartAsync(port, TimeProvider.System, CancellationToken.None);
            Describe(site);
            await ended.Task;
            return 0;
        }
        catch (IOException error)
        {
            Output.Error($"The feed site cannot start: {error.Message} It needs five free ports in a row.");
            return 1;
        }

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.TrySetResult();
        }
    }

    private static void Describe(FakeFeedSite site)
    {
        Output.Line($"The fake feed site is at {site.Root} (Ctrl+C ends it).");
        Output.Line($"  {site.SelfSigned}  the same with a certificate signed by itself");
        Output.Line($"  {site.Expired}  the same with a certificate that has ended");
        Output.Line($"  {site.WrongName}  the same with a certificate for another name");
        Output.Line($"  {site.WithEndlessHeaders}  headers without end");
        Output.Line($"  {site.Url("/_admin/requests")}  what was asked for so far");
        Output.Line($"  curl -T feed.xml \"{site.Url("/_admin/set")}?path=/mine.rss\"  sets a path of your own");
        Output.Line("It offers:");
        foreach (var (path, note) in site.Offers)
        {
            Output.Line($"  {site.Url(path)}  {note}");
        }
    }
}
