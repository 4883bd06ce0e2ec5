using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Chat.Slack;

/// <summary>Which events concern us: most of what a busy workspace says does not, and is not stored.</summary>
internal sealed class SlackWants(SlackTracking tracking)
{
    private static readonly HashSet<string> Life = new(StringComparer.Ordinal)
    {
        "app_uninstalled",
        "tokens_revoked",
        "channel_archive",
        "channel_unarchive",
        "channel_deleted",
        "channel_rename",
        "channel_id_changed",
        "channel_left",
        "channel_shared",
        "channel_unshared",
        "group_archive",
        "group_unarchive",
        "group_deleted",
        "group_rename",
        "group_left",
        "member_joined_channel",
        "member_left_channel",
    };

    public bool Wants(EventEnvelope envelope) =>
        envelope.EventType switch
        {
            "message" => envelope.Read<Message>() is { } message && Wants(message),
            "reaction_added" or "reaction_removed" => tracking.Has(envelope.Read<ReactionEvent>()?.Item?.Channel),
            "app_uninstalled" or "tokens_revoked" => true,
            "channel_id_changed" => tracking.Has(envelope.Read<ChannelIdChanged>()?.OldChannelId),
            var type => Life.Contains(type) && tracking.Has(envelope.Read<ChannelEvent>()?.Channel?.Id),
        };

    private bool Wants(Message message) =>
        tracking.Has(message.Channel)
        && message.Subtype switch
        {
            MessageSubtypes.Changed => message.Inner is { } changed && (changed.IsReply || changed.IsTombstone),
            // Where it is not told what it was, it may have been anything.
            MessageSubtypes.Deleted => message.PreviousMessage?.IsReply != false,
            "channel_convert_to_private" or "group_convert_to_private" => true,
            // Digests and cards are no replies; what programs write is none either.
            _ => message.IsReply && SlackReader.IsFromPerson(message),
        };
}
