namespace NewsBot.Clients.Discord.Objects;

/// <summary>
/// A button, select, input, text or box, as sent and as received: every kind uses some of these fields.
/// Source: https://discord.com/developers/docs/components/reference
/// </summary>
public sealed record Component(ComponentType Type)
{
    /// <summary>1 to 100 characters, unique in its message.</summary>
    public string? CustomId { get; init; }

    /// <summary>Buttons 1 to 5 (5 is a link); text inputs 1 (line) or 2 (paragraph).</summary>
    public int? Style { get; init; }

    /// <summary>Button at most 80 characters, label of an input at most 45.</summary>
    public string? Label { get; init; }
    public Emoji? Emoji { get; init; }

    /// <summary>Link buttons; at most 512 characters.</summary>
    public string? Url { get; init; }
    public bool? Disabled { get; init; }
    public IReadOnlyList<Component>? Components { get; init; }

    /// <summary>Of a select: at most 25.</summary>
    public IReadOnlyList<SelectOption>? Options { get; init; }

    /// <summary>At most 150 characters for a select, 100 for a text input.</summary>
    public string? Placeholder { get; init; }
    public int? MinValues { get; init; }
    public int? MaxValues { get; init; }

    /// <summary>Of a text display: Markdown; at most 4000 characters over all of a message.</summary>
    public string? Content { get; init; }

    /// <summary>What stands beside a section's text: a button or a thumbnail.</summary>
    public Component? Accessory { get; init; }

    /// <summary>Of a thumbnail.</summary>
    public MediaLink? Media { get; init; }

    /// <summary>Of a gallery: 1 to 10.</summary>
    public IReadOnlyList<GalleryItem>? Items { get; init; }

    /// <summary>Of a separator: whether a line is drawn.</summary>
    public bool? Divider { get; init; }

    /// <summary>Of a separator: 1 small, 2 large.</summary>
    public int? Spacing { get; init; }

    /// <summary>Of a container: 0xRRGGBB.</summary>
    public int? AccentColor { get; init; }

    /// <summary>Of a label in a modal: the input under it.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("component")]
    public Component? Inner { get; init; }

    /// <summary>Of a label (at most 100 characters) or a thumbnail (at most 1024).</summary>
    public string? Description { get; init; }
    public int? MinLength { get; init; }
    public int? MaxLength { get; init; }
    public bool? Required { get; init; }

    /// <summary>Of a text input: what stands in it, or what was typed.</summary>
    public string? Value { get; init; }

    /// <summary>Of a select in a submitted modal: what was chosen.</summary>
    public IReadOnlyList<string>? Values { get; init; }
    public IReadOnlyList<ChannelType>? ChannelTypes { get; init; }
}

/// <summary>Source: https://discord.com/developers/docs/components/reference#component-object-component-types</summary>
public enum ComponentType
{
    ActionRow = 1,
    Button = 2,
    StringSelect = 3,
    TextInput = 4,
    UserSelect = 5,
    RoleSelect = 6,
    ChannelSelect = 8,
    Section = 9,
    TextDisplay = 10,
    Thumbnail = 11,
    MediaGallery = 12,
    File = 13,
    Separator = 14,
    Container = 17,
    Label = 18,
}

/// <param name="Label">At most 100 characters.</param>
/// <param name="Value">At most 100 characters.</param>
/// <param name="Description">At most 100 characters.</param>
/// <param name="Default">Chosen from the start.</param>
public sealed record SelectOption(string Label, string Value, string? Description = null, bool? Default = null)
{
    public string Label { get; init; } = Label ?? "";
    public string Value { get; init; } = Value ?? "";
}

/// <param name="Url">An address, or <c>attachment://name</c> of a file sent along.</param>
public sealed record MediaLink(string Url)
{
    public string Url { get; init; } = Url ?? "";
}

/// <param name="Media">The picture.</param>
/// <param name="Description">Words for who cannot see it; at most 1024 characters.</param>
public sealed record GalleryItem(MediaLink Media, string? Description = null)
{
    public MediaLink Media { get; init; } = Media ?? new MediaLink("");
}
