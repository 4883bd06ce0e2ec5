using System.Text.Json;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Gateway;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Hands each event of the gateway to whom it concerns. Returning means that it is stored.</summary>
internal sealed partial class DiscordDispatch(
    DiscordWants wants,
    DiscordTracking tracking,
    DiscordReplies replies,
    ChatReactions reactions,
    DiscordGuildLife guildLife,
    DiscordGuilds guilds,
    DiscordThreadLife threads,
    DiscordCatchUp catchUp,
    [FromKeyedServices(ChatRereads.Discord)] ChatRereads rereads,
    DiscordCommands commands,
    CheckRounds<DiscordCheck> checks,
    DiscordState state,
    Database database,
    TimeProvider time,
    ILogger<DiscordDispatch> logger
) : IGatewayHandler
{
    public bool Wants(string type, ReadOnlySpan<byte> data) => wants.Wants(type, data);

    public void OnState(GatewayState next)
    {
        state.Keep(next);
        if (next is GatewayState.Skipped skipped)
        {
            // Given up while the database was locked, say: it is read anew at the next chance.
            catchUp.IsBehind = true;
            LogSkipped(skipped.Type, skipped.Sequence);
        }
    }

    public async Task HandleAsync(GatewayEvent dispatch, CancellationToken cancellationToken)
    {
        state.SawEvent();
        // Where nothing can be stored, the gateway keeps the event until it can.
        StorageHealth.FailAtOnce();
        try
        {
            await HandleAsync(dispatch.Type, dispatch.Data, cancellationToken);
        }
        catch (JsonException)
        {
            // Trying it again would not make it any better.
            LogUnreadable(dispatch.Type);
        }
    }

    private Task HandleAsync(string type, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        switch (type)
        {
            case "READY":
                return ReadyAsync(Read<ReadyFields>(data), cancellationToken);
            case "MESSAGE_CREATE":
                return TakeAsync(Read<Message>(data), cancellationToken);
            case "MESSAGE_UPDATE":
                // Without this instant only a preview was added, or the message was pinned.
                var edited = Read<Message>(data);
                return edited.EditedTimestamp is null ? Task.CompletedTask : TakeAsync(edited, cancellationToken);
            case "MESSAGE_DELETE":
                var one = Read<MessageGone>(data);
                return replies.DeleteAsync(one.ChannelId, [one.Id], cancellationToken);
            case "MESSAGE_DELETE_BULK":
                var many = Read<MessagesGone>(data);
                return replies.DeleteAsync(many.ChannelId, [.. (many.Ids ?? []).Take(MaxBulk)], cancellationToken);
            case "MESSAGE_REACTION_ADD"
            or "MESSAGE_REACTION_REMOVE"
            or "MESSAGE_REACTION_REMOVE_ALL"
            or "MESSAGE_REACTION_REMOVE_EMOJI":
                return ReactAsync(type, Read<ReactionFields>(data), cancellationToken);
            case "INTERACTION_CREATE":
                // It only takes it in: a slow command must not hold up replies.
                return commands.HandleAsync(Read<Interaction>(data), cancellationToken);
            case "THREAD_CREATE" or "THREAD_UPDATE":
                return threads.KeepAsync(Read<Channel>(data), cancellationToken);
            case "THREAD_DELETE":
                return threads.DeleteAsync(Read<Channel>(data).Id, cancellationToken);
            case "THREAD_LIST_SYNC":
                return threads.KeepAsync(Read<ThreadSync>(data).Threads ?? [], cancellationToken);
            default:
                return HandleGuildAsync(type, data, cancellationToken);
        }
    }

    private Task HandleGuildAsync(string type, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        WakeCheck(type, data);
        switch (type)
        {
            case "GUILD_CREATE":
                return ArriveAsync(Read<Guild>(data), cancellationToken);
            case "GUILD_UPDATE":
                return guildLife.RenameAsync(Read<Guild>(data), cancellationToken);
            case "GUILD_DELETE":
                return guildLife.LeaveAsync(Read<Guild>(data), cancellationToken);
            case "CHANNEL_CREATE" or "CHANNEL_UPDATE":
                return guildLife.ChangeAsync(Read<Channel>(data), cancellationToken);
            case "CHANNEL_DELETE":
                return guildLife.DeleteAsync(Read<Channel>(data), cancellationToken);
            case "GUILD_ROLE_CREATE" or "GUILD_ROLE_UPDATE":
                var role = Read<RoleChange>(data);
                return role.Role is null
                    ? Task.CompletedTask
                    : guildLife.ChangeRoleAsync(role.GuildId, role.Role, cancellationToken);
            case "GUILD_ROLE_DELETE":
                var gone = Read<RoleChange>(data);
                guilds.ForgetRole(gone.GuildId, gone.RoleId ?? default);
                return Task.CompletedTask;
            case "GUILD_BAN_ADD" or "GUILD_BAN_REMOVE":
                return BanAsync(Read<BanChange>(data), type == "GUILD_BAN_ADD", cancellationToken);
            default:
                return Task.CompletedTask;
        }
    }

    // Somebody may just have turned the switch that was missing.
    private void WakeCheck(string type, ReadOnlyMemory<byte> data)
    {
        var guild = type switch
        {
            "CHANNEL_UPDATE"
            or "CHANNEL_DELETE" when Read<Channel>(data) is var channel && tracking.IsChannel(channel.Id.Value) =>
                channel.GuildId,
            "GUILD_ROLE_UPDATE" or "GUILD_ROLE_DELETE" => Read<RoleChange>(data).GuildId,
            _ => null,
        };
        if (guild is { } changed)
        {
            checks.Wake(changed.ToString());
        }
    }

    // What answers a card that Discord has and we do not know of yet is read again once we do; nobody else waits for it.
    private async Task TakeAsync(Message message, CancellationToken cancellationToken)
    {
        try
        {
            await replies.TakeAsync(message, isReadAnew: false, cancellationToken);
        }
        catch (ReplyTooEarlyException)
        {
            var parent = tracking.ParentOf(message.ChannelId);
            await catchUp.FlagAsync(
                parent ?? message.ChannelId,
                parent is null ? null : message.ChannelId,
                cancellationToken
            );
        }
    }

    private async Task ReactAsync(string type, ReactionFields fields, CancellationToken cancellationToken)
    {
        var isBot =
            fields.Member?.User?.Bot == true || (fields.UserId?.Value is { } user && user == tracking.Self.Value);
        await reactions.TakeAsync(DiscordReactions.Change(type, fields) with { IsBot = isBot }, cancellationToken);
        rereads.NoteChange(fields.ChannelId.ToString());
    }

    /// <summary>A new session: what happened before it was not told, and guilds that are missing were left.</summary>
    private async Task ReadyAsync(ReadyFields ready, CancellationToken cancellationToken)
    {
        await guildLife.CompareAsync(
            [.. (ready.Guilds ?? []).Select(guild => guild.Id)],
            ready.Shard is [var shard, _] ? shard : 0,
            ready.Shard is [_, var shards] ? shards : 1,
            cancellationToken
        );
        await catchUp.FlagAsync(cancellationToken);
    }

    private async Task ArriveAsync(Guild guild, CancellationToken cancellationToken)
    {
        if (await guildLife.ArriveAsync(guild, cancellationToken))
        {
            // Nothing that happened meanwhile was told.
            await catchUp.FlagAsync(cancellationToken);
        }

        await threads.KeepAsync(guild.Threads ?? [], cancellationToken);
    }

    private Task BanAsync(BanChange ban, bool isBanned, CancellationToken cancellationToken) =>
        ban.User is not { } user
            ? Task.CompletedTask
            : database.WriteAsync(
                connection =>
                    ChatRefusals.KeepBanAsync(
                        connection,
                        "discord",
                        ban.GuildId.ToString(),
                        user.Id.ToString(),
                        isBanned,
                        time.GetUtcNow()
                    ),
                cancellationToken
            );

    private static T Read<T>(ReadOnlyMemory<byte> data) =>
        JsonSerializer.Deserialize<T>(data.Span, DiscordJson.Options) ?? throw new JsonException("The event is null.");

    // Discord deletes at most a hundred at once; a ban may take more, in several events.
    private const int MaxBulk = 1_000;

    [LoggerMessage(LogLevel.Warning, "A {Type} of Discord cannot be read; it is left")]
    private partial void LogUnreadable(string type);

    [LoggerMessage(LogLevel.Error, "{Type} {Sequence} of Discord was given up; what it said is read anew")]
    private partial void LogSkipped(string type, long sequence);

    /// <summary>Source: https://discord.com/developers/docs/events/gateway-events#ready</summary>
    private sealed record ReadyFields(IReadOnlyList<Guild>? Guilds = null, IReadOnlyList<int>? Shard = null);

    /// <summary>Source: https://discord.com/developers/docs/events/gateway-events#message-delete</summary>
    private sealed record MessageGone(Snowflake Id, Snowflake ChannelId);

    /// <summary>Source: https://discord.com/developers/docs/events/gateway-events#message-delete-bulk</summary>
    private sealed record MessagesGone(Snowflake ChannelId, IReadOnlyList<Snowflake>? Ids = null);

    /// <summary>Source: https://discord.com/developers/docs/events/gateway-events#guild-role-create</summary>
    private sealed record RoleChange(Snowflake GuildId, Role? Role = null, Snowflake? RoleId = null);

    /// <summary>Source: https://discord.com/developers/docs/events/gateway-events#guild-ban-add</summary>
    private sealed record BanChange(Snowflake GuildId, User? User = null);

    /// <summary>Source: https://discord.com/developers/docs/events/gateway-events#thread-list-sync</summary>
    private sealed record ThreadSync(Snowflake GuildId, IReadOnlyList<Channel>? Threads = null);
}
