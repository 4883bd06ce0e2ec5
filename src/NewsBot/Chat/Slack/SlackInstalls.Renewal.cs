using NewsBot.Clients.Slack.WebApi;

namespace NewsBot.Chat.Slack;

/// <content>Tokens that end.</content>
internal sealed partial class SlackInstalls
{
    // A renewal that fails for an outage has this long to succeed.
    private static readonly TimeSpan RenewBefore = TimeSpan.FromHours(2);
    private const string RenewalLease = "slack-tokens";

    private static readonly TimeSpan RenewAgain = TimeSpan.FromMinutes(1);

    /// <summary>Takes what a refused call tells of an install: a token that ran out is renewed, one taken back is an end.</summary>
    /// <returns>Whether the same call may go now.</returns>
    public async Task<bool> NoticeAsync(string team, SlackException error, CancellationToken cancellationToken)
    {
        switch (error)
        {
            case { Kind: SlackErrorKind.TokenExpired }:
                return await RenewAsync(team, isForced: true, cancellationToken);
            case { Code: "token_revoked" or "account_inactive" or "app_uninstalled" }:
                await EndAsync(team, cancellationToken);
                return false;
            default:
                return false;
        }
    }

    /// <summary>Renews the tokens that end soon.</summary>
    public async Task RenewDueAsync(CancellationToken cancellationToken)
    {
        foreach (var team in _entries.Keys)
        {
            await RenewAsync(team, isForced: false, cancellationToken);
        }
    }

    private async Task<bool> RenewAsync(string team, bool isForced, CancellationToken cancellationToken)
    {
        if (!process.IsShared)
        {
            return await RenewNowAsync(team, isForced, cancellationToken);
        }

        // A refresh token is good once: one process renews at a time, and what another one renewed is taken from it.
        if ((!isForced && !IsDue(team)) || !await process.TakeAsync(RenewalLease, cancellationToken))
        {
            return false;
        }

        try
        {
            return await AdoptAsync(team, cancellationToken)
                ? isForced
                : await RenewNowAsync(team, isForced, cancellationToken);
        }
        finally
        {
            await process.LetGoAsync(RenewalLease, CancellationToken.None);
        }
    }

    private bool IsDue(string team) =>
        _entries.TryGetValue(team, out var entry)
        && entry.RefreshToken is not null
        && entry.ExpiresAt - time.GetUtcNow() <= RenewBefore;

    /// <returns>Whether another process had renewed it.</returns>
    private async Task<bool> AdoptAsync(string team, CancellationToken cancellationToken)
    {
        var before = _entries.GetValueOrDefault(team)?.RefreshToken;
        _readAgainAt = DateTimeOffset.MinValue;
        await ReadAgainAsync(cancellationToken);
        return _entries.GetValueOrDefault(team)?.RefreshToken != before;
    }

    private async Task<bool> RenewNowAsync(string team, bool isForced, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (
                !_entries.TryGetValue(team, out var entry)
                || entry.RefreshToken is not { } refresh
                || App is not { } app
            )
            {
                return false;
            }

            if (!isForced && !(entry.ExpiresAt - now <= RenewBefore))
            {
                return false;
            }

            if (now < entry.TriedAt + RenewAgain)
            {
                // Somebody else has just renewed it, or Slack does not do it now.
                return isForced && entry.IsRenewed;
            }

            (entry.TriedAt, entry.IsRenewed) = (now, false);
            var renewed = await Anonymous.RefreshAsync(app, refresh, cancellationToken);
            var expiresAt = ExpiresAt(renewed);
            // The old ones are good for nothing now, so this is done whatever else ends.
            await store.RenewAsync(team, renewed, expiresAt, CancellationToken.None);
            entry.RefreshToken = renewed.RefreshToken;
            entry.ExpiresAt = expiresAt;
            entry.Install.Api.Renew(renewed.AccessToken);
            entry.IsRenewed = true;
            return true;
        }
        catch (SlackException error)
        {
            LogNotRenewed(team, error.Message);
            if (error.IsInstallDead)
            {
                await teams.TellInstallAsync(team, cancellationToken);
            }

            return false;
        }
        finally
        {
            _changing.Release();
        }
    }

    [LoggerMessage(LogLevel.Error, "The token of workspace {Team} of Slack was not renewed: {Reason}")]
    private partial void LogNotRenewed(string team, string reason);
}
