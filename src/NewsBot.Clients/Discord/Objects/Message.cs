namespace NewsBot.Clients.Discord.Objects;

/// <summary>A message. Source: https://discord.com/developers/docs/resources/message#message-object</summary>
/// <param name="Id">Its id.</param>
/// <param name="ChannelId">The channel or thread it stands in.</param>
/// <param name="GuildId">Only on gateway events; absent for direct and private messages.</param>
/// <param name="Author">For webhooks a made-up user.</param>
/// <param name="Member">Only on gateway events, without the user; absent for webhooks.</param>
/// <param name="Content">Markdown; empty where the bot may not read it.</param>
/// <param name="Timestamp">When it was written.</param>
/// <param name="EditedTimestamp">When its author last changed it; null for never.</param>
/// <param name="Type">What it is; unknown numbers are possible.</param>
/// <param name="WebhookId">Set for messages of webhooks.</param>
/// <param name="ApplicationId">Set for messages of interactions and of the application's own webhooks.</param>
/// <param name="Mentions">Users named in it.</param>
/// <param name="Attachments">Files.</param>
/// <param name="Embeds">Raw; only whether there are any matters.</param>
/// <param name="Components">Buttons and the like.</param>
/// <param name="Reactions">Counts; absent for none.</param>
/// <param name="MessageReference">What it answers or forwards.</param>
/// <param name="ReferencedMessage">The answered message; null where deleted or not sent along.</param>
/// <param name="MessageSnapshots">The forwarded message.</param>
/// <param name="Flags">See <see cref="MessageFlags"/>.</param>
/// <param name="Thread">The thread that began at this message.</param>
/// <param name="Nonce">Echo of what the sender chose.</param>
/// <param name="StickerItems">Stickers.</param>
/// <param name="Poll">Raw; only whether there is one matters.</param>
public sealed record Message(
    Snowflake Id,
    Snowflake ChannelId,
    Snowflake? GuildId = null,
    User? Author = null,
    GuildMember? Member = null,
    string? Content = null,
    DateTimeOffset Timestamp = default,
    DateTimeOffset? EditedTimestamp = null,
    MessageType Type = MessageType.Default,
    Snowflake? WebhookId = null,
    Snowflake? ApplicationId = null,
    IReadOnlyList<MentionedUser>? Mentions = null,
    IReadOnlyList<Attachment>? Attachments = null,
    IReadOnlyList<System.Text.Json.JsonElement>? Embeds = null,
    IReadOnlyList<Component>? Components = null,
    IReadOnlyList<Reaction>? Reactions = null,
    MessageReference? MessageReference = null,
    Message? ReferencedMessage = null,
    IReadOnlyList<MessageSnapshot>? MessageSnapshots = null,
    MessageFlags? Flags = null,
    Channel? Thread = null,
    System.Text.Json.JsonElement? Nonce = null,
    IReadOnlyList<Sticker>? StickerItems = null,
    System.Text.Json.JsonElement? Poll = null
);

/// <summary>Source: https://discord.com/developers/docs/resources/message#message-object-message-types</summary>
public enum MessageType
{
    Default = 0,
    RecipientAdd = 1,
    ChannelNameChange = 4,
    ChannelPinnedMessage = 6,
    ThreadCreated = 18,
    Reply = 19,
    ChatInputCommand = 20,
    ThreadStarterMessage = 21,
    ContextMenuCommand = 23,
}

/// <summary>Source: https://discord.com/developers/docs/resources/message#message-object-message-flags</summary>
[Flags]
public enum MessageFlags
{
    None = 0,
    Crossposted = 1 << 0,
    SuppressEmbeds = 1 << 2,
    HasThread = 1 << 5,
    Ephemeral = 1 << 6,
    Loading = 1 << 7,
    SuppressNotifications = 1 << 12,
    HasSnapshot = 1 << 14,
    IsComponentsV2 = 1 << 15,
}

/// <summary>A user named in a message, with the nickname where Discord sends it.</summary>
public sealed record MentionedUser(
    Snowflake Id,
    string? Username = null,
    string? GlobalName = null,
    bool Bot = false,
    GuildMember? Member = null
);

/// <summary>A file. Source: https://discord.com/developers/docs/resources/message#attachment-object</summary>
/// <param name="Id">Its id.</param>
/// <param name="Filename">As shown.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Url">Where it lies; ends after about a day.</param>
/// <param name="ContentType">Media type; null where unknown.</param>
/// <param name="Width">Pixels, for pictures.</param>
/// <param name="Height">Pixels, for pictures.</param>
/// <param name="Description">The author's words for who cannot see it.</param>
public sealed record Attachment(
    Snowflake Id,
    string? Filename = null,
    long Size = 0,
    string? Url = null,
    string? ContentType = null,
    int? Width = null,
    int? Height = null,
    string? Description = null
);

/// <summary>Source: https://discord.com/developers/docs/resources/message#reaction-object</summary>
public sealed record Reaction(int Count, Emoji Emoji)
{
    public Emoji Emoji { get; init; } = Emoji ?? new Emoji();
}

/// <summary>Source: https://discord.com/developers/docs/resources/emoji#emoji-object</summary>
/// <param name="Id">Null for a Unicode emoji.</param>
/// <param name="Name">The emoji itself, or the name of a custom one.</param>
/// <param name="Animated">Whether a custom one moves.</param>
public sealed record Emoji(Snowflake? Id = null, string? Name = null, bool? Animated = null);

/// <summary>What a message answers (type 0) or forwards (type 1). Source: https://discord.com/developers/docs/resources/message#message-reference-structure</summary>
public sealed record MessageReference(
    Snowflake? MessageId = null,
    Snowflake? ChannelId = null,
    Snowflake? GuildId = null,
    int? Type = null,
    bool? FailIfNotExists = null
);

/// <summary>A forwarded message. Source: https://discord.com/developers/docs/resources/message#message-snapshot-object</summary>
public sealed record MessageSnapshot(MessageSnapshotContent? Message = null);

/// <summary>The part of a forwarded message that is sent along.</summary>
public sealed record MessageSnapshotContent(
    string? Content = null,
    IReadOnlyList<Attachment>? Attachments = null,
    IReadOnlyList<MentionedUser>? Mentions = null
);

/// <summary>Source: https://discord.com/developers/docs/resources/sticker#sticker-item-object</summary>
public sealed record Sticker(Snowflake Id, string? Name = null);
