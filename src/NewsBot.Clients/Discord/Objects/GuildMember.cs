namespace NewsBot.Clients.Discord.Objects;

/// <summary>A user in a guild. Source: https://discord.com/developers/docs/resources/guild#guild-member-object</summary>
/// <param name="User">Absent inside messages.</param>
/// <param name="Nick">Nickname here; null for none.</param>
/// <param name="Avatar">Hash of the picture used here only; null for none.</param>
/// <param name="Roles">Without the role of everyone.</param>
/// <param name="JoinedAt">When they joined; null for guests.</param>
/// <param name="Permissions">Only inside interactions: what they may do in that channel, as a decimal number.</param>
/// <param name="CommunicationDisabledUntil">Timed out until then; null or past for not.</param>
public sealed record GuildMember(
    User? User = null,
    string? Nick = null,
    string? Avatar = null,
    IReadOnlyList<Snowflake>? Roles = null,
    DateTimeOffset? JoinedAt = null,
    Permissions? Permissions = null,
    DateTimeOffset? CommunicationDisabledUntil = null
);
