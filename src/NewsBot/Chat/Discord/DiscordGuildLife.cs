using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Web;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Discord;

/// <summary>What happens to guilds and their channels: new ones, renamed ones, ones the bot is no longer in.</summary>
internal sealed class DiscordGuildLife(
    Database database,
    DiscordGuilds guilds,
    DiscordTracking tracking,
    IOptions<WebChatOptions> chat,
    LiveUpdates live,
    TimeProvider time
)
{
    private const string Known = "SELECT external_id FROM workspace WHERE platform = 'discord' AND removed_at IS NULL";

    private const string Remove = """
        UPDATE workspace SET removed_at = @Now
        WHERE platform = 'discord' AND external_id = @Guild AND removed_at IS NULL RETURNING id
        """;

    private const string Deleted = "It was deleted on Discord.";

    private const string Rename = """
        UPDATE channel SET name = @Name
        WHERE external_id = @Channel AND name <> @Name
          AND workspace_id = (SELECT id FROM workspace WHERE platform = 'discord' AND external_id = @Guild)
        """;

    private const string ChannelsOf = """
        SELECT c.external_id FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE w.platform = 'discord' AND w.external_id = @Guild
        """;

    /// <summary>Takes a guild the bot is in, whether it is new, was away, or was known all along.</summary>
    /// <returns>Whether the bot was out of it.</returns>
    public async Task<bool> ArriveAsync(Guild guild, CancellationToken cancellationToken)
    {
        // During an outage nothing is known of it, and nothing changes.
        if (guild.Unavailable == true || guild.Name is not { } name)
        {
            return false;
        }

        guilds.Keep(guild);
        var now = time.GetUtcNow();
        var wasAway = await database.WriteAsync(
            async connection =>
            {
                var workspace = await ChatPlaces.Discord.KeepAsync(
                    connection,
                    guild.Id.ToString(),
                    name,
                    chat.Value.Enabled,
                    now
                );
                await ChatGone.ReturnWorkspaceAsync(connection, workspace.Id, workspace.RemovedAt, now);
                foreach (var channel in await OursAsync(connection, guild))
                {
                    await ChangeAsync(connection, guild.Id, channel, now);
                }

                return workspace.RemovedAt is not null;
            },
            cancellationToken
        );
        await tracking.RefreshAsync(cancellationToken);
        live.Publish(LiveUpdate.Everything);
        return wasAway;
    }

    /// <summary>Takes a new name.</summary>
    public Task RenameAsync(Guild guild, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
                (Task)
                    connection.ExecuteAsync(
                        "UPDATE workspace SET name = @Name WHERE platform = 'discord' AND external_id = @Guild AND @Name IS NOT NULL",
                        new { Guild = guild.Id.ToString(), guild.Name }
                    ),
            cancellationToken
        );

    /// <summary>Takes that a guild is gone: an outage changes nothing, a removal unpublishes it at once.</summary>
    public async Task LeaveAsync(Guild guild, CancellationToken cancellationToken)
    {
        if (guild.Unavailable == true)
        {
            return;
        }

        guilds.Forget(guild.Id);
        await RemoveAsync([guild.Id.ToString()], cancellationToken);
    }

    /// <summary>Takes the list of all guilds of a shard: what is missing was left while nobody listened.</summary>
    /// <param name="present">Every guild the shard has, also those that are unavailable.</param>
    /// <param name="shard">Which shard.</param>
    /// <param name="shards">How many there are.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public async Task CompareAsync(
        IReadOnlyCollection<Snowflake> present,
        int shard,
        int shards,
        CancellationToken cancellationToken
    )
    {
        var known = await database.ReadAsync(connection => connection.QueryAsync<string>(Known), cancellationToken);
        List<string> missing =
        [
            .. known.Where(guild =>
                Snowflake.TryParse(guild, out var id)
                && (int)((id.Value >> 22) % (ulong)Math.Max(1, shards)) == shard
                && !present.Contains(id)
            ),
        ];
        if (missing.Count > 0)
        {
            await RemoveAsync(missing, cancellationToken);
        }
    }

    /// <summary>Takes a channel as it is now.</summary>
    public async Task ChangeAsync(Channel channel, CancellationToken cancellationToken)
    {
        if (channel.GuildId is not { } guild)
        {
            return;
        }

        guilds.Keep(guild, channel);
        if (tracking.IsChannel(channel.Id.Value))
        {
            await database.WriteAsync(
                connection => ChangeAsync(connection, guild, channel, time.GetUtcNow()),
                cancellationToken
            );
        }
    }

    /// <summary>Takes a channel that was deleted: what was written there is not shown.</summary>
    public async Task DeleteAsync(Channel channel, CancellationToken cancellationToken)
    {
        if (channel.GuildId is { } guild)
        {
            guilds.ForgetChannel(guild, channel.Id);
        }

        var now = time.GetUtcNow();
        await database.WriteAsync(
            async connection =>
            {
                if (await ChatPlaces.Discord.FindChannelAsync(connection, channel.Id.ToString()) is { } gone)
                {
                    await ChatGone.HideChannelAsync(connection, gone, Deleted, now);
                    tracking.Remove(channel.Id);
                }
            },
            cancellationToken
        );
        live.Publish(LiveUpdate.Everything);
    }

    /// <summary>Takes a role as it is now; where it is that of everyone, channels may have become private.</summary>
    public async Task ChangeRoleAsync(Snowflake guild, Role role, CancellationToken cancellationToken)
    {
        guilds.Keep(guild, role);
        if (role.Id == guild)
        {
            var now = time.GetUtcNow();
            await database.WriteAsync(
                async connection =>
                {
                    foreach (var (channel, isOpen) in guilds.Channels(guild))
                    {
                        await ShowPrivacyAsync(connection, channel, isOpen, now);
                    }
                },
                cancellationToken
            );
        }
    }

    private async Task RemoveAsync(IReadOnlyList<string> gone, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async connection =>
            {
                foreach (var guild in gone)
                {
                    var key = new { Guild = guild, Now = now.Ms() };
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

    private static async Task<IReadOnlyList<Channel>> OursAsync(DbConnection connection, Guild guild)
    {
        var ours = await connection.QueryAsync<string>(ChannelsOf, new { Guild = guild.Id.ToString() });
        var ids = ours.ToHashSet(StringComparer.Ordinal);
        return [.. (guild.Channels ?? []).Where(channel => ids.Contains(channel.Id.ToString()))];
    }

    private async Task ChangeAsync(DbConnection connection, Snowflake guild, Channel channel, DateTimeOffset now)
    {
        if (channel.Name is { Length: > 0 } name)
        {
            await connection.ExecuteAsync(
                Rename,
                new
                {
                    Guild = guild.ToString(),
                    Channel = channel.Id.ToString(),
                    Name = name,
                }
            );
        }

        if (await ChatPlaces.Discord.FindChannelAsync(connection, channel.Id.ToString()) is { } back)
        {
            await ChatGone.ReturnChannelAsync(connection, back, Deleted, now);
        }

        if (guilds.IsOpenToAll(guild, channel.Id) is { } isOpen)
        {
            await ShowPrivacyAsync(connection, channel.Id, isOpen, now);
        }
    }

    private static async Task ShowPrivacyAsync(
        DbConnection connection,
        Snowflake channel,
        bool isOpen,
        DateTimeOffset now
    )
    {
        if (await ChatPlaces.Discord.FindChannelAsync(connection, channel.ToString()) is { } ours)
        {
            await DiscordPlaces.ShowPrivacyAsync(connection, ours, isOpen, now);
        }
    }
}
