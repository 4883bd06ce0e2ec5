namespace NewsBot.Testing.Servers.FakeDiscord.Stored;

/// <summary>A channel, thread or direct conversation.</summary>
internal sealed class StoredChannel
{
    public ulong Id { get; set; }

    /// <summary>0 for a direct conversation.</summary>
    public ulong GuildId { get; set; }

    public int Type { get; set; }

    public string Name { get; set; } = "";

    public string? Topic { get; set; }

    public ulong? ParentId { get; set; }

    public int Position { get; set; }

    public List<StoredOverwrite> Overwrites { get; set; } = [];

    public List<StoredTag> Tags { get; set; } = [];

    public int Flags { get; set; }

    public int SlowMode { get; set; }

    public ulong? LastMessageId { get; set; }

    public ulong OwnerId { get; set; }

    public bool Archived { get; set; }

    public bool Locked { get; set; }

    public int AutoArchiveMinutes { get; set; } = 4320;

    /// <summary>When it was last archived or brought back; for an open thread also when it was last written in.</summary>
    public DateTimeOffset ActiveAt { get; set; }

    public DateTimeOffset ArchiveChangedAt { get; set; }

    public int MessageCount { get; set; }

    public int TotalMessages { get; set; }

    public List<ulong> AppliedTags { get; set; } = [];

    public HashSet<ulong> Members { get; set; } = [];

    public bool IsThread => Type is 10 or 11 or 12;

    public bool IsForum => Type is 15 or 16;

    public bool IsDirect => Type is 1;

    /// <summary>Whether messages stand in it.</summary>
    public bool HoldsMessages => Type is 0 or 1 or 2 or 5 or 10 or 11 or 12;
}

/// <summary>What a role (type 0) or member (type 1) may do otherwise in a channel.</summary>
internal sealed record StoredOverwrite(ulong Id, int Type, ulong Allow, ulong Deny);

/// <summary>A tag of a forum.</summary>
internal sealed record StoredTag(ulong Id, string Name, bool Moderated);
