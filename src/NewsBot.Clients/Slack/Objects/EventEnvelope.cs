using System.Text.Json;

namespace NewsBot.Clients.Slack.Objects;

/// <summary>
/// What the Events API sends, over HTTP or a socket. It may come more than once, with the same <see cref="EventId"/>.
/// Source: https://docs.slack.dev/apis/events-api#event-type-structure
/// </summary>
/// <param name="Type">event_callback, url_verification or app_rate_limited.</param>
/// <param name="TeamId">The workspace it happened in.</param>
/// <param name="EnterpriseId">The organisation; null for none.</param>
/// <param name="ApiAppId">Our app.</param>
/// <param name="Event">What happened; absent for other types. See <see cref="Read{T}"/>.</param>
/// <param name="EventId">Names the event, whatever number of times it comes.</param>
/// <param name="EventTime">Seconds since 1970.</param>
/// <param name="Authorizations">One of the installs that see it.</param>
/// <param name="IsExtSharedChannel">True where it happened in a channel shared with another organisation.</param>
/// <param name="ContextTeamId">The workspace through which it is seen.</param>
/// <param name="ContextEnterpriseId">The organisation through which it is seen.</param>
/// <param name="Challenge">Of url_verification: to be sent back.</param>
/// <param name="MinuteRateLimited">Of app_rate_limited: seconds since 1970 of the minute in which events were dropped.</param>
public sealed record EventEnvelope(
    string Type,
    string? TeamId = null,
    string? EnterpriseId = null,
    string? ApiAppId = null,
    JsonElement? Event = null,
    string? EventId = null,
    long EventTime = 0,
    IReadOnlyList<Authorization>? Authorizations = null,
    bool IsExtSharedChannel = false,
    string? ContextTeamId = null,
    string? ContextEnterpriseId = null,
    string? Challenge = null,
    long MinuteRateLimited = 0
)
{
    public string Type { get; init; } = Type ?? "";

    /// <summary>Such as "message"; empty where there is none.</summary>
    public string EventType => (Event is { } data ? SlackJson.Text(data, "type") : null) ?? "";

    /// <summary>The workspace whose token is to be used: that of the install that sees the event.</summary>
    public string? InstallTeamId =>
        Authorizations is [{ TeamId: { Length: > 0 } team }, ..] ? team : ContextTeamId ?? TeamId;

    /// <summary>The event as one of the records of this folder.</summary>
    /// <returns>Null where there is none or it has another shape.</returns>
    public T? Read<T>()
        where T : class => Event is { } data ? SlackJson.Read<T>(data) : null;
}

/// <param name="EnterpriseId">The organisation; null for none.</param>
/// <param name="TeamId">The workspace; null for an organisation's install.</param>
/// <param name="UserId">The account that installed, or the bot's.</param>
/// <param name="IsBot">True where it is the bot's.</param>
/// <param name="IsEnterpriseInstall">True where it is for a whole organisation.</param>
public sealed record Authorization(
    string? EnterpriseId = null,
    string? TeamId = null,
    string? UserId = null,
    bool IsBot = false,
    bool IsEnterpriseInstall = false
);
