using System.Text.Json;

namespace NewsBot.Clients.Slack.Objects;

/// <summary>
/// A message as read, posted or told by an event; every subtype uses some of these fields.
/// Source: https://docs.slack.dev/reference/events/message
/// </summary>
/// <param name="Ts">Its id in its channel. On events about another message, that of the event.</param>
/// <param name="Subtype">What it is, see <see cref="MessageSubtypes"/>; null for what a person just wrote.</param>
/// <param name="Channel">Only on events.</param>
/// <param name="ChannelType">Only on events: channel, group, im, mpim or app_home.</param>
/// <param name="User">Who wrote it; often absent on messages of bots.</param>
/// <param name="Team">The workspace of the author.</param>
/// <param name="UserTeam">The same, in shared channels.</param>
/// <param name="SourceTeam">The workspace it was written in, in shared channels.</param>
/// <param name="BotId">Set where a bot wrote it.</param>
/// <param name="AppId">The bot's app.</param>
/// <param name="BotProfile">More of the bot.</param>
/// <param name="Username">The name chosen for this message.</param>
/// <param name="Icons">The picture chosen for this message.</param>
/// <param name="Text">Slack's own markup.</param>
/// <param name="Blocks">Layout; a person's message has one of rich text.</param>
/// <param name="Attachments">Unfurled links and old-style boxes; raw, only whether there are any matters.</param>
/// <param name="Files">Files shared with it.</param>
/// <param name="Reactions">Counts; only where history or reactions are read.</param>
/// <param name="Edited">Who changed it when; absent for never and for what Slack itself changed.</param>
/// <param name="ThreadTs">The parent of its thread; its own id where it is the parent.</param>
/// <param name="ParentUserId">Who wrote the parent.</param>
/// <param name="ReplyCount">Of a parent.</param>
/// <param name="LatestReply">Of a parent.</param>
/// <param name="Root">Of a thread_broadcast: the parent.</param>
/// <param name="Metadata">What an app left with it; only where it was asked for.</param>
/// <param name="Hidden">True for events that are no message of their own.</param>
/// <param name="DeletedTs">Of a message_deleted: which.</param>
/// <param name="Inner">Of a message_changed: what it is now.</param>
/// <param name="PreviousMessage">Of message_changed and message_deleted: what it was; may be absent.</param>
/// <param name="EventTs">When it happened.</param>
/// <param name="ClientMsgId">What the person's program called it.</param>
public sealed record Message(
    SlackTs Ts = default,
    string? Subtype = null,
    string? Channel = null,
    string? ChannelType = null,
    string? User = null,
    string? Team = null,
    string? UserTeam = null,
    string? SourceTeam = null,
    string? BotId = null,
    string? AppId = null,
    BotProfile? BotProfile = null,
    string? Username = null,
    MessageIcons? Icons = null,
    string? Text = null,
    IReadOnlyList<Block>? Blocks = null,
    IReadOnlyList<JsonElement>? Attachments = null,
    IReadOnlyList<SlackFile>? Files = null,
    IReadOnlyList<Reaction>? Reactions = null,
    MessageEdit? Edited = null,
    SlackTs ThreadTs = default,
    string? ParentUserId = null,
    int ReplyCount = 0,
    SlackTs LatestReply = default,
    Message? Root = null,
    MessageMetadata? Metadata = null,
    bool Hidden = false,
    SlackTs DeletedTs = default,
    [property: System.Text.Json.Serialization.JsonPropertyName("message")] Message? Inner = null,
    Message? PreviousMessage = null,
    SlackTs EventTs = default,
    string? ClientMsgId = null
)
{
    /// <summary>True for a reply in a thread. The subtype says nothing of it: Slack leaves it out.</summary>
    public bool IsReply => !ThreadTs.IsEmpty && ThreadTs != Ts;

    /// <summary>The place of a deleted message that has replies; its text is Slack's, not the author's.</summary>
    public bool IsTombstone => Subtype == MessageSubtypes.Tombstone;
}

/// <summary>Source: https://docs.slack.dev/reference/events/message#subtypes</summary>
public static class MessageSubtypes
{
    public const string BotMessage = "bot_message";
    public const string Changed = "message_changed";
    public const string Deleted = "message_deleted";
    public const string FileShare = "file_share";
    public const string Me = "me_message";
    public const string Replied = "message_replied";
    public const string ThreadBroadcast = "thread_broadcast";
    public const string Tombstone = "tombstone";
    public const string EkmDenied = "ekm_access_denied";

    /// <summary>True for what a person or bot wrote; false for events about messages and for Slack's own notes.</summary>
    public static bool IsWritten(string? subtype) =>
        subtype is null or "" or BotMessage or FileShare or Me or ThreadBroadcast or Replied;
}

/// <param name="User">Who.</param>
/// <param name="Ts">When; changes with every edit.</param>
public sealed record MessageEdit(string? User = null, SlackTs Ts = default);

/// <summary>What an app leaves with a message. Anybody in the channel can read it. Source: https://docs.slack.dev/messaging/message-metadata</summary>
/// <param name="EventType">Letters, digits and underscores.</param>
/// <param name="EventPayload">An object; with the type at most about 16 KB.</param>
public sealed record MessageMetadata(string? EventType = null, JsonElement? EventPayload = null)
{
    /// <summary>A text in the payload; null where it is absent or no text.</summary>
    public string? TextOf(string name) => EventPayload is { } payload ? SlackJson.Text(payload, name) : null;
}

public sealed record MessageIcons(
    string? Emoji = null,
    [property: System.Text.Json.Serialization.JsonPropertyName("image_48")] string? Image48 = null,
    [property: System.Text.Json.Serialization.JsonPropertyName("image_72")] string? Image72 = null
);

/// <param name="Id">The bot_id.</param>
/// <param name="Name">Its name.</param>
/// <param name="AppId">Its app.</param>
/// <param name="TeamId">Where it is installed.</param>
public sealed record BotProfile(string? Id = null, string? Name = null, string? AppId = null, string? TeamId = null);

/// <summary>Source: https://docs.slack.dev/reference/methods/reactions.get</summary>
/// <param name="Name">Without colons; skin tones as "name::skin-tone-3".</param>
/// <param name="Count">How many people; may be more than are named.</param>
/// <param name="Users">Some or all of them.</param>
public sealed record Reaction(string? Name = null, int Count = 0, IReadOnlyList<string>? Users = null);

/// <summary>A file. Source: https://docs.slack.dev/reference/objects/file-object</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its file name.</param>
/// <param name="Title">As shown.</param>
/// <param name="Mimetype">Media type.</param>
/// <param name="Size">Bytes.</param>
/// <param name="UrlPrivate">Where it lies, for who shows a token.</param>
/// <param name="UrlPrivateDownload">The same, to be saved.</param>
/// <param name="Permalink">Its page in Slack.</param>
/// <param name="Mode">"tombstone" and "hidden_by_limit" have no content any more; "external" lies elsewhere.</param>
/// <param name="FileAccess">"check_file_info" where only an id is told, in shared channels.</param>
/// <param name="OriginalW">Pixels, for pictures.</param>
/// <param name="OriginalH">Pixels, for pictures.</param>
/// <param name="AltTxt">Words for who cannot see it.</param>
public sealed record SlackFile(
    string? Id = null,
    string? Name = null,
    string? Title = null,
    string? Mimetype = null,
    long Size = 0,
    string? UrlPrivate = null,
    string? UrlPrivateDownload = null,
    string? Permalink = null,
    string? Mode = null,
    string? FileAccess = null,
    int OriginalW = 0,
    int OriginalH = 0,
    string? AltTxt = null
);
