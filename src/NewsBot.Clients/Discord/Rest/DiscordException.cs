using System.Net;

namespace NewsBot.Clients.Discord.Rest;

/// <summary>Discord refused a call, or did not answer it.</summary>
/// <param name="status">HTTP status; null where no answer came.</param>
/// <param name="code">Discord's own error code; 0 where it sent none. Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json</param>
/// <param name="message">Discord's explanation in English, without secrets.</param>
public sealed class DiscordException(HttpStatusCode? status, int code, string message) : Exception(message)
{
    public HttpStatusCode? Status { get; } = status;

    public int Code { get; } = code;

    /// <summary>Path of a field, such as "components[0].label", and what is wrong with it.</summary>
    public IReadOnlyDictionary<string, string> FieldErrors { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long Discord asked to wait; null where it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True where the call may have had its effect although no answer says so (time-out, 5xx, broken connection).</summary>
    public bool IsOutcomeUnknown { get; init; }
}
