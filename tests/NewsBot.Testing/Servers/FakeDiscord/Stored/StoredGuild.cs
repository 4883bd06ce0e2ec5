namespace NewsBot.Testing.Servers.FakeDiscord.Stored;

/// <summary>A guild with its roles and members.</summary>
internal sealed class StoredGuild
{
    public ulong Id { get; set; }

    public string Name { get; set; } = "";

    public ulong OwnerId { get; set; }

    /// <summary>False once the bot was removed.</summary>
    public bool BotIn { get; set; } = true;

    /// <summary>Whether it has an outage.</summary>
    public bool Unavailable { get; set; }

    public List<StoredRole> Roles { get; set; } = [];

    public Dictionary<ulong, StoredMember> Members { get; set; } = [];

    public HashSet<ulong> Bans { get; set; } = [];
}

/// <summary>A role; the one with the id of the guild is everyone's.</summary>
internal sealed class StoredRole
{
    public ulong Id { get; set; }

    public string Name { get; set; } = "";

    public ulong Permissions { get; set; }

    public int Color { get; set; }

    public int Position { get; set; }

    public bool Mentionable { get; set; }

    public bool Managed { get; set; }
}

/// <summary>A user in a guild.</summary>
internal sealed class StoredMember
{
    public ulong UserId { get; set; }

    public string? Nick { get; set; }

    public string? Avatar { get; set; }

    public List<ulong> Roles { get; set; } = [];

    public DateTimeOffset JoinedAt { get; set; }

    public DateTimeOffset? TimedOutUntil { get; set; }
}

/// <summary>Somebody with an account.</summary>
internal sealed class StoredUser
{
    public ulong Id { get; set; }

    public string Name { get; set; } = "";

    public string? GlobalName { get; set; }

    public string? Avatar { get; set; }

    public bool Bot { get; set; }

    /// <summary>What it signs in with; empty where nobody can.</summary>
    public string Token { get; set; } = "";

    /// <summary>The language its client speaks.</summary>
    public string Locale { get; set; } = "en-GB";

    /// <summary>Whether it refuses direct messages of the bot.</summary>
    public bool RefusesDirectMessages { get; set; }
}
