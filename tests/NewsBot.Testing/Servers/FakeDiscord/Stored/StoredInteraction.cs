using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Stored;

/// <summary>Something a human did that the bot has to answer.</summary>
internal sealed class StoredInteraction
{
    public ulong Id { get; set; }

    public string Token { get; set; } = "";

    /// <summary>2 command, 3 component, 4 autocomplete, 5 modal.</summary>
    public int Type { get; set; }

    public ulong UserId { get; set; }

    public ulong GuildId { get; set; }

    public ulong ChannelId { get; set; }

    /// <summary>The message whose component was used, also where a modal came from one.</summary>
    public ulong? SourceMessageId { get; set; }

    public int CommandType { get; set; } = 1;

    public string Name { get; set; } = "";

    public DateTimeOffset At { get; set; }

    /// <summary>The callback type it was answered with; 0 until then.</summary>
    public int Answer { get; set; }

    /// <summary>The message that @original stands for.</summary>
    public ulong? OriginalId { get; set; }

    public bool Ephemeral { get; set; }

    /// <summary>The modal that was opened, until it is submitted.</summary>
    public JsonObject? Modal { get; set; }

    public bool Failed { get; set; }
}

/// <summary>Something only one human sees.</summary>
internal sealed class StoredInboxEntry
{
    public ulong Id { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>"message", "deferred", "public", "updated", "acknowledged", "modal", "autocomplete", "failed", "dm".</summary>
    public string Kind { get; set; } = "";

    public ulong? InteractionId { get; set; }

    public ulong? MessageId { get; set; }

    public ulong? ChannelId { get; set; }

    /// <summary>How often it was edited since.</summary>
    public int Edits { get; set; }

    public bool Deleted { get; set; }

    /// <summary>The modal, the choices, or why it failed.</summary>
    public JsonObject? Data { get; set; }
}
