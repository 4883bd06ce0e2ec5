using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeSlack.Stored;

/// <summary>A message.</summary>
internal sealed class StoredMessage
{
    public string Ts { get; set; } = "";

    public string ChannelId { get; set; } = "";

    public string TeamId { get; set; } = "";

    /// <summary>Who wrote it; for the app its bot user.</summary>
    public string UserId { get; set; } = "";

    /// <summary>Set where an app wrote it.</summary>
    public string? BotId { get; set; }

    public string? Subtype { get; set; }

    public string Text { get; set; } = "";

    public JsonArray? Blocks { get; set; }

    public JsonArray? Attachments { get; set; }

    /// <summary>Attachments that Slack itself added for links.</summary>
    public JsonArray? Unfurls { get; set; }

    public JsonObject? Metadata { get; set; }

    public string? Username { get; set; }

    public JsonObject? Icons { get; set; }

    /// <summary>The ts of the parent; for a parent null until it has replies.</summary>
    public string? ThreadTs { get; set; }

    public bool Broadcast { get; set; }

    public string? ClientMessageId { get; set; }

    public string? EditedTs { get; set; }

    public string? EditedBy { get; set; }

    public List<string> Files { get; set; } = [];

    public List<StoredReaction> Reactions { get; set; } = [];

    /// <summary>Only the parent of a thread that was deleted while it had replies.</summary>
    public bool Tombstone { get; set; }

    /// <summary>Replies to it are refused with this code.</summary>
    public bool Locked { get; set; }

    /// <summary>The only human who sees it; null for real messages.</summary>
    public string? EphemeralTo { get; set; }

    public bool ByBot => BotId is not null;

    public bool IsReply => ThreadTs is not null && ThreadTs != Ts;
}

/// <summary>Who reacted with what.</summary>
internal sealed class StoredReaction
{
    public string Name { get; set; } = "";

    public List<string> Users { get; set; } = [];
}

/// <summary>A file.</summary>
internal sealed class StoredFile
{
    public string Id { get; set; } = "";

    public string TeamId { get; set; } = "";

    public string UserId { get; set; } = "";

    public string Name { get; set; } = "";

    public string ContentType { get; set; } = "";

    public byte[] Bytes { get; set; } = [];

    public long Created { get; set; }

    public List<string> Channels { get; set; } = [];
}
