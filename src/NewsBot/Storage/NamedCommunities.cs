using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Web;

namespace NewsBot.Storage;

/// <summary>
/// Brings communities in line with the settings: joins workspaces that are named together, also one that came later, and
/// parts those that are named together no more. What admins joined by code is left alone.
/// </summary>
internal sealed class NamedCommunities(
    Database database,
    RecentReports reports,
    IOptions<CommunitySettings> settings,
    LiveUpdates live,
    TimeProvider time
)
{
    private const string Find = """
        SELECT id, community_id AS Community, COALESCE(own_community, community_id) AS Own FROM workspace
        WHERE platform = @Platform AND external_id = @Id AND removed_at IS NULL
        """;

    private const string SettingsLinks = $"{CommunityLink.Columns} AND l.made_by = 'settings' ORDER BY l.id";

    private const string WorkspacesOf = """
        SELECT platform, external_id AS Id FROM workspace
        WHERE COALESCE(own_community, community_id) = @Own AND external_id NOT LIKE 'purged:%'
        """;

    private const string Rename = """
        UPDATE community_link SET host_name = (SELECT name FROM community WHERE id = @Host)
        WHERE guest_id = @Guest AND parted_at IS NULL;
        UPDATE community SET name = @Name WHERE id = @Host;
        """;

    /// <summary>Does what is to be done; mostly nothing.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(FindWorkAsync, cancellationToken) is null)
        {
            return;
        }

        await database.WriteAsync(
            async connection =>
            {
                // One after the other: each changes what the next one finds.
                while (await FindWorkAsync(connection) is { } work)
                {
                    await DoAsync(connection, work);
                }
            },
            cancellationToken
        );
        live.Publish(LiveUpdate.Everything);
    }

    private async Task<Work?> FindWorkAsync(DbConnection connection)
    {
        foreach (var link in await connection.QueryAsync<CommunityLink>(SettingsLinks))
        {
            if (!await IsNamedAsync(connection, link))
            {
                return new Work(link, default, "");
            }
        }

        foreach (var (name, setting) in settings.Value)
        {
            List<WorkspaceRow> known = [];
            foreach (var key in setting.Workspaces.Select(WorkspaceKey.Parse))
            {
                known.AddRange(await connection.QueryAsync<WorkspaceRow>(Find, key));
            }

            if (known.Find(row => row.Community != known[0].Community) is { } apart)
            {
                var pair = await CommunityJoin.OrderAsync(connection, known[0].Community, apart.Community);
                return new Work(null, pair, name);
            }
        }

        return null;
    }

    private async Task DoAsync(DbConnection connection, Work work)
    {
        var now = time.GetUtcNow();
        if (work.Parts is { } link)
        {
            await CommunityPart.RunAsync(connection, reports, link, now);
            return;
        }

        await CommunityJoin.RunAsync(connection, reports, work.Joins, "settings", now);
        await connection.ExecuteAsync(
            Rename,
            new
            {
                work.Joins.Host,
                work.Joins.Guest,
                work.Name,
            }
        );
    }

    // The settings still want a link while they name a workspace of each side together.
    private async Task<bool> IsNamedAsync(DbConnection connection, CommunityLink link)
    {
        var guests = (await connection.QueryAsync<WorkspaceKey>(WorkspacesOf, new { Own = link.Guest })).AsList();
        // Nobody is left to part.
        return guests.Count == 0
            || settings.Value.Values.Any(setting =>
            {
                var named = setting.Workspaces.Select(WorkspaceKey.Parse).ToList();
                return named.Exists(key => guests.Contains(key!)) && named.Exists(key => !guests.Contains(key!));
            });
    }

    /// <param name="Parts">Which link is to end; null for none.</param>
    /// <param name="Joins">Which communities are to be one.</param>
    /// <param name="Name">What the one is called.</param>
    private sealed record Work(CommunityLink? Parts, (long Host, long Guest) Joins, string Name);

    private sealed class WorkspaceRow
    {
        public required long Id { get; init; }
        public required long Community { get; init; }
        public required long Own { get; init; }
    }
}
