using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Web;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>Workspaces of Slack as workspaces of ours: those the app came to, and those it is gone from.</summary>
internal sealed class SlackTeams(
    Database database,
    IOptions<WebChatOptions> chat,
    IOptions<WebOptions> web,
    LiveUpdates live,
    TimeProvider time
)
{
    private const string Known = "SELECT external_id FROM workspace WHERE platform = 'slack' AND removed_at IS NULL";

    private const string Remove = """
        UPDATE workspace SET removed_at = @Now
        WHERE platform = 'slack' AND external_id = @Team AND removed_at IS NULL RETURNING id
        """;

    private const string KeepUrl = """
        UPDATE workspace SET url = @Url WHERE platform = 'slack' AND external_id = @Team AND (url IS NULL OR url <> @Url)
        """;

    /// <summary>The trouble of an install whose tokens cannot be renewed.</summary>
    public const string InstallTrouble = "slack:install";

    /// <summary>Takes a workspace the app is installed in, whether it is new, was away, or was known all along.</summary>
    /// <param name="install">Where.</param>
    /// <param name="installer">The account that installed it, which hears what admins hear; null where it is not known.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public async Task ArriveAsync(SlackInstall install, string? installer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async connection =>
            {
                var workspace = await ChatPlaces.Slack.KeepAsync(
                    connection,
                    install.Team,
                    install.Name,
                    chat.Value.Enabled,
                    now
                );
                await KeepUrlAsync(connection, install.Team, install.Url);
                await ChatGone.ReturnWorkspaceAsync(connection, workspace.Id, workspace.RemovedAt, now);
                if (installer is { Length: > 0 })
                {
                    await connection.ExecuteAsync(
                        """
                        UPDATE workspace SET owner_id = @Owner WHERE id = @Id;
                        DELETE FROM trouble WHERE workspace_id = @Id AND cause = @Cause;
                        """,
                        new
                        {
                            workspace.Id,
                            Owner = installer,
                            Cause = InstallTrouble,
                        }
                    );
                    var profile = new ChatProfile(ChatMembers.Name(), IsTold: false);
                    await ChatMembers.KeepAsync(connection, workspace, installer, profile, now);
                    await SlackPeople.AskLaterAsync(connection, workspace.Id, installer, now);
                }
            },
            cancellationToken
        );
        live.Publish(LiveUpdate.Everything);
    }

    /// <summary>Keeps the address of a workspace, with which links to its messages begin.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="team">Slack's id of it.</param>
    /// <param name="url">Its address; null where it was not told, and then the one told before stays.</param>
    public static Task KeepUrlAsync(DbConnection connection, string team, string? url) =>
        url is null ? Task.CompletedTask : connection.ExecuteAsync(KeepUrl, new { Team = team, Url = url });

    /// <summary>Takes the list of all workspaces: one that is missing was left, or the settings have another token now.</summary>
    public async Task CompareAsync(IReadOnlyCollection<string> present, CancellationToken cancellationToken)
    {
        var known = await database.ReadAsync(connection => connection.QueryAsync<string>(Known), cancellationToken);
        List<string> missing = [.. known.Where(team => !present.Contains(team, StringComparer.Ordinal))];
        if (missing.Count > 0)
        {
            await RemoveAsync(missing, cancellationToken);
        }
    }

    /// <summary>Takes that the app is in these workspaces no more: what was written there is not shown, and purged a week later.</summary>
    public async Task RemoveAsync(IReadOnlyCollection<string> gone, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async connection =>
            {
                foreach (var team in gone)
                {
                    var key = new { Team = team, Now = now.Ms() };
                    if (await connection.ExecuteScalarAsync<long?>(Remove, key) is { } removed)
                    {
                        await ChatGone.HideWorkspaceAsync(connection, removed, now);
                    }
                }
            },
            cancellationToken
        );
        live.Publish(LiveUpdate.Everything);
    }

    /// <summary>Tells the admins, once, that the app has to be installed again.</summary>
    public Task TellInstallAsync(string team, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var where = web.Value.PublicUrl is { } address ? $"{address.TrimEnd('/')}/slack/install" : "/slack/install";
        return database.WriteAsync(
            async connection =>
            {
                if (await ChatPlaces.Slack.FindAsync(connection, team) is { } workspace)
                {
                    await Troubles.ReportAsync(
                        connection,
                        new TroubleReport(
                            workspace.Id,
                            null,
                            InstallTrouble,
                            $"Slack no longer takes the app's token for this workspace. Install the app again at {where}; nothing is lost meanwhile."
                        ),
                        now
                    );
                }
            },
            cancellationToken
        );
    }
}
