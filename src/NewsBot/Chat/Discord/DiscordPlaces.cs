using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Channels;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Guilds and channels of Discord as workspaces and channels of ours.</summary>
internal static class DiscordPlaces
{
    private const string FindWorkspace = """
        SELECT id, community_id AS CommunityId, removed_at AS RemovedAt FROM workspace
        WHERE platform = 'discord' AND external_id = @Guild
        """;

    private const string FindChannel = """
        SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE w.platform = 'discord' AND c.external_id = @Channel
        """;

    // While nobody is in the newsroom's first community, the first guild is: this server's front page is its page.
    private const string IsFirstCommunityFree = """
        SELECT COUNT(*) FROM workspace WHERE community_id = 1 AND (platform <> 'web' OR @HasWebChat = 1)
        """;

    private const string AddCommunity = "INSERT INTO community (name, created_at) VALUES (@Name, @Now) RETURNING id";

    private const string NameCommunity = "UPDATE community SET name = @Name WHERE id = 1";

    private const string AddWorkspace = """
        INSERT INTO workspace (community_id, platform, external_id, name) VALUES (@Community, 'discord', @Guild, @Name)
        RETURNING id
        """;

    private const string KeepWorkspace = "UPDATE workspace SET name = @Name, removed_at = NULL WHERE id = @Id";

    private const string KeepChannel = """
        INSERT INTO channel (community_id, workspace_id, external_id, name, kind, created_at)
        VALUES (@Community, @Workspace, @Channel, @Name, @Kind, @Now)
        ON CONFLICT (workspace_id, external_id) DO UPDATE SET name = excluded.name, kind = excluded.kind
        RETURNING id
        """;

    /// <returns>The workspace of a guild; null for a guild we were never in.</returns>
    public static async Task<DiscordWorkspace?> FindAsync(SqliteConnection connection, Snowflake guild)
    {
        var row = await connection.QueryFirstOrDefaultAsync<WorkspaceRow>(
            FindWorkspace,
            new { Guild = guild.ToString() }
        );
        return row is null ? null : new DiscordWorkspace(row.Id, row.CommunityId, Instants.At(row.RemovedAt));
    }

    /// <summary>Makes a workspace of a guild the bot is in; one that was removed is back.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="guild">Which guild.</param>
    /// <param name="name">Its name.</param>
    /// <param name="hasWebChat">Whether the built-in chat is on, whose community no guild joins by itself.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task<DiscordWorkspace> KeepAsync(
        SqliteConnection connection,
        Snowflake guild,
        string name,
        bool hasWebChat,
        DateTimeOffset now
    )
    {
        if (await FindAsync(connection, guild) is { } known)
        {
            await connection.ExecuteAsync(KeepWorkspace, new { known.Id, Name = name });
            return known with { RemovedAt = null };
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
                Guild = guild.ToString(),
                Name = name,
            }
        );
        return new DiscordWorkspace(id, community, null);
    }

    /// <returns>The channel we know under Discord's id; null for one no admin has used yet.</returns>
    public static async Task<ChannelId?> FindChannelAsync(SqliteConnection connection, Snowflake channel) =>
        await connection.ExecuteScalarAsync<long?>(FindChannel, new { Channel = channel.ToString() }) is { } id
            ? new ChannelId(id)
            : null;

    /// <summary>Makes a channel of ours of one that an admin uses; name and kind follow Discord's.</summary>
    public static async Task<ChannelId> KeepChannelAsync(
        SqliteConnection connection,
        DiscordWorkspace workspace,
        Channel channel,
        DateTimeOffset now
    ) =>
        new(
            await connection.ExecuteScalarAsync<long>(
                KeepChannel,
                new
                {
                    Community = workspace.Community,
                    Workspace = workspace.Id,
                    Channel = channel.Id.ToString(),
                    Name = channel.Name ?? channel.Id.ToString(),
                    Kind = channel.Type switch
                    {
                        ChannelType.Announcement => "announcement",
                        ChannelType.Forum => "forum",
                        ChannelType.Media => "media",
                        _ => "text",
                    },
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

/// <summary>A guild as we keep it.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Community">The community it belongs to.</param>
/// <param name="RemovedAt">Since when the bot is out of it; null while it is in.</param>
internal sealed record DiscordWorkspace(long Id, long Community, DateTimeOffset? RemovedAt);
