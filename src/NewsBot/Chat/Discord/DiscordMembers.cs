using System.Data.Common;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Communities;

namespace NewsBot.Chat.Discord;

/// <summary>People of Discord as members of ours.</summary>
internal static class DiscordMembers
{
    /// <summary>The name people see: nickname, else display name, else user name.</summary>
    public static string Name(User user, GuildMember? member) =>
        ChatMembers.Name(member?.Nick, user.GlobalName, user.Username);

    /// <summary>The member an account is in a workspace, made where there is none.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="workspace">Where.</param>
    /// <param name="user">Who.</param>
    /// <param name="member">What the guild says of them; null where it was not told.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static Task<Member> KeepAsync(
        DbConnection connection,
        ChatWorkspace workspace,
        User user,
        GuildMember? member,
        DateTimeOffset now
    ) =>
        ChatMembers.KeepAsync(
            connection,
            workspace,
            user.Id.ToString(),
            new ChatProfile(Name(user, member), member is not null, member?.JoinedAt),
            now
        );
}
