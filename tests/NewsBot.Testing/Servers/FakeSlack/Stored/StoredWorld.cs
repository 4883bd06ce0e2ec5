namespace NewsBot.Testing.Servers.FakeSlack.Stored;

/// <summary>All that survives a restart of the emulator.</summary>
internal sealed class StoredWorld
{
    public string AppId { get; set; } = "";

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    public string SigningSecret { get; set; } = "";

    public string VerificationToken { get; set; } = "";

    public string AppToken { get; set; } = "";

    /// <summary>The workspace of the stock.</summary>
    public string TeamId { get; set; } = "";

    public string PublicId { get; set; } = "";

    public string PrivateId { get; set; } = "";

    public string ArchivedId { get; set; } = "";

    /// <summary>Makes ids; only grows.</summary>
    public long LastId { get; set; }

    /// <summary>Where requests are posted to; null uses Socket Mode.</summary>
    public StoredUrls? Urls { get; set; }

    public Dictionary<string, StoredTeam> Teams { get; set; } = [];

    public Dictionary<string, StoredUser> Users { get; set; } = [];

    public Dictionary<string, StoredChannel> Channels { get; set; } = [];

    /// <summary>By channel, then by ts, whose order as text is the order in time.</summary>
    public Dictionary<string, SortedList<string, StoredMessage>> Messages { get; set; } = [];

    /// <summary>What only one human was shown, by channel and ts.</summary>
    public Dictionary<string, StoredMessage> Ephemeral { get; set; } = [];

    public Dictionary<string, StoredFile> Files { get; set; } = [];

    /// <summary>By token; revoked ones stay, to be told from those that never were.</summary>
    public Dictionary<string, StoredToken> Tokens { get; set; } = [];

    /// <summary>By code or refresh token.</summary>
    public Dictionary<string, StoredGrant> Grants { get; set; } = [];

    public Dictionary<string, StoredView> Views { get; set; } = [];

    /// <summary>By the secret part of the address.</summary>
    public Dictionary<string, StoredResponseUrl> ResponseUrls { get; set; } = [];

    public Dictionary<string, StoredTrigger> Triggers { get; set; } = [];

    public Dictionary<long, StoredExchange> Exchanges { get; set; } = [];

    /// <summary>By user.</summary>
    public Dictionary<string, List<StoredInboxEntry>> Inboxes { get; set; } = [];

    public List<FakePing> Pings { get; set; } = [];
}

/// <summary>Where requests are posted to.</summary>
internal sealed record StoredUrls(string? Events, string? Commands, string? Interactions, string? Options);

/// <summary>A token as it was given.</summary>
internal sealed class StoredToken
{
    /// <summary>"bot", "user", or "app".</summary>
    public string Kind { get; set; } = "bot";

    public string TeamId { get; set; } = "";

    public string UserId { get; set; } = "";

    public List<string> Scopes { get; set; } = [];

    public bool Revoked { get; set; }

    /// <summary>Null never ends.</summary>
    public DateTimeOffset? EndsAt { get; set; }
}

/// <summary>What an OAuth code or refresh token stands for.</summary>
internal sealed record StoredGrant(
    string TeamId,
    string UserId,
    string Scope,
    string RedirectUri,
    DateTimeOffset EndsAt,
    bool IsRefresh
)
{
    /// <summary>Whether it only says who somebody is.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>The proof key's hash that came with the question; null for none.</summary>
    public string? Challenge { get; init; }
}
