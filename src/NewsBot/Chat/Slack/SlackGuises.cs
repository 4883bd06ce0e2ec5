using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Remembers what was found out of names in each workspace, for as long as the app is not installed anew. The admins are
/// told by the check of the workspace.
/// </summary>
internal sealed class SlackGuises(Database database, CheckRounds<SlackCheck> checks, TimeProvider time)
{
    /// <summary>The right to post under other names.</summary>
    public const string Scope = "chat:write.customize";

    /// <summary>Slack's word where the right is missing.</summary>
    public const string MissingScope = "missing_scope";

    private const string Find = """
        SELECT state FROM slack_guise WHERE team_id = @Team AND install_key = @Key
        """;

    private const string Keep = """
        INSERT INTO slack_guise (team_id, state, reason, install_key, found_at) VALUES (@Team, @State, @Reason, @Key, @Now)
        ON CONFLICT (team_id) DO UPDATE SET
            state = excluded.state, reason = excluded.reason, install_key = excluded.install_key,
            found_at = excluded.found_at
        """;

    private const string Refusal = """
        SELECT reason FROM slack_guise WHERE team_id = @Team AND state = 'refused' AND reason <> 'missing_scope'
        """;

    private const string Granted = "DELETE FROM slack_guise WHERE team_id = @Team AND reason = 'missing_scope'";

    private readonly ConcurrentDictionary<string, bool> _trying = new(StringComparer.Ordinal);

    public async Task<SlackGuise> FindAsync(SlackInstall install, CancellationToken cancellationToken)
    {
        var key = new { install.Team, install.Key };
        var state = await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<string?>(Find, key),
            cancellationToken
        );
        return Enum.TryParse<SlackGuise>(state, ignoreCase: true, out var guise) ? guise : SlackGuise.Unknown;
    }

    /// <summary>Notes what was found out.</summary>
    /// <param name="install">The workspace.</param>
    /// <param name="guise">How it is.</param>
    /// <param name="reason">Slack's word for why not; null where it does.</param>
    /// <param name="cancellationToken">Cancels the wait for the database.</param>
    public async Task KeepAsync(
        SlackInstall install,
        SlackGuise guise,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        var row = new
        {
            install.Team,
            State = guise.ToString().ToLowerInvariant(),
            Reason = reason,
            install.Key,
            Now = time.GetUtcNow().Ms(),
        };
        await database.WriteAsync(connection => (Task)connection.ExecuteAsync(Keep, row), cancellationToken);
        if (guise is SlackGuise.Refused)
        {
            checks.Wake(install.Team);
        }
    }

    /// <returns>Slack's word for why names stand in the text; null where they need not, or only a right is missing.</returns>
    public static Task<string?> RefusalAsync(DbConnection connection, string team) =>
        connection.ExecuteScalarAsync<string?>(Refusal, new { Team = team });

    /// <summary>Takes that the right is there, so that it is tried anew.</summary>
    public static Task GrantAsync(DbConnection connection, string team) =>
        connection.ExecuteAsync(Granted, new { Team = team });

    /// <summary>Begins to find it out.</summary>
    /// <returns>False where another channel of the workspace is at it.</returns>
    public bool TryBegin(string team) => _trying.TryAdd(team, true);

    public void End(string team) => _trying.TryRemove(team, out _);
}
