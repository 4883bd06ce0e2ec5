using System.Text.Json;

namespace NewsBot.Clients.Discord.Objects;

/// <summary>Somebody used a command, button or form. Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object</summary>
/// <param name="Id">Its id.</param>
/// <param name="ApplicationId">Ours.</param>
/// <param name="Type">What was used.</param>
/// <param name="Token">Good for 15 minutes; a secret.</param>
/// <param name="Data">Absent for a ping.</param>
/// <param name="GuildId">Absent in direct messages.</param>
/// <param name="ChannelId">Where.</param>
/// <param name="Channel">The same, partly.</param>
/// <param name="Member">Who, in a guild, with their permissions there.</param>
/// <param name="User">Who, in a direct message.</param>
/// <param name="Message">The message of the button.</param>
/// <param name="AppPermissions">What the bot may do in that channel.</param>
/// <param name="Locale">The asker's language, such as "de".</param>
/// <param name="GuildLocale">The guild's.</param>
public sealed record Interaction(
    Snowflake Id,
    Snowflake ApplicationId,
    InteractionType Type,
    string Token,
    InteractionData? Data = null,
    Snowflake? GuildId = null,
    Snowflake? ChannelId = null,
    Channel? Channel = null,
    GuildMember? Member = null,
    User? User = null,
    Message? Message = null,
    Permissions? AppPermissions = null,
    string? Locale = null,
    string? GuildLocale = null
)
{
    public string Token { get; init; } = Token ?? "";

    /// <summary>Who used it, wherever.</summary>
    public User? Asker => Member?.User ?? User;
}

public enum InteractionType
{
    Ping = 1,
    Command = 2,
    Component = 3,
    Autocomplete = 4,
    ModalSubmit = 5,
}

/// <summary>All kinds in one; each uses some of it.</summary>
public sealed record InteractionData(
    Snowflake? Id = null,
    string? Name = null,
    ApplicationCommandType? Type = null,
    IReadOnlyList<InteractionOption>? Options = null,
    ResolvedData? Resolved = null,
    Snowflake? TargetId = null,
    string? CustomId = null,
    ComponentType? ComponentType = null,
    IReadOnlyList<string>? Values = null,
    IReadOnlyList<Component>? Components = null
);

/// <param name="Name">Of the option or subcommand.</param>
/// <param name="Type">Its type.</param>
/// <param name="Value">A string, number or boolean; absent for subcommands.</param>
/// <param name="Options">Of a subcommand.</param>
/// <param name="Focused">The option being typed, in an autocomplete.</param>
public sealed record InteractionOption(
    string Name,
    CommandOptionType Type,
    JsonElement? Value = null,
    IReadOnlyList<InteractionOption>? Options = null,
    bool? Focused = null
)
{
    public string Name { get; init; } = Name ?? "";
}

/// <summary>What ids in an interaction stand for, by id.</summary>
public sealed record ResolvedData(
    IReadOnlyDictionary<string, User>? Users = null,
    IReadOnlyDictionary<string, GuildMember>? Members = null,
    IReadOnlyDictionary<string, Role>? Roles = null,
    IReadOnlyDictionary<string, Channel>? Channels = null,
    IReadOnlyDictionary<string, Message>? Messages = null,
    IReadOnlyDictionary<string, Attachment>? Attachments = null
);

/// <summary>The answer to an interaction. Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object</summary>
public sealed record InteractionResponse(InteractionResponseType Type, InteractionResponseData? Data = null);

public enum InteractionResponseType
{
    Pong = 1,
    Message = 4,
    DeferredMessage = 5,
    DeferredUpdate = 6,
    UpdateMessage = 7,
    Autocomplete = 8,
    Modal = 9,
}

/// <summary>A message, the choices of an autocomplete, or a modal.</summary>
public sealed record InteractionResponseData
{
    public string? Content { get; init; }
    public IReadOnlyList<Component>? Components { get; init; }
    public AllowedMentions? AllowedMentions { get; init; }
    public MessageFlags? Flags { get; init; }
    public IReadOnlyList<AttachmentDraft>? Attachments { get; init; }

    /// <summary>Of an autocomplete: at most 25.</summary>
    public IReadOnlyList<CommandChoice>? Choices { get; init; }

    /// <summary>Of a modal: at most 100 characters.</summary>
    public string? CustomId { get; init; }

    /// <summary>Of a modal: at most 45 characters.</summary>
    public string? Title { get; init; }
}
