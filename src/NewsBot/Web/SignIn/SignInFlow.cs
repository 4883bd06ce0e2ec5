using System.Data.Common;
using Dapper;
using NewsBot.Chat;
using NewsBot.Core.Communities;
using NewsBot.Storage;

namespace NewsBot.Web.SignIn;

/// <summary>
/// Turns an account that a platform vouches for into a session: in every workspace that says the account belongs to it, the
/// account is a member, the same one as when it writes in the chat.
/// </summary>
internal sealed class SignInFlow(Standings standings, WebSessionStore sessions, Database database, TimeProvider time)
{
    // Each is asked while somebody waits; those where the account is known already come first.
    private const int MaxWorkspaces = 25;

    private const string Workspaces = """
        SELECT w.id, w.community_id AS Community, w.external_id AS WorkspaceKey FROM workspace w
        WHERE w.platform = @Platform AND w.removed_at IS NULL AND (@Workspace IS NULL OR w.external_id = @Workspace)
        ORDER BY EXISTS (
            SELECT 1 FROM identity i WHERE i.workspace_id = w.id AND i.external_id = @Account) DESC, w.id
        LIMIT @Most
        """;

    private const string FindIdentity = """
        SELECT id FROM identity WHERE workspace_id = @Workspace AND external_id = @Account AND banned_at IS NULL
        """;

    /// <param name="account">Who, as the platform said a moment ago.</param>
    /// <param name="browser">The browser in words.</param>
    /// <param name="replaces">Secret of the session it had; null for none.</param>
    /// <param name="cancellationToken">Cancels before the session begins.</param>
    public async Task<SignInOutcome> RunAsync(
        VouchedAccount account,
        string browser,
        string? replaces,
        CancellationToken cancellationToken
    )
    {
        var workspaces = await database.ReadAsync(
            connection =>
                connection.QueryAsync<WorkspaceRow>(
                    Workspaces,
                    new
                    {
                        account.Platform,
                        account.Workspace,
                        Account = account.Key,
                        Most = MaxWorkspaces,
                    }
                ),
            cancellationToken
        );
        List<long> identities = [];
        var isUnsure = false;
        foreach (var workspace in workspaces)
        {
            var askedAt = time.GetUtcNow();
            var standing = await standings.AskAsync(
                account.Platform,
                workspace.WorkspaceKey,
                account.Key,
                cancellationToken
            );
            isUnsure |= standing is Standing.Unknown;
            var identity = await database.WriteAsync(
                connection => KeepAsync(connection, workspace, account.Key, standing, askedAt),
                cancellationToken
            );
            identities.AddRange(identity is { } id ? [id] : []);
        }

        return identities.Count > 0
                ? new SignInOutcome.Done(
                    await sessions.BeginAsync(account.Platform, identities, browser, replaces, cancellationToken)
                )
            : isUnsure ? new SignInOutcome.Unsure()
            : new SignInOutcome.Stranger();
    }

    private static async Task<long?> KeepAsync(
        DbConnection connection,
        WorkspaceRow workspace,
        string account,
        Standing standing,
        DateTimeOffset askedAt
    )
    {
        if (standing is Standing.Present present)
        {
            await ChatMembers.KeepAsync(
                connection,
                new ChatWorkspace(workspace.Id, workspace.Community, null),
                account,
                new ChatProfile(ChatMembers.Name(present.Name), present.Name is not null, present.JoinedAt),
                askedAt
            );
        }

        await StandingStore.KeepAsync(connection, workspace.Id, account, standing, askedAt);
        return standing is Standing.Present
            ? await connection.ExecuteScalarAsync<long?>(
                FindIdentity,
                new { Workspace = workspace.Id, Account = account }
            )
            : null;
    }

    private sealed class WorkspaceRow
    {
        public required long Id { get; init; }
        public required long Community { get; init; }
        public required string WorkspaceKey { get; init; }
    }
}

/// <summary>An account of which its platform has said, by OAuth, that it is whoever sits at this browser.</summary>
/// <param name="Platform">Which platform, such as "discord".</param>
/// <param name="Key">The platform's id of the account.</param>
/// <param name="Workspace">The platform's id of the only workspace it is of; null where it may be of many.</param>
internal sealed record VouchedAccount(string Platform, string Key, string? Workspace);

/// <summary>How signing in ended.</summary>
internal abstract record SignInOutcome
{
    private SignInOutcome() { }

    /// <param name="Secret">Of the session.</param>
    internal sealed record Done(string Secret) : SignInOutcome;

    /// <summary>The account belongs to no workspace that has the bot.</summary>
    internal sealed record Stranger : SignInOutcome;

    /// <summary>The platform did not say, so nobody knows.</summary>
    internal sealed record Unsure : SignInOutcome;
}
