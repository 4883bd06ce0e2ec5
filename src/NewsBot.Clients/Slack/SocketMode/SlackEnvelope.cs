namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>
/// What Slack sends over a socket. It may come more than once, with another id.
/// Source: https://docs.slack.dev/apis/events-api/using-socket-mode
/// </summary>
/// <param name="Id">Names this delivery.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">UTF-8 JSON, valid, an object and in memory of its own: see the records in Objects.</param>
/// <param name="AcceptsPayload">Whether the acknowledgement may carry an answer.</param>
/// <param name="RetryAttempt">0 for the first delivery.</param>
/// <param name="RetryReason">Why it comes again; null for the first delivery.</param>
public sealed record SlackEnvelope(
    string Id,
    SlackEnvelopeKind Kind,
    ReadOnlyMemory<byte> Payload,
    bool AcceptsPayload,
    int RetryAttempt,
    string? RetryReason
)
{
    /// <summary>Without the payload.</summary>
    public override string ToString() => $"{Kind} {Id}";
}

public enum SlackEnvelopeKind
{
    /// <summary>An <see cref="Objects.EventEnvelope"/>.</summary>
    Event,

    /// <summary>An <see cref="Objects.Interaction"/>.</summary>
    Interaction,

    /// <summary>A <see cref="Objects.SlashCommand"/>.</summary>
    Command,
}
