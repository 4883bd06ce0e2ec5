using System.Collections.Concurrent;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Chat.Discord;

/// <summary>
/// What is known of guilds while the process runs: names of channels and roles, for texts that mention them, and whether
/// everybody may see a channel. Bounded by what Discord allows a guild; members and messages are not kept.
/// </summary>
internal sealed class DiscordGuilds
{
    // Discord's own limits are 500 channels and 250 roles; a guild that says more is cut.
    private const int MaxChannels = 600;
    private const int MaxRoles = 300;

    // Discord puts at most 2,500 guilds on a shard and recommends to have fewer.
    private const int MaxGuilds = 10_000;

    private readonly ConcurrentDictionary<Snowflake, Facts> _guilds = new();

    public int Count => _guilds.Count;

    /// <summary>Whether a guild has told of itself, or was asked, since this process began.</summary>
    public bool Knows(Snowflake guild) => _guilds.ContainsKey(guild);

    /// <returns>The name without "#"; null where it is not known.</returns>
    public string? ChannelName(Snowflake guild, Snowflake channel) =>
        Find(guild)?.Channels.TryGetValue(channel, out var facts) == true ? facts.Name : null;

    /// <returns>The name without "@"; null where it is not known.</returns>
    public string? RoleName(Snowflake guild, Snowflake role) =>
        Find(guild)?.Roles.TryGetValue(role, out var facts) == true ? facts.Name : null;

    /// <summary>What the roles of somebody give them in all of a guild, before any channel's own switches.</summary>
    /// <returns>Null where the guild is not known.</returns>
    public Permissions? Of(Snowflake guild, IEnumerable<Snowflake> roles) =>
        Find(guild) is { Roles.IsEmpty: false } facts
            ? roles
                .Append(guild)
                .Aggregate(
                    Permissions.None,
                    (sum, role) => facts.Roles.TryGetValue(role, out var one) ? sum | one.Permissions : sum
                )
            : null;

    /// <summary>Whether everybody in the guild may see a channel.</summary>
    /// <returns>Null where the channel is not known.</returns>
    public bool? IsOpenToAll(Snowflake guild, Snowflake channel) =>
        Find(guild) is { } facts && facts.Channels.TryGetValue(channel, out var found) ? IsOpen(facts, found) : null;

    /// <summary>The channels of a guild, and whether everybody may see each.</summary>
    public IReadOnlyList<(Snowflake Channel, bool IsOpen)> Channels(Snowflake guild) =>
        Find(guild) is { } facts ? [.. facts.Channels.Select(pair => (pair.Key, IsOpen(facts, pair.Value)))] : [];

    /// <summary>Keeps what a GUILD_CREATE says; what was known before is forgotten.</summary>
    public void Keep(Guild guild)
    {
        if (_guilds.Count >= MaxGuilds && !_guilds.ContainsKey(guild.Id))
        {
            return;
        }

        var facts = new Facts();
        foreach (var role in (guild.Roles ?? []).Take(MaxRoles))
        {
            Keep(facts, guild.Id, role);
        }

        foreach (var channel in (guild.Channels ?? []).Take(MaxChannels))
        {
            Keep(facts, guild.Id, channel);
        }

        _guilds[guild.Id] = facts;
    }

    public void Forget(Snowflake guild) => _guilds.TryRemove(guild, out _);

    public void Keep(Snowflake guild, Channel channel)
    {
        if (Find(guild) is { } facts && (facts.Channels.Count < MaxChannels || facts.Channels.ContainsKey(channel.Id)))
        {
            Keep(facts, guild, channel);
        }
    }

    public void ForgetChannel(Snowflake guild, Snowflake channel) => Find(guild)?.Channels.TryRemove(channel, out _);

    public void Keep(Snowflake guild, Role role)
    {
        if (Find(guild) is { } facts && (facts.Roles.Count < MaxRoles || facts.Roles.ContainsKey(role.Id)))
        {
            Keep(facts, guild, role);
        }
    }

    public void ForgetRole(Snowflake guild, Snowflake role) => Find(guild)?.Roles.TryRemove(role, out _);

    private static void Keep(Facts facts, Snowflake guild, Channel channel)
    {
        var everyone = channel.PermissionOverwrites?.FirstOrDefault(overwrite => overwrite.Id == guild);
        facts.Channels[channel.Id] = new ChannelFacts(
            channel.Name ?? "",
            everyone is null ? null
                : everyone.Allow.HasFlag(Permissions.ViewChannel) ? true
                : everyone.Deny.HasFlag(Permissions.ViewChannel) ? false
                : null
        );
    }

    private static void Keep(Facts facts, Snowflake guild, Role role)
    {
        facts.Roles[role.Id] = new RoleFacts(role.Name ?? "", role.Permissions);
        // The role of everyone has the guild's id.
        if (role.Id == guild)
        {
            facts.SeesByDefault =
                (role.Permissions & (Permissions.ViewChannel | Permissions.Administrator)) != Permissions.None;
            facts.SeesAll = role.Permissions.HasFlag(Permissions.Administrator);
        }
    }

    private static bool IsOpen(Facts guild, ChannelFacts channel) =>
        guild.SeesAll || (channel.IsSeen ?? guild.SeesByDefault);

    private Facts? Find(Snowflake guild) => _guilds.GetValueOrDefault(guild);

    private sealed class Facts
    {
        public ConcurrentDictionary<Snowflake, ChannelFacts> Channels { get; } = new();
        public ConcurrentDictionary<Snowflake, RoleFacts> Roles { get; } = new();

        // A guild without a word on its everyone role is one we know nothing of: it is not called open.
        public bool SeesByDefault { get; set; }
        public bool SeesAll { get; set; }
    }

    private readonly record struct RoleFacts(string Name, Permissions Permissions);

    /// <param name="Name">As shown.</param>
    /// <param name="IsSeen">What the channel itself says of everyone; null where it says nothing.</param>
    private readonly record struct ChannelFacts(string Name, bool? IsSeen);
}
