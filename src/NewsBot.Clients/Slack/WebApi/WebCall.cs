using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>One call: which method, with what, and what may be done when it fails.</summary>
/// <param name="Method">Such as chat.postMessage.</param>
/// <param name="Form">Its arguments.</param>
internal sealed record WebCall(string Method, WebForm Form)
{
    /// <summary>The channel that is limited on its own; empty for none.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Doing it twice is like doing it once.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>It changes nothing, so its outcome never is unknown.</summary>
    public bool IsRead { get; init; }

    /// <summary>False where the arguments themselves say who calls.</summary>
    public bool IsAuthorized { get; init; } = true;

    /// <summary>The refusal of a repeated call that shows that an earlier one got through; null for none.</summary>
    public string? DoneCode { get; init; }

    public CallKind Kind => new(Method, Channel) { IsOutsideGlobal = true, HasNoBucket = true };

    public override string ToString() => Method;
}
