using NewsBot.Web;

namespace NewsBot.Cli;

/// <summary>Asks the newsroom that runs with these settings whether it answers, where nothing else could: in its container.</summary>
internal static class Health
{
    // What does not answer a question without any work for so long does not answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <param name="settings">Settings as on the server's command line; only where it listens is read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>0 where it answers, else 1 with a sentence.</returns>
    public static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        var options = WebApplication
            .CreateSlimBuilder(SettingArguments.Expand(settings))
            .Configuration.GetSection(WebOptions.Section)
            .Get<WebOptions>();
        var url = new Uri(ListenAddress.Reachable((options ?? new WebOptions()).Url), "healthz");
        // What proxy there is for addresses outside is none for this one.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(url, cancellationToken);
            answer.EnsureSuccessStatusCode();
            Output.Line($"NewsBot answers at {url}.");
            return CommandLineDoor.Done;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            Output.Error($"NewsBot does not answer at {url}: {error.Message}");
            return CommandLineDoor.Failed;
        }
    }
}
