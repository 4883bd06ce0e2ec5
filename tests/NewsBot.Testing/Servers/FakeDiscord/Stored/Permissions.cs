namespace NewsBot.Testing.Servers.FakeDiscord.Stored;

/// <summary>Permission bits and how they add up. Source: https://discord.com/developers/docs/topics/permissions</summary>
internal static class Permissions
{
    public const ulong Administrator = 1UL << 3;
    public const ulong ManageChannels = 1UL << 4;
    public const ulong ManageGuild = 1UL << 5;
    public const ulong AddReactions = 1UL << 6;
    public const ulong ViewChannel = 1UL << 10;
    public const ulong SendMessages = 1UL << 11;
    public const ulong ManageMessages = 1UL << 13;
    public const ulong EmbedLinks = 1UL << 14;
    public const ulong AttachFiles = 1UL << 15;
    public const ulong ReadHistory = 1UL << 16;
    public const ulong MentionEveryone = 1UL << 17;
    public const ulong KickMembers = 1UL << 1;
    public const ulong BanMembers = 1UL << 2;
    public const ulong ManageWebhooks = 1UL << 29;
    public const ulong UseCommands = 1UL << 31;
    public const ulong ManageThreads = 1UL << 34;
    public const ulong CreatePublicThreads = 1UL << 35;
    public const ulong CreatePrivateThreads = 1UL << 36;
    public const ulong SendInThreads = 1UL << 38;
    public const ulong ModerateMembers = 1UL << 40;
    public const ulong PinMessages = 1UL << 51;
    public const ulong BypassSlowMode = 1UL << 52;
    public const ulong All = (1UL << 53) - 1;

    private const ulong TalkOnly = MentionEveryone | AttachFiles | EmbedLinks | (1UL << 12);

    /// <summary>What a user may do in a guild, or in one of its channels.</summary>
    /// <param name="guild">The guild.</param>
    /// <param name="channel">A channel that is no thread; null asks for the guild as a whole.</param>
    /// <param name="user">The user.</param>
    /// <param name="now">Ends time-outs.</param>
    /// <param name="inThread">Whether a thread of the channel is meant, where another bit lets one talk.</param>
    /// <returns>0 for somebody who is not there.</returns>
    public static ulong Of(
        StoredGuild guild,
        StoredChannel? channel,
        ulong user,
        DateTimeOffset now,
        bool inThread = false
    )
    {
        if (!guild.Members.TryGetValue(user, out var member))
        {
            return 0;
        }

        if (guild.OwnerId == user)
        {
            return All;
        }

        var bits = guild
            .Roles.Where(role => role.Id == guild.Id || member.Roles.Contains(role.Id))
            .Aggregate(0UL, (sum, role) => sum | role.Permissions);
        if ((bits & Administrator) != 0)
        {
            return All;
        }

        bits = channel is null
            ? bits
            : InChannel(bits, guild, channel, member, inThread ? SendInThreads : SendMessages);
        return member.TimedOutUntil > now ? bits & (ViewChannel | ReadHistory) : bits;
    }

    private static ulong InChannel(
        ulong bits,
        StoredGuild guild,
        StoredChannel channel,
        StoredMember member,
        ulong talk
    )
    {
        var everyone = channel.Overwrites.Where(one => one.Type == 0 && one.Id == guild.Id);
        var roles = channel.Overwrites.Where(one => one.Type == 0 && member.Roles.Contains(one.Id));
        var own = channel.Overwrites.Where(one => one.Type == 1 && one.Id == member.UserId);
        foreach (var group in (IEnumerable<StoredOverwrite>[])[everyone, roles, own])
        {
            var (allow, deny) = group.Aggregate(
                (0UL, 0UL),
                (sum, one) => (sum.Item1 | one.Allow, sum.Item2 | one.Deny)
            );
            bits = (bits & ~deny) | allow;
        }

        if ((bits & ViewChannel) == 0)
        {
            return 0;
        }

        return (bits & talk) == 0 ? bits & ~TalkOnly : bits;
    }
}
