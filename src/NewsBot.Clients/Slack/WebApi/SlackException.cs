using System.Net;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>Slack refused a call, or did not answer it.</summary>
/// <param name="status">HTTP status; null where no answer came. Most refusals are 200.</param>
/// <param name="code">Slack's own word, such as not_in_channel; empty where it sent none.</param>
/// <param name="message">One English sentence without secrets.</param>
public sealed class SlackException(HttpStatusCode? status, string code, string message) : Exception(message)
{
    public HttpStatusCode? Status { get; } = status;

    public string Code { get; } = code;

    public SlackErrorKind Kind { get; } = SlackErrors.Kind(code);

    /// <summary>The method called; empty where it was none.</summary>
    public string Method { get; init; } = "";

    /// <summary>Of missing_scope: what would be needed, joined by commas; null where it was not told.</summary>
    public string? Needed { get; init; }

    /// <summary>Of missing_scope: what the token has, joined by commas; null where it was not told.</summary>
    public string? Provided { get; init; }

    /// <summary>Slack's explanations, such as which block is wrong; at most ten.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>How long to wait; null where it is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True where the call may have had its effect although no answer says so (time-out, 5xx, broken connection).</summary>
    public bool IsOutcomeUnknown { get; init; }

    public bool IsInstallDead => Kind == SlackErrorKind.InstallDead;

    public bool IsMissingScope => Kind == SlackErrorKind.MissingScope;

    public bool IsTargetGone => Kind == SlackErrorKind.TargetGone;
}
