namespace NewsBot.Clients.Slack.Objects;

/// <summary>reaction_added and reaction_removed. Source: https://docs.slack.dev/reference/events/reaction_added</summary>
/// <param name="User">Who.</param>
/// <param name="Reaction">Without colons.</param>
/// <param name="Item">What it stands under.</param>
/// <param name="ItemUser">Who wrote that; absent for some.</param>
/// <param name="EventTs">When.</param>
public sealed record ReactionEvent(
    string? User = null,
    string? Reaction = null,
    ReactionItem? Item = null,
    string? ItemUser = null,
    SlackTs EventTs = default
);

/// <param name="Type">"message" for those that matter here.</param>
/// <param name="Channel">Where.</param>
/// <param name="Ts">Which message.</param>
public sealed record ReactionItem(string? Type = null, string? Channel = null, SlackTs Ts = default);

/// <summary>
/// channel_archive, _unarchive, _deleted, _rename, _left, _shared, _unshared, the same with group_, member_joined_channel
/// and member_left_channel. Source: https://docs.slack.dev/reference/events/channel_rename
/// </summary>
/// <param name="Channel">Which; with its new name for a rename.</param>
/// <param name="User">Who did it or joined.</param>
/// <param name="Inviter">Of member_joined_channel: who asked them in.</param>
/// <param name="Team">Of member_joined_channel: the user's workspace.</param>
/// <param name="ConnectedTeamId">Of channel_shared.</param>
/// <param name="PreviouslyConnectedTeamId">Of channel_unshared.</param>
/// <param name="IsExtShared">Of channel_unshared: whether it still is shared.</param>
/// <param name="EventTs">When.</param>
public sealed record ChannelEvent(
    ChannelReference? Channel = null,
    string? User = null,
    string? Inviter = null,
    string? Team = null,
    string? ConnectedTeamId = null,
    string? PreviouslyConnectedTeamId = null,
    bool IsExtShared = false,
    SlackTs EventTs = default
);

/// <summary>Source: https://docs.slack.dev/reference/events/channel_id_changed</summary>
public sealed record ChannelIdChanged(
    string? OldChannelId = null,
    string? NewChannelId = null,
    SlackTs EventTs = default
);

/// <summary>Source: https://docs.slack.dev/reference/events/tokens_revoked</summary>
public sealed record TokensRevoked(RevokedTokens? Tokens = null);

/// <param name="Oauth">Accounts whose own tokens ended.</param>
/// <param name="Bot">Bot accounts whose tokens ended.</param>
public sealed record RevokedTokens(IReadOnlyList<string>? Oauth = null, IReadOnlyList<string>? Bot = null);

/// <summary>user_change and user_profile_changed. Source: https://docs.slack.dev/reference/events/user_change</summary>
public sealed record UserChange(User? User = null, SlackTs EventTs = default);
