using System.Text.Json.Serialization;

namespace NewsBot.Clients.Slack.Objects;

/// <summary>
/// Somebody typed a slash command; over a socket an object, over HTTP a form with the same names.
/// Source: https://docs.slack.dev/interactivity/implementing-slash-commands
/// </summary>
/// <param name="Command">With the slash.</param>
/// <param name="Text">What stands behind it; raw.</param>
/// <param name="TeamId">Where; for an organisation's install the workspace.</param>
/// <param name="TeamDomain">The workspace's address without the rest.</param>
/// <param name="EnterpriseId">The organisation; null for none.</param>
/// <param name="ChannelId">Where.</param>
/// <param name="ChannelName">"directmessage" or "privategroup" where it is none of Slack's business.</param>
/// <param name="UserId">Who.</param>
/// <param name="ResponseUrl">Takes five answers within 30 minutes; a secret.</param>
/// <param name="TriggerId">Opens one view within three seconds.</param>
/// <param name="ApiAppId">Our app.</param>
/// <param name="IsEnterpriseInstall">True where the app is installed for a whole organisation.</param>
public sealed record SlashCommand(
    string? Command = null,
    string? Text = null,
    string? TeamId = null,
    string? TeamDomain = null,
    string? EnterpriseId = null,
    string? ChannelId = null,
    string? ChannelName = null,
    string? UserId = null,
    string? ResponseUrl = null,
    string? TriggerId = null,
    string? ApiAppId = null,
    [property: JsonConverter(typeof(WrittenTruthConverter))] bool IsEnterpriseInstall = false
)
{
    /// <summary>From a form.</summary>
    /// <param name="field">A field's value by its name; null or empty where it is absent.</param>
    public static SlashCommand FromForm(Func<string, string?> field) =>
        new(
            field("command"),
            field("text"),
            field("team_id"),
            field("team_domain"),
            field("enterprise_id"),
            field("channel_id"),
            field("channel_name"),
            field("user_id"),
            field("response_url"),
            field("trigger_id"),
            field("api_app_id"),
            field("is_enterprise_install") == "true"
        );
}
