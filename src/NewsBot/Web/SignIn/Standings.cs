using NewsBot.Chat;
using NewsBot.Core.Communities;
using NewsBot.Storage;

namespace NewsBot.Web.SignIn;

/// <summary>Asks the platforms whether accounts still belong where they signed in, and keeps what they say.</summary>
internal sealed class Standings(IEnumerable<IStandings> platforms, Database database, TimeProvider time)
{
    /// <summary>So old an answer may be for somebody who writes.</summary>
    public static readonly TimeSpan ForWriting = TimeSpan.FromMinutes(5);

    /// <returns>What the platform says; nothing where it is not connected.</returns>
    public Task<Standing> AskAsync(
        string platform,
        string workspace,
        string account,
        CancellationToken cancellationToken
    ) =>
        platforms.FirstOrDefault(one => one.Platform == platform) is { } found
            ? found.AskAsync(workspace, account, cancellationToken)
            : Task.FromResult<Standing>(new Standing.Unknown());

    /// <summary>Asks about one account where the last answer is older than it may be.</summary>
    /// <param name="platform">Which platform it is of.</param>
    /// <param name="account">Which account.</param>
    /// <param name="maxAge">So old the answer may be.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>What is so now; null where the platform did not say in time.</returns>
    public async Task<Standing?> RefreshAsync(
        string platform,
        SignedInAccount account,
        TimeSpan maxAge,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        if (account.AskedAt + maxAge >= now)
        {
            return new Standing.Present(account.Member.Name, account.Member.Role)
            {
                SilencedUntil = account.SilencedUntil,
            };
        }

        var standing = await AskAsync(platform, account.WorkspaceKey, account.Key, cancellationToken);
        await KeepAsync(account.Workspace, account.Key, standing, now, cancellationToken);
        return standing is Standing.Unknown ? null : standing;
    }

    public Task KeepAsync(
        long workspace,
        string account,
        Standing standing,
        DateTimeOffset askedAt,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            connection => StandingStore.KeepAsync(connection, workspace, account, standing, askedAt),
            cancellationToken
        );
}
