using System.Globalization;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Chat.Discord;

/// <summary>What somebody may do in a channel. Pure. Source: https://discord.com/developers/docs/topics/permissions#permission-overwrites</summary>
internal static class DiscordPermissions
{
    /// <summary>What the bot needs in every channel it posts to; the invite link asks for exactly these.</summary>
    public const Permissions Needed =
        Permissions.ViewChannel
        | Permissions.SendMessages
        | Permissions.EmbedLinks
        | Permissions.AttachFiles
        | Permissions.ReadMessageHistory
        | Permissions.CreatePublicThreads
        | Permissions.SendMessagesInThreads
        | Permissions.ManageThreads;

    private const Permissions All = (Permissions)ulong.MaxValue;

    private const Permissions LeftInTimeout = Permissions.ViewChannel | Permissions.ReadMessageHistory;

    // Without these a message can be neither written nor dressed up.
    private const Permissions NeedsSending =
        Permissions.MentionEveryone | Permissions.AttachFiles | Permissions.EmbedLinks;

    private const int ForRole = 0;

    /// <summary>What a member may do, after everything that follows from something else.</summary>
    /// <param name="guild">With owner and roles.</param>
    /// <param name="user">Who.</param>
    /// <param name="memberRoles">Their roles, without that of everyone.</param>
    /// <param name="overwrites">Of the channel; of its channel for a thread.</param>
    /// <param name="isTimedOut">Whether a moderator has timed them out.</param>
    /// <param name="thread">What kind of thread it is about, if any.</param>
    public static Permissions Compute(
        Guild guild,
        Snowflake user,
        IReadOnlyList<Snowflake> memberRoles,
        IReadOnlyList<Overwrite> overwrites,
        bool isTimedOut,
        DiscordThread thread = DiscordThread.None
    )
    {
        var granted = Granted(guild, user, memberRoles, overwrites);
        if (granted == All)
        {
            return All;
        }

        if (!granted.HasFlag(Permissions.ViewChannel))
        {
            return Permissions.None;
        }

        if (thread == DiscordThread.PrivateOutside && !granted.HasFlag(Permissions.ManageThreads))
        {
            return Permissions.None;
        }

        if (isTimedOut)
        {
            return granted & LeftInTimeout;
        }

        // In a thread another switch stands for sending.
        var sending = thread == DiscordThread.None ? Permissions.SendMessages : Permissions.SendMessagesInThreads;
        if (thread != DiscordThread.None)
        {
            granted = granted.HasFlag(sending)
                ? granted | Permissions.SendMessages
                : granted & ~Permissions.SendMessages;
        }

        return granted.HasFlag(sending) ? granted : granted & ~NeedsSending;
    }

    /// <summary>What the switches of roles and channel say, whatever follows from them; all for the owner and administrators.</summary>
    public static Permissions Granted(
        Guild guild,
        Snowflake user,
        IReadOnlyList<Snowflake> memberRoles,
        IReadOnlyList<Overwrite> overwrites
    )
    {
        var granted = OfRoles(guild, user, memberRoles);
        if (granted == All)
        {
            return All;
        }

        // The role of everyone has the guild's own id. All roles' denials come before all their allowances.
        HashSet<Snowflake> roles = [.. memberRoles];
        granted = Apply(granted, overwrites.Where(one => one.Type == ForRole && one.Id == guild.Id));
        granted = Apply(
            granted,
            overwrites.Where(one => one.Type == ForRole && one.Id != guild.Id && roles.Contains(one.Id))
        );
        return Apply(granted, overwrites.Where(one => one.Type != ForRole && one.Id == user));
    }

    /// <summary>What the roles alone give, before any channel's own switches.</summary>
    public static Permissions OfRoles(Guild guild, Snowflake user, IReadOnlyList<Snowflake> memberRoles)
    {
        if (guild.OwnerId == user)
        {
            return All;
        }

        HashSet<Snowflake> held = [.. memberRoles, guild.Id];
        var granted = (guild.Roles ?? [])
            .Where(role => held.Contains(role.Id))
            .Aggregate(Permissions.None, (sum, role) => sum | role.Permissions);
        return granted.HasFlag(Permissions.Administrator) ? All : granted;
    }

    /// <summary>
    /// An interaction with the permissions that make somebody a moderator of the newsroom: those their roles give. Whom one
    /// channel lets tidy up, such as the owner of a corner of their own, is no moderator of all the others.
    /// </summary>
    public static Interaction InGuild(Interaction interaction, DiscordGuilds guilds) =>
        interaction is { GuildId: { } guild, Member: { Permissions: { } granted } member }
        && guilds.Of(guild, member.Roles ?? []) is { } byRoles
            ? interaction with
            {
                Member = member with { Permissions = granted & (byRoles | ~Permissions.ManageMessages) },
            }
            : interaction;

    /// <summary>Where an admin of a guild lets the bot in, with the permissions it needs. Source: https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow</summary>
    public static Uri InviteLink(Snowflake application) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"https://discord.com/oauth2/authorize?client_id={application.Value}&scope=bot+applications.commands&permissions={(ulong)Needed}"
            )
        );

    private static Permissions Apply(Permissions granted, IEnumerable<Overwrite> overwrites)
    {
        var (allow, deny) = overwrites.Aggregate(
            (Allow: Permissions.None, Deny: Permissions.None),
            (sum, one) => (sum.Allow | one.Allow, sum.Deny | one.Deny)
        );
        return (granted & ~deny) | allow;
    }
}

/// <summary>What kind of thread a question is about.</summary>
internal enum DiscordThread
{
    /// <summary>A channel, not a thread.</summary>
    None,

    /// <summary>Open to all who see its channel.</summary>
    Public,

    /// <summary>For its members, one of whom is asked about.</summary>
    PrivateInside,

    /// <summary>For its members, and who is asked about is none of them.</summary>
    PrivateOutside,
}
