using System.Data.Common;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using Role = NewsBot.Core.Communities.Role;

namespace NewsBot.Chat.Discord;

/// <summary>Who used something in Discord, what they may do on this request, and where they stand.</summary>
/// <param name="Workspace">The guild.</param>
/// <param name="Member">Who, with the role that counts now.</param>
/// <param name="Place">Discord's id of the channel they stand in; the parent's for a thread.</param>
/// <param name="Thread">Discord's id of the thread they stand in; null for none.</param>
/// <param name="Channel">Our channel there; null where no admin has used it yet.</param>
internal sealed record DiscordAsker(
    ChatWorkspace Workspace,
    Member Member,
    Snowflake? Place,
    Snowflake? Thread,
    ChannelId? Channel
)
{
    private const string RoleOf = """
        SELECT m.role FROM identity i JOIN member m ON m.id = i.member_id
        WHERE i.workspace_id = @Id AND i.external_id = @User AND m.erased_at IS NULL
        """;

    /// <summary>Reads who asks, and keeps them as a member.</summary>
    /// <returns>Null outside of guilds, and in a guild we do not know (yet).</returns>
    public static async Task<DiscordAsker?> KeepAsync(
        DbConnection connection,
        Interaction interaction,
        DateTimeOffset now
    )
    {
        if (
            interaction is not { GuildId: { } guild, Asker: { } user }
            || await ChatPlaces.Discord.FindAsync(connection, guild.ToString()) is not { } workspace
        )
        {
            return null;
        }

        var member = await DiscordMembers.KeepAsync(connection, workspace, user, interaction.Member, now);
        var (place, thread) = PlaceOf(interaction);
        return new DiscordAsker(
            workspace,
            member with
            {
                Role = Greater(member.Role, RoleBy(interaction.Member?.Permissions)),
            },
            place,
            thread,
            await ChannelAsync(connection, workspace, place)
        );
    }

    /// <summary>As <see cref="KeepAsync"/>, for reading only: keeps nobody.</summary>
    public static async Task<DiscordAsker?> FindAsync(DbConnection connection, Interaction interaction)
    {
        if (
            interaction is not { GuildId: { } guild, Asker: { } user }
            || await ChatPlaces.Discord.FindAsync(connection, guild.ToString()) is not { } workspace
        )
        {
            return null;
        }

        var named = await connection.ExecuteScalarAsync<string?>(
            RoleOf,
            new { workspace.Id, User = user.Id.ToString() }
        );
        var role = named is null ? Role.Member : Enum.Parse<Role>(named, ignoreCase: true);
        var (place, thread) = PlaceOf(interaction);
        return new DiscordAsker(
            workspace,
            new Member(
                default,
                new CommunityId(workspace.Community),
                DiscordMembers.Name(user, interaction.Member),
                Greater(role, RoleBy(interaction.Member?.Permissions)),
                null
            ),
            place,
            thread,
            await ChannelAsync(connection, workspace, place)
        );
    }

    /// <summary>What Discord's own permissions make of somebody. They may have changed since the menu was shown.</summary>
    public static Role RoleBy(Permissions? permissions) =>
        permissions is not { } all ? Role.Member
        : (all & (Permissions.Administrator | Permissions.ManageGuild)) != Permissions.None ? Role.Admin
        : (all & Permissions.ManageMessages) != Permissions.None ? Role.Moderator
        : Role.Member;

    private static Role Greater(Role left, Role right) => left > right ? left : right;

    private static (Snowflake? Place, Snowflake? Thread) PlaceOf(Interaction interaction) =>
        interaction.Channel is { IsThread: true } thread
            ? (thread.ParentId, thread.Id)
            : (interaction.Channel?.Id ?? interaction.ChannelId, null);

    private static async Task<ChannelId?> ChannelAsync(
        DbConnection connection,
        ChatWorkspace workspace,
        Snowflake? place
    ) =>
        place is { } id
        && await connection.ExecuteScalarAsync<long?>(
            "SELECT id FROM channel WHERE workspace_id = @Id AND external_id = @Place",
            new { workspace.Id, Place = id.ToString() }
        )
            is { } channel
            ? new ChannelId(channel)
            : null;
}
