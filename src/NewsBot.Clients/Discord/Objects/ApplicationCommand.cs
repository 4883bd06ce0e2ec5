using System.Text.Json;

namespace NewsBot.Clients.Discord.Objects;

/// <summary>A command. Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object</summary>
/// <param name="Name">1 to 32 lower-case characters; message commands may have capitals and spaces.</param>
public sealed record ApplicationCommand(string Name)
{
    public string Name { get; init; } = Name ?? "";

    /// <summary>Given by Discord.</summary>
    public Snowflake? Id { get; init; }
    public ApplicationCommandType Type { get; init; } = ApplicationCommandType.ChatInput;

    /// <summary>1 to 100 characters; empty for message commands.</summary>
    public string Description
    {
        get;
        init => field = value ?? "";
    } = "";
    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }
    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }
    public IReadOnlyList<CommandOptionSpec>? Options { get; init; }
    public Permissions? DefaultMemberPermissions { get; init; }

    /// <summary>0 for guilds, 1 for direct messages with the bot.</summary>
    public IReadOnlyList<int>? Contexts { get; init; }
}

public enum ApplicationCommandType
{
    ChatInput = 1,
    User = 2,
    Message = 3,
}

/// <summary>Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure</summary>
public sealed record CommandOptionSpec(CommandOptionType Type, string Name, string Description)
{
    public string Name { get; init; } = Name ?? "";
    public string Description { get; init; } = Description ?? "";
    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }
    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }
    public bool? Required { get; init; }

    /// <summary>At most 25; not together with <see cref="Autocomplete"/>.</summary>
    public IReadOnlyList<CommandChoice>? Choices { get; init; }
    public IReadOnlyList<CommandOptionSpec>? Options { get; init; }
    public IReadOnlyList<ChannelType>? ChannelTypes { get; init; }
    public double? MinValue { get; init; }
    public double? MaxValue { get; init; }
    public int? MinLength { get; init; }
    public int? MaxLength { get; init; }
    public bool? Autocomplete { get; init; }
}

public enum CommandOptionType
{
    SubCommand = 1,
    SubCommandGroup = 2,
    String = 3,
    Integer = 4,
    Boolean = 5,
    User = 6,
    Channel = 7,
    Role = 8,
    Mentionable = 9,
    Number = 10,
    Attachment = 11,
}

/// <param name="Name">Shown; 1 to 100 characters.</param>
/// <param name="Value">Sent; a string of at most 100 characters or a number.</param>
public sealed record CommandChoice(string Name, JsonElement Value)
{
    public string Name { get; init; } = Name ?? "";
    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }

    public static CommandChoice Of(string name, string value) =>
        new(name, JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web));
}
