using System.Text.Json.Serialization;

namespace NewsBot.Clients.Slack.Objects;

/// <summary>
/// A layout block, as sent and as received: every kind uses some of these fields.
/// Source: https://docs.slack.dev/reference/block-kit/blocks
/// </summary>
/// <param name="Type">See <see cref="BlockTypes"/>; unknown ones are possible.</param>
public sealed record Block(string Type)
{
    public string Type { get; init; } = Type ?? "";

    /// <summary>At most 255 characters, unique in its message or view; Slack makes one up where it is absent.</summary>
    public string? BlockId { get; init; }

    /// <summary>Of a section (1 to 3,000 characters) or a header (plain, at most 150); of "markdown" a bare text.</summary>
    public TextObject? Text { get; init; }

    /// <summary>Of a section: at most 10 of 2,000 characters.</summary>
    public IReadOnlyList<TextObject>? Fields { get; init; }

    /// <summary>Of a section: what stands beside the text.</summary>
    public Element? Accessory { get; init; }

    /// <summary>Of a section: true shows long text whole.</summary>
    public bool? Expand { get; init; }

    /// <summary>Of actions (at most 25), context (at most 10; texts too) and rich text.</summary>
    public IReadOnlyList<Element>? Elements { get; init; }

    /// <summary>Of an image; at most 3,000 characters.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>Of an image: words for who cannot see it, at most 2,000 characters. Required there.</summary>
    public string? AltText { get; init; }

    /// <summary>Of an image; plain, at most 2,000 characters.</summary>
    public TextObject? Title { get; init; }

    /// <summary>Of an input; plain, at most 2,000 characters.</summary>
    public TextObject? Label { get; init; }

    /// <summary>Of an input.</summary>
    public Element? Element { get; init; }

    /// <summary>Of an input; plain, at most 2,000 characters.</summary>
    public TextObject? Hint { get; init; }

    /// <summary>Of an input: true lets it be left empty.</summary>
    public bool? Optional { get; init; }

    /// <summary>Of an input: true tells of each change.</summary>
    public bool? DispatchAction { get; init; }

    public static Block Section(TextObject text) => new(BlockTypes.Section) { Text = text };

    public static Block Header(string plainText) => new(BlockTypes.Header) { Text = TextObject.Plain(plainText) };

    public static Block Context(params IReadOnlyList<Element> elements) =>
        new(BlockTypes.Context) { Elements = elements };

    public static Block Actions(params IReadOnlyList<Element> elements) =>
        new(BlockTypes.Actions) { Elements = elements };

    public static Block Divider() => new(BlockTypes.Divider);

    public static Block Image(string url, string altText) =>
        new(BlockTypes.Image) { ImageUrl = url, AltText = altText };

    public static Block RichText(params IReadOnlyList<Element> elements) =>
        new(BlockTypes.RichText) { Elements = elements };

    public static Block Input(string blockId, string label, Element element) =>
        new(BlockTypes.Input)
        {
            BlockId = blockId,
            Label = TextObject.Plain(label),
            Element = element,
        };
}

/// <summary>Source: https://docs.slack.dev/reference/block-kit/blocks</summary>
public static class BlockTypes
{
    public const string Actions = "actions";
    public const string Context = "context";
    public const string Divider = "divider";
    public const string Header = "header";
    public const string Image = "image";
    public const string Input = "input";
    public const string RichText = "rich_text";
    public const string Section = "section";
}

/// <summary>Text with or without markup; in rich text just a string. Source: https://docs.slack.dev/reference/block-kit/composition-objects/text-object</summary>
/// <param name="Type">"plain_text" or "mrkdwn"; null for a bare string.</param>
/// <param name="Text">The text.</param>
[JsonConverter(typeof(TextObjectConverter))]
public sealed record TextObject(string? Type, string Text)
{
    public string Text { get; init; } = Text ?? "";

    /// <summary>Of plain text: whether :names: become emoji.</summary>
    public bool? Emoji { get; init; }

    /// <summary>Of mrkdwn: true keeps links, channel names and mentions in it from being made live by themselves.</summary>
    public bool? Verbatim { get; init; }

    public static TextObject Plain(string text) => new("plain_text", text) { Emoji = true };

    /// <summary>Slack's own markup; nothing in it becomes live that is not written as a link or mention.</summary>
    public static TextObject Mrkdwn(string text) => new("mrkdwn", text) { Verbatim = true };

    /// <summary>A bare string, as rich text has it.</summary>
    public static TextObject Bare(string text) => new(null, text);
}
