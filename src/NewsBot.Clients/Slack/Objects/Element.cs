using System.Text.Json.Serialization;

namespace NewsBot.Clients.Slack.Objects;

/// <summary>
/// A button, select, input, text or piece of rich text, as sent and as received: every kind uses some of these fields.
/// Source: https://docs.slack.dev/reference/block-kit/block-elements
/// </summary>
/// <param name="Type">See <see cref="ElementTypes"/>; unknown ones are possible.</param>
public sealed record Element(string Type)
{
    public string Type { get; init; } = Type ?? "";

    /// <summary>At most 255 characters, unique in its block.</summary>
    public string? ActionId { get; init; }

    /// <summary>Of a button plain, at most 75 characters; of a text in a context block and of rich text a bare string.</summary>
    public TextObject? Text { get; init; }

    /// <summary>Of a button: at most 2,000 characters.</summary>
    public string? Value { get; init; }

    /// <summary>Of a button or a link in rich text; at most 3,000 characters.</summary>
    public string? Url { get; init; }

    /// <summary>Of a button a name ("primary", "danger"), of rich text bold and the like, of a list its kind.</summary>
    public ElementStyle? Style { get; init; }
    public ConfirmObject? Confirm { get; init; }

    /// <summary>Of a button: what a screen reader says; at most 75 characters.</summary>
    public string? AccessibilityLabel { get; init; }

    /// <summary>Of a select or input; plain, at most 150 characters.</summary>
    public TextObject? Placeholder { get; init; }

    /// <summary>Of a select or checkboxes: at most 100 (checkboxes 10, overflow 5).</summary>
    public IReadOnlyList<OptionObject>? Options { get; init; }
    public IReadOnlyList<OptionGroup>? OptionGroups { get; init; }
    public OptionObject? InitialOption { get; init; }
    public IReadOnlyList<OptionObject>? InitialOptions { get; init; }

    /// <summary>Of an external select: after how many letters it asks; Slack's default is 3.</summary>
    public int? MinQueryLength { get; init; }
    public int? MaxSelectedItems { get; init; }
    public string? InitialConversation { get; init; }
    public bool? DefaultToCurrentConversation { get; init; }

    /// <summary>Of a select in a view: true adds a response_url for the chosen conversation to its submission.</summary>
    public bool? ResponseUrlEnabled { get; init; }
    public ConversationFilter? Filter { get; init; }
    public bool? FocusOnLoad { get; init; }

    /// <summary>Of a text input: what stands in it.</summary>
    public string? InitialValue { get; init; }
    public bool? Multiline { get; init; }
    public int? MinLength { get; init; }

    /// <summary>Of a text input: at most 3,000.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Of a time picker: HH:mm.</summary>
    public string? InitialTime { get; init; }
    public string? ImageUrl { get; init; }
    public string? AltText { get; init; }

    /// <summary>Of rich text.</summary>
    public IReadOnlyList<Element>? Elements { get; init; }
    public int? Indent { get; init; }
    public int? Offset { get; init; }
    public int? Border { get; init; }
    public string? UserId { get; init; }
    public string? ChannelId { get; init; }
    public string? UsergroupId { get; init; }

    /// <summary>Of an emoji in rich text; without colons.</summary>
    public string? Name { get; init; }

    /// <summary>Of an emoji: its code points in hex, joined by "-"; absent for custom ones.</summary>
    public string? Unicode { get; init; }
    public int? SkinTone { get; init; }

    /// <summary>Of a broadcast: here, channel or everyone.</summary>
    public string? Range { get; init; }

    /// <summary>Of a date: seconds since 1970.</summary>
    public long? Timestamp { get; init; }

    /// <summary>Of a date.</summary>
    public string? Fallback { get; init; }
    public string? Format { get; init; }

    /// <summary>Only of a text in a context block: see <see cref="TextObject.Verbatim"/>.</summary>
    public bool? Verbatim { get; init; }

    public static Element Button(string actionId, string text) =>
        new(ElementTypes.Button) { ActionId = actionId, Text = TextObject.Plain(text) };

    /// <summary>A text in a context block, in Slack's own markup; nothing in it becomes live by itself.</summary>
    public static Element Mrkdwn(string text) => new("mrkdwn") { Text = TextObject.Bare(text), Verbatim = true };

    public static Element Image(string url, string altText) =>
        new(ElementTypes.Image) { ImageUrl = url, AltText = altText };

    public static Element RichTextSection(params IReadOnlyList<Element> elements) =>
        new(ElementTypes.RichTextSection) { Elements = elements };

    /// <summary>Text of a rich text; needs no escaping.</summary>
    public static Element RichText(string text, ElementStyle? style = null) =>
        new(ElementTypes.Text) { Text = TextObject.Bare(text), Style = style };

    public static Element RichLink(string url, string text, ElementStyle? style = null) =>
        new(ElementTypes.Link)
        {
            Url = url,
            Text = TextObject.Bare(text),
            Style = style,
        };
}

/// <summary>Source: https://docs.slack.dev/reference/block-kit/block-elements</summary>
public static class ElementTypes
{
    public const string Button = "button";
    public const string Checkboxes = "checkboxes";
    public const string ConversationsSelect = "conversations_select";
    public const string ExternalSelect = "external_select";
    public const string Image = "image";
    public const string MultiStaticSelect = "multi_static_select";
    public const string MultiExternalSelect = "multi_external_select";
    public const string MultiConversationsSelect = "multi_conversations_select";
    public const string Overflow = "overflow";
    public const string PlainTextInput = "plain_text_input";
    public const string StaticSelect = "static_select";
    public const string TimePicker = "timepicker";
    public const string RadioButtons = "radio_buttons";
    public const string RichTextSection = "rich_text_section";
    public const string RichTextList = "rich_text_list";
    public const string RichTextQuote = "rich_text_quote";
    public const string RichTextPreformatted = "rich_text_preformatted";
    public const string Text = "text";
    public const string Link = "link";
    public const string User = "user";
    public const string Usergroup = "usergroup";
    public const string Channel = "channel";
    public const string Emoji = "emoji";
    public const string Broadcast = "broadcast";
    public const string Date = "date";
    public const string Color = "color";
}

/// <summary>How a button looks, a list counts or rich text is set.</summary>
[JsonConverter(typeof(ElementStyleConverter))]
public sealed record ElementStyle
{
    /// <summary>Of a button: primary or danger; of a list: bullet or ordered. Null for rich text.</summary>
    public string? Name { get; init; }
    public bool Bold { get; init; }
    public bool Italic { get; init; }
    public bool Strike { get; init; }
    public bool Code { get; init; }

    public static ElementStyle Of(string name) => new() { Name = name };
}

/// <summary>Source: https://docs.slack.dev/reference/block-kit/composition-objects/option-object</summary>
/// <param name="Text">Plain, at most 75 characters.</param>
/// <param name="Value">At most 150 characters.</param>
/// <param name="Description">Plain, at most 75 characters.</param>
public sealed record OptionObject(TextObject? Text = null, string? Value = null, TextObject? Description = null)
{
    public static OptionObject Of(string text, string value) => new(TextObject.Plain(text), value);
}

/// <param name="Label">Plain, at most 75 characters.</param>
/// <param name="Options">At most 100.</param>
public sealed record OptionGroup(TextObject? Label = null, IReadOnlyList<OptionObject>? Options = null);

/// <summary>Source: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object</summary>
/// <param name="Title">Plain, at most 100 characters.</param>
/// <param name="Text">Plain, at most 300 characters.</param>
/// <param name="Confirm">Plain, at most 30 characters.</param>
/// <param name="Deny">Plain, at most 30 characters.</param>
/// <param name="Style">primary or danger.</param>
public sealed record ConfirmObject(
    TextObject? Title = null,
    TextObject? Text = null,
    TextObject? Confirm = null,
    TextObject? Deny = null,
    string? Style = null
);

/// <param name="Include">Of im, mpim, private and public.</param>
/// <param name="ExcludeExternalSharedChannels">True leaves shared channels out.</param>
/// <param name="ExcludeBotUsers">True leaves bots out.</param>
public sealed record ConversationFilter(
    IReadOnlyList<string>? Include = null,
    bool? ExcludeExternalSharedChannels = null,
    bool? ExcludeBotUsers = null
);
