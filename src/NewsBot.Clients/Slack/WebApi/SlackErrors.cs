using System.Collections.Frozen;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>Sorts Slack's error codes.</summary>
public static class SlackErrors
{
    private static readonly FrozenDictionary<string, SlackErrorKind> Kinds = new (SlackErrorKind Kind, string Codes)[]
    {
        (
            SlackErrorKind.InstallDead,
            "invalid_auth token_revoked account_inactive team_disabled not_authed user_removed_from_team app_uninstalled "
                + "invalid_refresh_token"
        ),
        (SlackErrorKind.TokenExpired, "token_expired"),
        (SlackErrorKind.MissingScope, "missing_scope not_allowed_token_type"),
        (SlackErrorKind.NotInChannel, "not_in_channel"),
        (
            SlackErrorKind.TargetGone,
            "channel_not_found is_archived is_inactive ekm_access_denied channel_type_not_supported "
                + "method_not_supported_for_channel_type team_not_found"
        ),
        (
            SlackErrorKind.MessageGone,
            "thread_not_found message_not_found cannot_reply_to_message restricted_action_thread_locked"
        ),
        (
            SlackErrorKind.Unchangeable,
            "cant_update_message cant_delete_message edit_window_closed compliance_exports_prevent_deletion"
        ),
        (SlackErrorKind.RateLimited, "ratelimited rate_limited"),
        (SlackErrorKind.WorkspaceFull, "message_limit_exceeded"),
        (
            SlackErrorKind.Rendering,
            "msg_too_long msg_blocks_too_long invalid_blocks invalid_blocks_format invalid_attachments too_many_attachments "
                + "no_text markdown_text_conflict metadata_too_large metadata_must_be_sent_from_app "
                + "invalid_metadata_format invalid_metadata_schema block_mismatch"
        ),
        (SlackErrorKind.AlreadySo, "already_reacted no_reaction already_in_channel"),
        (
            SlackErrorKind.Temporary,
            "team_added_to_org org_login_required service_unavailable internal_error fatal_error request_timeout"
        ),
        (
            SlackErrorKind.NotAllowed,
            "team_access_not_granted accesslimited access_denied no_permission user_not_in_channel enterprise_is_restricted"
        ),
        (
            SlackErrorKind.ViewGone,
            "expired_trigger_id exchanged_trigger_id invalid_trigger_id trigger_exchanged trigger_expired hash_conflict "
                + "not_found view_not_found push_limit_reached used_url expired_url"
        ),
    }
        .SelectMany(family => family.Codes.Split(' ').Select(code => (Code: code, family.Kind)))
        .ToFrozenDictionary(pair => pair.Code, pair => pair.Kind, StringComparer.Ordinal);

    /// <param name="code">Slack's own word; unknown and empty ones are <see cref="SlackErrorKind.Other"/>.</param>
    public static SlackErrorKind Kind(string code) =>
        Kinds.TryGetValue(code, out var kind) ? kind
        // A family that grows with each setting of a channel.
        : code.StartsWith("restricted_action", StringComparison.Ordinal) ? SlackErrorKind.TargetGone
        : SlackErrorKind.Other;

    /// <summary>True where Slack may have done part of what was asked before it failed.</summary>
    internal static bool MayBeDone(string code) =>
        code is "internal_error" or "fatal_error" or "request_timeout" or "service_unavailable";
}
