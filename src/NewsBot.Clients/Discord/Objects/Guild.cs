namespace NewsBot.Clients.Discord.Objects;

/// <summary>A server. Source: https://discord.com/developers/docs/resources/guild#guild-object and https://discord.com/developers/docs/events/gateway-events#guild-create</summary>
/// <param name="Id">Its id; also the id of the role of everyone.</param>
/// <param name="Name">Absent where the guild is unavailable.</param>
/// <param name="OwnerId">Who may do everything.</param>
/// <param name="Unavailable">True during an outage: nothing else is known then.</param>
/// <param name="Roles">Absent in partial guilds.</param>
/// <param name="Channels">Only on GUILD_CREATE.</param>
/// <param name="Threads">Only on GUILD_CREATE: the active ones the bot can see.</param>
/// <param name="SystemChannelId">Where Discord greets newcomers.</param>
/// <param name="PreferredLocale">Such as "en-US".</param>
/// <param name="Members">Only on GUILD_CREATE: at least the bot itself.</param>
public sealed record Guild(
    Snowflake Id,
    string? Name = null,
    Snowflake? OwnerId = null,
    bool? Unavailable = null,
    IReadOnlyList<Role>? Roles = null,
    IReadOnlyList<Channel>? Channels = null,
    IReadOnlyList<Channel>? Threads = null,
    Snowflake? SystemChannelId = null,
    string? PreferredLocale = null,
    IReadOnlyList<GuildMember>? Members = null
);

/// <summary>A role. Source: https://discord.com/developers/docs/topics/permissions#role-object</summary>
public sealed record Role(
    Snowflake Id,
    string? Name = null,
    Permissions Permissions = Permissions.None,
    int Position = 0,
    bool Managed = false,
    bool Mentionable = false
);

/// <summary>What a channel allows or denies. Source: https://discord.com/developers/docs/resources/channel#overwrite-object</summary>
/// <param name="Id">Of a role or a member.</param>
/// <param name="Type">0 for a role, 1 for a member.</param>
/// <param name="Allow">Allowed.</param>
/// <param name="Deny">Denied.</param>
public sealed record Overwrite(Snowflake Id, int Type, Permissions Allow, Permissions Deny);
