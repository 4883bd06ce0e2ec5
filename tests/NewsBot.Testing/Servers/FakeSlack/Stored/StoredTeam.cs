namespace NewsBot.Testing.Servers.FakeSlack.Stored;

/// <summary>A workspace.</summary>
internal sealed class StoredTeam
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string Domain { get; set; } = "";

    public string BotUserId { get; set; } = "";

    public string BotId { get; set; } = "";

    /// <summary>Whether the app is in it.</summary>
    public bool Installed { get; set; }

    /// <summary>What the app was granted so far; scopes only add up.</summary>
    public List<string> Scopes { get; set; } = [];

    /// <summary>The bot token of the newest install.</summary>
    public string BotToken { get; set; } = "";
}

/// <summary>Somebody in a workspace, a human or the bot.</summary>
internal sealed class StoredUser
{
    public string Id { get; set; } = "";

    public string TeamId { get; set; } = "";

    public string Name { get; set; } = "";

    public string RealName { get; set; } = "";

    /// <summary>May be empty.</summary>
    public string DisplayName { get; set; } = "";

    public string Token { get; set; } = "";

    public bool IsBot { get; set; }

    public bool IsAdmin { get; set; }

    public bool IsOwner { get; set; }

    public bool Deleted { get; set; }

    public string Locale { get; set; } = "en-US";
}

/// <summary>A channel, or a conversation between a human and the bot.</summary>
internal sealed class StoredChannel
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>The workspace that made it.</summary>
    public string TeamId { get; set; } = "";

    /// <summary>All workspaces it is in.</summary>
    public List<string> Teams { get; set; } = [];

    public bool IsPrivate { get; set; }

    public bool IsArchived { get; set; }

    public bool IsGeneral { get; set; }

    /// <summary>The human of a direct conversation; null for channels.</summary>
    public string? DirectWith { get; set; }

    public string CreatorId { get; set; } = "";

    public long Created { get; set; }

    public string Topic { get; set; } = "";

    public string Purpose { get; set; } = "";

    public List<string> PreviousNames { get; set; } = [];

    public List<string> Members { get; set; } = [];

    /// <summary>The second of the newest ts, and how many were given in it.</summary>
    public long LastSecond { get; set; }

    public int InSecond { get; set; }

    /// <summary>What the messages of this channel answer instead of being taken, such as restricted_action.</summary>
    public string? PostingError { get; set; }

    public bool IsExternal => Teams.Count > 1;
}
