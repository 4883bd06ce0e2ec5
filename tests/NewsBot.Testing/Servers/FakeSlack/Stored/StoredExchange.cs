using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeSlack.Stored;

/// <summary>One thing that a human asked of the app: a command, a click, a shortcut, a modal sent or closed.</summary>
internal sealed class StoredExchange
{
    public long Id { get; set; }

    /// <summary>As the payload calls it; "slash_command" for commands.</summary>
    public string Type { get; set; } = "";

    public string TeamId { get; set; } = "";

    public string UserId { get; set; } = "";

    /// <summary>Empty for what came from no channel.</summary>
    public string ChannelId { get; set; } = "";

    /// <summary>The message clicked on; null for none.</summary>
    public string? MessageTs { get; set; }

    /// <summary>The thread of that message; private answers stand there.</summary>
    public string? ThreadTs { get; set; }

    /// <summary>The view it was sent from.</summary>
    public string? ViewId { get; set; }

    public DateTimeOffset At { get; set; }

    public bool Acked { get; set; }

    /// <summary>How long the app took; null where it did not answer in time.</summary>
    public TimeSpan? AckedAfter { get; set; }

    public bool Failed { get; set; }
}

/// <summary>Something that only one human sees.</summary>
/// <param name="ExchangeId">0 for what answers nothing.</param>
/// <param name="Kind">"message", "view", "errors", "closed", "options", "deleted" or "failed".</param>
/// <param name="Data">What came.</param>
/// <param name="At">When.</param>
internal sealed record StoredInboxEntry(long ExchangeId, string Kind, JsonObject Data, DateTimeOffset At);

/// <summary>Where an answer may be sent to later.</summary>
internal sealed class StoredResponseUrl
{
    public long ExchangeId { get; set; }

    public int Uses { get; set; }

    public DateTimeOffset EndsAt { get; set; }
}

/// <summary>Leave to open one modal.</summary>
internal sealed class StoredTrigger
{
    public long ExchangeId { get; set; }

    public bool Used { get; set; }

    public DateTimeOffset EndsAt { get; set; }
}

/// <summary>A modal or home tab as it is now.</summary>
internal sealed class StoredView
{
    public string Id { get; set; } = "";

    public string TeamId { get; set; } = "";

    public string UserId { get; set; } = "";

    /// <summary>As the app wrote it.</summary>
    public JsonObject View { get; set; } = [];

    /// <summary>By block and action.</summary>
    public JsonObject Values { get; set; } = [];

    /// <summary>Changes with every update.</summary>
    public string Hash { get; set; } = "";

    public string RootId { get; set; } = "";

    public string? PreviousId { get; set; }

    /// <summary>The exchange that opened it: what follows is answered there too.</summary>
    public long ExchangeId { get; set; }

    public bool Closed { get; set; }
}
