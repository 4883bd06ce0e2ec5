using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Chat.Slack;

/// <summary>A message that may be a reply to something of ours.</summary>
/// <param name="Team">The workspace through which it is seen.</param>
/// <param name="Channel">Where it stands.</param>
/// <param name="Message">As it is now.</param>
/// <param name="IsShared">Whether the channel is shared with another organisation, as far as it was told.</param>
internal sealed record SlackReply(string Team, string Channel, Message Message, bool IsShared)
{
    /// <summary>When its author changed it, where that is what was told; null for a message as it was written.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>True where it was read out of the history, so that its reactions are all there are.</summary>
    public bool IsReadAnew { get; init; }
}
