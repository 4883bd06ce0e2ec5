using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Stored;

/// <summary>All that survives a restart of the emulator.</summary>
internal sealed class StoredWorld
{
    public string BotToken { get; set; } = "";

    /// <summary>The Ed25519 seed whose public half is the application's public key, as hex.</summary>
    public string SigningSeed { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    public ulong BotUserId { get; set; }

    public ulong GuildId { get; set; }

    public ulong TextId { get; set; }

    public ulong ForumId { get; set; }

    public ulong AnnouncementId { get; set; }

    public ulong PrivateId { get; set; }

    public ulong LastId { get; set; }

    public bool MessageContentEnabled { get; set; } = true;

    public int SessionStartsRemaining { get; set; }

    /// <summary>Where interactions are posted to; null sends them over the gateway.</summary>
    public string? InteractionsEndpoint { get; set; }

    public Dictionary<ulong, StoredUser> Users { get; set; } = [];

    public Dictionary<ulong, StoredGuild> Guilds { get; set; } = [];

    public Dictionary<ulong, StoredChannel> Channels { get; set; } = [];

    /// <summary>By channel, then by id.</summary>
    public Dictionary<ulong, SortedList<ulong, StoredMessage>> Messages { get; set; } = [];

    public Dictionary<ulong, StoredMessage> Ephemeral { get; set; } = [];

    public Dictionary<ulong, StoredFile> Files { get; set; } = [];

    public Dictionary<ulong, StoredWebhook> Webhooks { get; set; } = [];

    public Dictionary<ulong, StoredInteraction> Interactions { get; set; } = [];

    /// <summary>By guild; 0 holds the global ones.</summary>
    public Dictionary<ulong, List<JsonObject>> Commands { get; set; } = [];

    /// <summary>Command names ever created today, by guild; 0 for global ones.</summary>
    public Dictionary<ulong, int> CommandsCreated { get; set; } = [];

    public Dictionary<string, StoredNonce> Nonces { get; set; } = [];

    public Dictionary<ulong, List<StoredInboxEntry>> Inboxes { get; set; } = [];

    public List<FakePing> Pings { get; set; } = [];

    public Dictionary<string, StoredGrant> Grants { get; set; } = [];
}

/// <summary>The message a nonce stands for.</summary>
internal sealed record StoredNonce(ulong MessageId, DateTimeOffset At);

/// <summary>What an OAuth code or token allows.</summary>
internal sealed record StoredGrant(ulong UserId, string Scope, string RedirectUri, DateTimeOffset EndsAt, bool IsToken)
{
    /// <summary>The proof key's hash that came with the question; null for none.</summary>
    public string? Challenge { get; init; }
}
