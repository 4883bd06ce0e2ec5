using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using NewsBot.Clients.Http;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>Turns a refusal into an exception. Nothing but Slack's own short words gets into it: no page, no token, no text.</summary>
internal static class WebRefusals
{
    // Slack always says how long to wait; where it does not, this is long enough to be polite.
    private static readonly TimeSpan Unsaid = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <param name="call">What was asked.</param>
    /// <param name="answer">How it was refused.</param>
    /// <param name="reply">The same, read.</param>
    /// <param name="isOutcomeUnknown">Whether it may have had its effect nevertheless.</param>
    public static SlackException Make(WebCall call, HttpAnswer answer, WebReply reply, bool isOutcomeUnknown)
    {
        var status = (int)answer.Status;
        var words =
            reply.Error.Length > 0 ? Words(reply)
            : status is >= 300 and < 400 ? "Slack's answer is a redirect, and none is followed"
            : reply.Ok is null ? "Slack's answer is not one of its API"
            : "Slack refused without a reason";
        var number = answer.Status == HttpStatusCode.OK ? "" : $": {status}";
        return new SlackException(answer.Status, reply.Error, $"{words} ({call.Method}{number}).")
        {
            Method = call.Method,
            Needed = reply.Needed,
            Provided = reply.Provided,
            Messages = reply.Messages,
            RetryAfter = IsLimit(answer, reply) ? Wait(answer.Headers) : RetryAfter(answer.Headers),
            IsOutcomeUnknown = isOutcomeUnknown && !call.IsRead,
        };
    }

    public static bool IsLimit(HttpAnswer answer, WebReply reply) =>
        answer.Status == HttpStatusCode.TooManyRequests || SlackErrors.Kind(reply.Error) == SlackErrorKind.RateLimited;

    /// <summary>The wait that a refusal for a limit asks for.</summary>
    public static TimeSpan Wait(HttpResponseHeaders headers) => RetryAfter(headers) ?? Unsaid;

    public static TimeSpan? RetryAfter(HttpResponseHeaders headers) =>
        headers.TryGetValues("Retry-After", out var values)
        && double.TryParse(
            values.FirstOrDefault(),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var seconds
        )
        // Not a number is one, too.
        && seconds >= 0
            ? seconds >= Longest.TotalSeconds
                ? Longest
                : TimeSpan.FromSeconds(seconds)
            : null;

    private static string Words(WebReply reply)
    {
        var scopes = reply.Needed is null ? "" : $", needs {reply.Needed}";
        var first = reply.Messages.Count == 0 ? "" : $"; {reply.Messages[0]}";
        return $"Slack refuses: {reply.Error}{scopes}{first}";
    }
}
