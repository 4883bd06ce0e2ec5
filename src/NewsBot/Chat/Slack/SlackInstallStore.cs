using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>Keeps the tokens of workspaces that installed the app, encrypted. Nothing else reads or shows them.</summary>
internal sealed class SlackInstallStore(Database database, IDataProtectionProvider keys, TimeProvider time)
{
    private const string LoadAll = """
        SELECT i.team_id AS Team, i.name, i.bot_user_id AS BotUser, i.bot_id AS BotId, i.scopes, i.token,
               i.refresh_token AS RefreshToken, i.expires_at AS ExpiresAt, w.url
        FROM slack_install i LEFT JOIN workspace w ON w.platform = 'slack' AND w.external_id = i.team_id
        WHERE i.ended_at IS NULL AND i.token IS NOT NULL ORDER BY i.team_id
        """;

    private const string Save = """
        INSERT INTO slack_install (team_id, enterprise_id, name, bot_user_id, bot_id, scopes, token, refresh_token,
                                   expires_at, installed_at)
        VALUES (@Team, @Enterprise, @Name, @BotUser, @BotId, @Scopes, @Token, @RefreshToken, @ExpiresAt, @Now)
        ON CONFLICT (team_id) DO UPDATE SET
            enterprise_id = excluded.enterprise_id, name = excluded.name, bot_user_id = excluded.bot_user_id,
            bot_id = excluded.bot_id, scopes = excluded.scopes, token = excluded.token,
            refresh_token = excluded.refresh_token, expires_at = excluded.expires_at,
            installed_at = excluded.installed_at, ended_at = NULL;
        DELETE FROM slack_guise WHERE team_id = @Team;
        """;

    private const string Renew = """
        UPDATE slack_install SET token = @Token, refresh_token = @RefreshToken, expires_at = @ExpiresAt
        WHERE team_id = @Team AND ended_at IS NULL
        """;

    // A token that is of no use is a secret all the same.
    private const string End = """
        UPDATE slack_install SET token = NULL, refresh_token = NULL, ended_at = @Now
        WHERE team_id = @Team AND ended_at IS NULL
        """;

    private readonly IDataProtector _protector = keys.CreateProtector("NewsBot.SlackTokens");

    /// <returns>Every install whose tokens can be read; one whose key is gone has to be made again.</returns>
    public async Task<IReadOnlyList<StoredInstall>> LoadAsync(CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<InstallRow>(LoadAll),
            cancellationToken
        );
        List<StoredInstall> installs = [];
        foreach (var row in rows)
        {
            if (Read(row.Token) is { } token)
            {
                installs.Add(
                    new StoredInstall(
                        row.Team,
                        row.Name,
                        row.BotUser,
                        row.BotId,
                        row.Scopes.Split(',', StringSplitOptions.RemoveEmptyEntries),
                        token,
                        Read(row.RefreshToken),
                        Instants.At(row.ExpiresAt)
                    )
                    {
                        Url = row.Url,
                    }
                );
            }
        }

        return installs;
    }

    public Task SaveAsync(StoredInstall install, string? enterprise, CancellationToken cancellationToken)
    {
        // Encrypting may write a new key, so it has to be done before a transaction begins.
        var parameters = new
        {
            install.Team,
            Enterprise = enterprise,
            install.Name,
            install.BotUser,
            install.BotId,
            Scopes = string.Join(',', install.Scopes),
            Token = _protector.Protect(install.Token),
            RefreshToken = Protect(install.RefreshToken),
            ExpiresAt = install.ExpiresAt?.Ms(),
            Now = time.GetUtcNow().Ms(),
        };
        return database.WriteAsync(connection => (Task)connection.ExecuteAsync(Save, parameters), cancellationToken);
    }

    /// <summary>Keeps renewed tokens; to be done before they are used, for the old refresh token is good for nothing now.</summary>
    public Task RenewAsync(string team, Install renewed, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            Team = team,
            Token = _protector.Protect(renewed.AccessToken),
            RefreshToken = Protect(renewed.RefreshToken),
            ExpiresAt = expiresAt?.Ms(),
        };
        return database.WriteAsync(connection => (Task)connection.ExecuteAsync(Renew, parameters), cancellationToken);
    }

    public Task EndAsync(string team, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => (Task)connection.ExecuteAsync(End, new { Team = team, Now = time.GetUtcNow().Ms() }),
            cancellationToken
        );

    private string? Protect(string? secret) => secret is { Length: > 0 } ? _protector.Protect(secret) : null;

    private string? Read(string? secret)
    {
        try
        {
            return secret is null ? null : _protector.Unprotect(secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed class InstallRow
    {
        public required string Team { get; init; }
        public required string Name { get; init; }
        public required string BotUser { get; init; }
        public required string Scopes { get; init; }
        public string? BotId { get; init; }
        public string? Token { get; init; }
        public string? RefreshToken { get; init; }
        public long? ExpiresAt { get; init; }
        public string? Url { get; init; }
    }
}

/// <summary>An install as it is kept. Holds secrets.</summary>
/// <param name="Team">The workspace.</param>
/// <param name="Name">Its name.</param>
/// <param name="BotUser">The bot's account in it.</param>
/// <param name="BotId">The id its messages carry.</param>
/// <param name="Scopes">What was granted.</param>
/// <param name="Token">The bot's token.</param>
/// <param name="RefreshToken">Good for one renewal; null where the token lives for ever.</param>
/// <param name="ExpiresAt">When the token ends; null for never.</param>
internal sealed record StoredInstall(
    string Team,
    string Name,
    string BotUser,
    string? BotId,
    IReadOnlyList<string> Scopes,
    string Token,
    string? RefreshToken,
    DateTimeOffset? ExpiresAt
)
{
    /// <summary>The workspace's address, as far as it was told before.</summary>
    public string? Url { get; init; }

    /// <summary>Without the tokens.</summary>
    public override string ToString() => Team;
}
