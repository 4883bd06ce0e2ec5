using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>Workspaces and channels of one platform as workspaces and channels of ours. Ids are the platform's own.</summary>
internal sealed class ChatPlaces
{
    private const string FindWorkspace = """
        SELECT id, community_id AS CommunityId, removed_at AS RemovedAt FROM workspace
        WHERE platform = @Platform AND external_id = @Workspace
        """;

    private const string FindChannel = """
        SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE w.platform = @Platform AND c.external_id = @Channel
        """;

    // While nobody is in the newsroom's first community, the first workspace is: this server's front page is its page.
    private const string IsFirstCommunityFree = """
        SELECT COUNT(*) FROM workspace WHERE community_id = 1 AND (platform <> 'web' OR @HasWebChat = 1)
        """;

    private const string AddCommunity = "INSERT INTO community (name, created_at) VALUES (@Name, @Now) RETURNING id";

    private const string NameCommunity = "UPDATE community SET name = @Name WHERE id = 1";

    private const string AddWorkspace = """
        INSERT INTO workspace (community_id, platform, external_id, name)
        VALUES (@Community, @Platform, @Workspace, @Name) RETURNING id
        """;

    private const string KeepWorkspace = "UPDATE workspace SET name = @Name, removed_at = NULL WHERE id = @Id";

    private const string KeepChannel = """
        INSERT INTO channel (community_id, workspace_id, external_id, name, kind, created_at)
        VALUES (@Community, @Workspace, @Channel, @Name, @Kind, @Now)
        ON CONFLICT (workspace_id, external_id) DO UPDATE SET name = excluded.name, kind = excluded.kind
        RETURNING id
        """;

    private readonly string _platform;

    private ChatPlaces(string platform) => _platform = platform;

    public static ChatPlaces Discord { get; } = new("discord");

    public static ChatPlaces Slack { get; } = new("slack");

    /// <returns>Null for a workspace we were never in.</returns>
    public async Task<ChatWorkspace?> FindAsync(DbConnection connection, string workspace)
    {
        var row = await connection.QueryFirstOrDefaultAsync<WorkspaceRow>(
            FindWorkspace,
            new { Platform = _platform, Workspace = workspace }
        );
        return row is null ? null : new ChatWorkspace(row.Id, row.CommunityId, Instants.At(row.RemovedAt));
    }

    /// <summary>Keeps a workspace the bot is in; one that was removed is back.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="workspace">Which: a guild of Discord, a team of Slack.</param>
    /// <param name="name">Its name.</param>
    /// <param name="hasWebChat">Whether the built-in chat is on, whose community no workspace joins by itself.</param>
    /// <param name="now">The instant of the transaction.</param>
    /// <returns>The workspace, with since when the bot was out of it up to now.</returns>
    public async Task<ChatWorkspace> KeepAsync(
        DbConnection connection,
        string workspace,
        string name,
        bool hasWebChat,
        DateTimeOffset now
    )
    {
        if (await FindAsync(connection, workspace) is { } known)
        {
            await connection.ExecuteAsync(KeepWorkspace, new { known.Id, Name = name });
            return known;
        }

        var community = 1L;
        if (await connection.ExecuteScalarAsync<long>(IsFirstCommunityFree, new { HasWebChat = hasWebChat }) == 0)
        {
            await connection.ExecuteAsync(NameCommunity, new { Name = name });
        }
        else
        {
            community = await connection.ExecuteScalarAsync<long>(AddCommunity, new { Name = name, Now = now.Ms() });
        }

        var id = await connection.ExecuteScalarAsync<long>(
            AddWorkspace,
            new
            {
                Community = community,
                Platform = _platform,
                Workspace = workspace,
                Name = name,
            }
        );
        return new ChatWorkspace(id, community, null);
    }

    /// <returns>The channel we know under the platform's id; null for one no admin has used yet.</returns>
    public async Task<ChannelId?> FindChannelAsync(DbConnection connection, string channel) =>
        await connection.ExecuteScalarAsync<long?>(FindChannel, new { Platform = _platform, Channel = channel })
            is { } id
            ? new ChannelId(id)
            : null;

    /// <summary>Makes a channel of ours of one that an admin uses; name and kind follow the platform's.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="workspace">Where it is.</param>
    /// <param name="channel">The platform's id of it.</param>
    /// <param name="name">Its name, without a sign before it.</param>
    /// <param name="kind">"text", "announcement", "forum" or "media".</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task<ChannelId> KeepChannelAsync(
        DbConnection connection,
        ChatWorkspace workspace,
        string channel,
        string name,
        string kind,
        DateTimeOffset now
    ) =>
        new(
            await connection.ExecuteScalarAsync<long>(
                KeepChannel,
                new
                {
                    workspace.Community,
                    Workspace = workspace.Id,
                    Channel = channel,
                    Name = name,
                    Kind = kind,
                    Now = now.Ms(),
                }
            )
        );

    private sealed class WorkspaceRow
    {
        public required long Id { get; init; }
        public required long CommunityId { get; init; }
        public long? RemovedAt { get; init; }
    }
}

/// <summary>A workspace as we keep it.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Community">The community it belongs to.</param>
/// <param name="RemovedAt">Since when the bot is out of it; null while it is in.</param>
internal sealed record ChatWorkspace(long Id, long Community, DateTimeOffset? RemovedAt);
