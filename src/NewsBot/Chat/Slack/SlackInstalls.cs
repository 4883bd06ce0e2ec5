using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NewsBot.Clients.RateLimits;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Channels;
using NewsBot.Processes;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>
/// The workspaces we are in: the one of the settings' token, and those that installed the app by themselves. Tokens that
/// end are renewed before they do.
/// </summary>
internal sealed partial class SlackInstalls(
    SlackInstallStore store,
    SlackTeams teams,
    IHttpClientFactory clients,
    IOptions<SlackOptions> options,
    IOptions<WebOptions> web,
    [FromKeyedServices(Platform.Slack)] CallMeter meter,
    ThisProcess process,
    TimeProvider time,
    ILogger<SlackInstalls> logger
) : IDisposable
{
    // Within it, what was installed at another process is known here too.
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(1);

    // Everything that wants to be posted asks where we are; Slack is not to be asked by each of them.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SlackWebApi> _apis = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changing = new(1, 1);
    private SlackWebApi? _anonymous;
    private volatile bool _isLoaded;
    private DateTimeOffset _readAgainAt;
    private (SlackException Error, DateTimeOffset Until)? _failure;

    /// <summary>What the app is installed and its tokens are renewed with; null where it has none.</summary>
    public SlackApp? App =>
        options.Value.HasClient ? new SlackApp(options.Value.ClientId!, options.Value.ClientSecret!) : null;

    /// <summary>Calls that need no token, such as the exchange of a code.</summary>
    public SlackWebApi Anonymous => _anonymous ??= Make(null);

    /// <summary>How many workspaces are known; 0 before they are loaded.</summary>
    public int Count => _entries.Count;

    /// <summary>The workspaces known by now, without asking anybody.</summary>
    public IReadOnlyCollection<SlackInstall> Known => [.. _entries.Values.Select(entry => entry.Install)];

    /// <summary>Whether something is ours in any workspace we know of.</summary>
    public bool IsSelf(string? user, string? bot) => _entries.Values.Any(entry => entry.Install.IsSelf(user, bot));

    /// <returns>Calls with the token of a workspace; null where the app is not installed there.</returns>
    /// <exception cref="SlackException">The workspaces are not known yet, because Slack does not answer or refuses the settings' token.</exception>
    public async Task<SlackWebApi?> ForTeamAsync(string team, CancellationToken cancellationToken) =>
        (await FindAsync(team, cancellationToken))?.Api;

    /// <returns>Null where the app is not installed.</returns>
    /// <inheritdoc cref="ForTeamAsync" path="/exception" />
    public async Task<SlackInstall?> FindAsync(string team, CancellationToken cancellationToken)
    {
        if (!_entries.TryGetValue(team, out var entry))
        {
            await (_isLoaded ? ReadAgainAsync(cancellationToken) : LoadAsync(cancellationToken));
            _entries.TryGetValue(team, out entry);
        }

        return entry?.Install;
    }

    /// <summary>Every workspace we are in.</summary>
    /// <inheritdoc cref="ForTeamAsync" path="/exception" />
    public async Task<IReadOnlyCollection<SlackInstall>> AllAsync(CancellationToken cancellationToken)
    {
        if (!_isLoaded)
        {
            await LoadAsync(cancellationToken);
        }

        return Known;
    }

    /// <summary>Finds out where we are; asked again after it has failed, and of no effect once it is known.</summary>
    /// <inheritdoc cref="ForTeamAsync" path="/exception" />
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            if (_isLoaded)
            {
                return;
            }

            ThrowIfJustRefused();
            foreach (var stored in await store.LoadAsync(cancellationToken))
            {
                await AddAsync(stored, stored.Url, installer: null, cancellationToken);
            }

            if (options.Value.BotToken is { Length: > 0 } token)
            {
                await AddAsync(token, cancellationToken);
            }

            await teams.CompareAsync([.. _entries.Keys], cancellationToken);
            _isLoaded = true;
        }
        catch (SlackException error)
        {
            _failure ??= (error, time.GetUtcNow() + AskAgain);
            throw;
        }
        finally
        {
            _changing.Release();
        }
    }

    // Another process may have taken a new install, or renewed a token.
    private async Task ReadAgainAsync(CancellationToken cancellationToken)
    {
        if (!process.IsShared || time.GetUtcNow() < _readAgainAt)
        {
            return;
        }

        await _changing.WaitAsync(cancellationToken);
        try
        {
            _readAgainAt = time.GetUtcNow() + ReadAgain;
            foreach (var stored in await store.LoadAsync(cancellationToken))
            {
                if (!_entries.TryGetValue(stored.Team, out var entry) || entry.RefreshToken != stored.RefreshToken)
                {
                    await AddAsync(stored, stored.Url, installer: null, cancellationToken);
                }
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Takes a new install, or an old one made again.</summary>
    /// <exception cref="SlackException">Slack does not answer, or refuses the new token.</exception>
    public async Task<SlackInstall> KeepAsync(Install install, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            // Who the bot is in messages is told by its token only.
            using var api = Make(install.AccessToken);
            var self = await api.TestAuthAsync(cancellationToken);
            var stored = new StoredInstall(
                install.Team?.Id ?? self.TeamId ?? "",
                install.Team?.Name ?? self.Team ?? install.Team?.Id ?? "",
                install.BotUserId ?? self.UserId ?? "",
                self.BotId,
                install.Scopes,
                install.AccessToken,
                install.RefreshToken,
                ExpiresAt(install)
            );
            await store.SaveAsync(stored, install.Enterprise?.Id, cancellationToken);
            return await AddAsync(stored, self.Url, install.AuthedUser?.Id, cancellationToken);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Takes that the app was removed from a workspace, or its token taken back: what is published goes at once.</summary>
    public async Task EndAsync(string team, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            await store.EndAsync(team, cancellationToken);
            // The old way of calling stays usable: calls under way end by Slack's refusal.
            _entries.TryRemove(team, out _);
            await teams.RemoveAsync([team], cancellationToken);
        }
        finally
        {
            _changing.Release();
        }

        LogEnded(team);
    }

    /// <summary>
    /// Takes that an install is said to have ended. It is asked whether that is so: such a word may come late, when the app
    /// has been installed anew.
    /// </summary>
    /// <exception cref="SlackException">Slack does not answer.</exception>
    public async Task VerifyAsync(string team, CancellationToken cancellationToken)
    {
        if (await FindAsync(team, cancellationToken) is not { } install)
        {
            return;
        }

        try
        {
            await install.Api.TestAuthAsync(cancellationToken);
        }
        catch (SlackException error) when (error.IsInstallDead)
        {
            await EndAsync(team, cancellationToken);
        }
    }

    public void Dispose()
    {
        _changing.Dispose();
        _anonymous?.Dispose();
        foreach (var api in _apis.Values)
        {
            api.Dispose();
        }
    }

    private void ThrowIfJustRefused()
    {
        if (_failure is { } failure && failure.Until > time.GetUtcNow())
        {
            throw new SlackException(failure.Error.Status, failure.Error.Code, failure.Error.Message);
        }

        _failure = null;
    }

    private async Task AddAsync(string token, CancellationToken cancellationToken)
    {
        using var asking = Make(token);
        var self = await asking.TestAuthAsync(cancellationToken);
        var stored = new StoredInstall(
            self.TeamId ?? "",
            self.Team ?? self.TeamId ?? "",
            self.UserId ?? "",
            self.BotId,
            self.Scopes,
            token,
            null,
            null
        );
        await AddAsync(stored, self.Url, installer: null, cancellationToken);
    }

    private async Task<SlackInstall> AddAsync(
        StoredInstall stored,
        string? url,
        string? installer,
        CancellationToken cancellationToken
    )
    {
        var known = _entries.GetValueOrDefault(stored.Team);
        // One for each workspace for as long as the process runs: an app installed anew has used up the same limits.
        var api = _apis.GetOrAdd(stored.Team, _ => Make(stored.Token));
        api.Renew(stored.Token);
        var install = new SlackInstall(
            stored.Team,
            stored.Name,
            stored.BotUser,
            stored.BotId,
            stored.Scopes,
            SlackAddress.Of(url, options.Value.Api) ?? known?.Install.Url,
            api
        )
        {
            // A token that is renewed by itself says nothing of that.
            Key = stored.RefreshToken is null ? Fingerprint(stored.Token) : "",
        };
        _entries[stored.Team] = new Entry(install) { RefreshToken = stored.RefreshToken, ExpiresAt = stored.ExpiresAt };
        await teams.ArriveAsync(install, installer, cancellationToken);
        return install;
    }

    private DateTimeOffset? ExpiresAt(Install install) =>
        install.ExpiresIn > 0 ? time.GetUtcNow() + TimeSpan.FromSeconds(install.ExpiresIn) : null;

    private static string Fingerprint(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..16];

    private SlackWebApi Make(string? token) =>
        new(
            new SlackWebApiOptions(token, SlackRegistration.UserAgent(web.Value))
            {
                BaseUrl = options.Value.Api,
                Meter = meter,
            },
            clients.CreateClient(SlackRegistration.HttpClientName),
            time
        );

    private sealed class Entry(SlackInstall install)
    {
        public SlackInstall Install { get; } = install;
        public string? RefreshToken { get; set; }
        public DateTimeOffset? ExpiresAt { get; set; }
        public DateTimeOffset TriedAt { get; set; }
        public bool IsRenewed { get; set; }
    }

    [LoggerMessage(LogLevel.Warning, "Slack took the token of workspace {Team} back, or the app was removed from it")]
    private partial void LogEnded(string team);
}
