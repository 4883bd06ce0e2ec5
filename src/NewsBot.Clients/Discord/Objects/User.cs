namespace NewsBot.Clients.Discord.Objects;

/// <summary>An account. Source: https://discord.com/developers/docs/resources/user#user-object</summary>
/// <param name="Id">Its id.</param>
/// <param name="Username">Unique name; for webhooks the name shown.</param>
/// <param name="GlobalName">Name shown where there is no nickname; null for none.</param>
/// <param name="Avatar">Hash of the picture; null for none.</param>
/// <param name="Bot">True for bots and webhooks.</param>
/// <param name="System">True for Discord's own accounts.</param>
public sealed record User(
    Snowflake Id,
    string? Username,
    string? GlobalName = null,
    string? Avatar = null,
    bool Bot = false,
    bool System = false
);
