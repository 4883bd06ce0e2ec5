namespace NewsBot.Clients.Discord.Objects;

/// <summary>A channel or thread. Source: https://discord.com/developers/docs/resources/channel#channel-object</summary>
/// <param name="Id">Its id; a thread made from a message has the message's.</param>
/// <param name="Type">What it is; unknown numbers are possible.</param>
/// <param name="GuildId">Absent inside GUILD_CREATE.</param>
/// <param name="Name">At most 100 characters.</param>
/// <param name="ParentId">A thread's channel, a channel's category.</param>
/// <param name="OwnerId">Who made the thread.</param>
/// <param name="LastMessageId">May name a deleted message.</param>
/// <param name="PermissionOverwrites">Absent for threads, which use their parent's.</param>
/// <param name="ThreadMetadata">Only for threads.</param>
/// <param name="AvailableTags">Only for forum and media channels.</param>
/// <param name="AppliedTags">Only for their posts.</param>
/// <param name="Flags">1 &lt;&lt; 4: a post needs a tag.</param>
/// <param name="RateLimitPerUser">Slow mode in seconds.</param>
/// <param name="DefaultAutoArchiveDuration">Minutes.</param>
/// <param name="NewlyCreated">Only on THREAD_CREATE, where it is new and not just newly seen.</param>
/// <param name="Message">Only in the answer to a new forum post: its first message.</param>
public sealed record Channel(
    Snowflake Id,
    ChannelType Type,
    Snowflake? GuildId = null,
    string? Name = null,
    Snowflake? ParentId = null,
    Snowflake? OwnerId = null,
    Snowflake? LastMessageId = null,
    IReadOnlyList<Overwrite>? PermissionOverwrites = null,
    ThreadMetadata? ThreadMetadata = null,
    IReadOnlyList<ForumTag>? AvailableTags = null,
    IReadOnlyList<Snowflake>? AppliedTags = null,
    int? Flags = null,
    int? RateLimitPerUser = null,
    int? DefaultAutoArchiveDuration = null,
    bool? NewlyCreated = null,
    Message? Message = null
)
{
    /// <summary>A post in this forum must carry a tag.</summary>
    public bool RequiresTag => ((Flags ?? 0) & (1 << 4)) != 0;

    public bool IsThread =>
        Type is ChannelType.AnnouncementThread or ChannelType.PublicThread or ChannelType.PrivateThread;
}

/// <summary>Source: https://discord.com/developers/docs/resources/channel#channel-object-channel-types</summary>
public enum ChannelType
{
    Text = 0,
    DirectMessage = 1,
    Voice = 2,
    Category = 4,
    Announcement = 5,
    AnnouncementThread = 10,
    PublicThread = 11,
    PrivateThread = 12,
    Stage = 13,
    Forum = 15,
    Media = 16,
}

/// <summary>Source: https://discord.com/developers/docs/resources/channel#thread-metadata-object</summary>
public sealed record ThreadMetadata(
    bool Archived = false,
    bool Locked = false,
    int AutoArchiveDuration = 0,
    DateTimeOffset? ArchiveTimestamp = null,
    DateTimeOffset? CreateTimestamp = null
);

/// <summary>Source: https://discord.com/developers/docs/resources/channel#forum-tag-object</summary>
public sealed record ForumTag(Snowflake Id, string? Name = null, bool Moderated = false);
