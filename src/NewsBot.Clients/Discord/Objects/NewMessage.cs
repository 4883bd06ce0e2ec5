namespace NewsBot.Clients.Discord.Objects;

/// <summary>A message to be sent or an edit of one. Source: https://discord.com/developers/docs/resources/message#create-message</summary>
public sealed record NewMessage
{
    /// <summary>Markdown, at most 2000 characters.</summary>
    public string? Content { get; init; }

    public IReadOnlyList<Component>? Components { get; init; }

    /// <summary>Pings nobody unless said otherwise; Discord's own default would ping.</summary>
    public AllowedMentions AllowedMentions { get; init; } = AllowedMentions.Nobody;

    public MessageReference? MessageReference { get; init; }

    public MessageFlags? Flags { get; init; }

    /// <summary>At most 25 characters. With <see cref="EnforceNonce"/> a second send within a few minutes gives the first message again.</summary>
    public string? Nonce { get; init; }

    public bool? EnforceNonce { get; init; }

    /// <summary>Files sent along (ids 0, 1, …) and, on an edit, files to keep (their ids); null changes nothing.</summary>
    public IReadOnlyList<AttachmentDraft>? Attachments { get; init; }
}

/// <summary>Whom a message may ping. Source: https://discord.com/developers/docs/resources/message#allowed-mentions-object</summary>
public sealed record AllowedMentions(IReadOnlyList<string> Parse, IReadOnlyList<Snowflake>? Roles = null)
{
    public static AllowedMentions Nobody { get; } = new([]);

    public bool RepliedUser { get; init; }

    /// <summary>Only this role, by id.</summary>
    public static AllowedMentions Role(Snowflake role) => new([], [role]);
}

/// <param name="Id">Place among the files sent along, or the id of one that is kept.</param>
/// <param name="Filename">With its ending.</param>
/// <param name="Description">At most 1024 characters.</param>
public sealed record AttachmentDraft(string Id, string? Filename = null, string? Description = null);

/// <summary>A file to send along.</summary>
/// <param name="Name">With its ending, ASCII.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">At most 10 MiB.</param>
public sealed record UploadFile(string Name, string ContentType, ReadOnlyMemory<byte> Bytes);

/// <summary>A new thread, or a change of one. Source: https://discord.com/developers/docs/resources/channel#start-thread-from-message</summary>
public sealed record ThreadDraft
{
    /// <summary>1 to 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Minutes: 60, 1440, 4320 or 10080.</summary>
    public int? AutoArchiveDuration { get; init; }
    public bool? Archived { get; init; }
    public bool? Locked { get; init; }
    public IReadOnlyList<Snowflake>? AppliedTags { get; init; }

    /// <summary>The first message of a forum post.</summary>
    public NewMessage? Message { get; init; }
}

/// <summary>Threads of a channel or guild.</summary>
public sealed record ThreadPage(IReadOnlyList<Channel> Threads, bool HasMore = false)
{
    public IReadOnlyList<Channel> Threads { get; init; } = Threads ?? [];
}
