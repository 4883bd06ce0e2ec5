using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Stored;

/// <summary>A message.</summary>
internal sealed class StoredMessage
{
    public ulong Id { get; set; }

    public ulong ChannelId { get; set; }

    public int Type { get; set; }

    public ulong AuthorId { get; set; }

    public ulong? WebhookId { get; set; }

    public string? WebhookName { get; set; }

    public string? WebhookAvatar { get; set; }

    public ulong? ApplicationId { get; set; }

    public string Content { get; set; } = "";

    public JsonArray Embeds { get; set; } = [];

    public JsonArray Components { get; set; } = [];

    public List<ulong> Attachments { get; set; } = [];

    public int Flags { get; set; }

    public string? Nonce { get; set; }

    public DateTimeOffset At { get; set; }

    public DateTimeOffset? EditedAt { get; set; }

    public List<ulong> Mentions { get; set; } = [];

    public List<ulong> MentionRoles { get; set; } = [];

    public bool MentionEveryone { get; set; }

    public ulong? ReplyTo { get; set; }

    public JsonObject? Reference { get; set; }

    public JsonArray? Snapshots { get; set; }

    public JsonObject? Interaction { get; set; }

    public List<StoredReaction> Reactions { get; set; } = [];

    /// <summary>The only human who sees it.</summary>
    public ulong? EphemeralTo { get; set; }

    public List<DateTimeOffset> Edits { get; set; } = [];

    /// <summary>The application that its components report to; its author for a bot's plain message.</summary>
    public ulong ApplicationIdOr(ulong bot) => ApplicationId ?? (AuthorId == bot ? bot : 0);
}

/// <summary>One emoji below a message, and who set it in order.</summary>
internal sealed class StoredReaction
{
    public string Name { get; set; } = "";

    public ulong? EmojiId { get; set; }

    public List<ulong> Users { get; set; } = [];
}

/// <summary>A file somebody sent.</summary>
internal sealed class StoredFile
{
    public ulong Id { get; set; }

    public ulong ChannelId { get; set; }

    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public string ContentType { get; set; } = "application/octet-stream";

    public byte[] Bytes { get; set; } = [];
}

/// <summary>A webhook of a channel.</summary>
internal sealed class StoredWebhook
{
    public ulong Id { get; set; }

    public ulong GuildId { get; set; }

    public ulong ChannelId { get; set; }

    public string Name { get; set; } = "";

    public string? Avatar { get; set; }

    public string Token { get; set; } = "";

    public ulong UserId { get; set; }

    public bool ByBot { get; set; }
}
