using Microsoft.Extensions.Options;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>Asks Slack whether it opens sockets for the app; the answer holds for a while, however many workspaces ask.</summary>
internal sealed class SlackSockets(
    IHttpClientFactory clients,
    IOptions<SlackOptions> options,
    IOptions<WebOptions> web,
    TimeProvider time
) : IDisposable
{
    // Slack lets it be asked about once a minute.
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private (bool IsRefused, DateTimeOffset Until)? _known;

    /// <returns>True where Socket Mode is off or the app's token is not good; false too where Slack cannot be asked now.</returns>
    public async Task<bool> IsRefusedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.AppToken is not { Length: > 0 } token)
        {
            return false;
        }

        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_known is not { } known || known.Until <= time.GetUtcNow())
            {
                known = (await AskAsync(token, cancellationToken), time.GetUtcNow() + KeepFor);
                _known = known;
            }

            return known.IsRefused;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<bool> AskAsync(string token, CancellationToken cancellationToken)
    {
        using var api = new SlackWebApi(
            new SlackWebApiOptions(token, SlackRegistration.UserAgent(web.Value)) { BaseUrl = options.Value.Api },
            clients.CreateClient(SlackRegistration.HttpClientName),
            time
        );
        try
        {
            // The address that comes is good once and for seconds; unused it does nothing.
            await api.OpenSocketAsync(cancellationToken);
            return false;
        }
        catch (SlackException error)
        {
            return error.Kind is SlackErrorKind.InstallDead or SlackErrorKind.MissingScope
                || error.Code is "socket_mode_disabled" or "socket_mode_not_enabled";
        }
    }
}
