using NewsBot.Clients.Http;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>
/// The methods of Slack's Web API that the bot calls, with the token of one install: its limits are counted here. Waits
/// for limits by itself; tries again only what cannot happen twice. Every call throws <see cref="SlackException"/> where
/// Slack refuses or does not answer. After Slack has refused the token, every call that needs it fails at once until
/// <see cref="Renew"/>. Source: https://docs.slack.dev/apis/web-api
/// </summary>
public sealed partial class SlackWebApi : IDisposable
{
    private readonly SlackWebApiOptions _options;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly WebPlan _plan;
    private readonly WebSender _sender;

    /// <param name="options">Where and as whom.</param>
    /// <param name="http">Sends; its time-out and base address are not used. Owned by the caller. Its handler should be
    /// like <see cref="CreateHandler"/>: redirects off, no cookies.</param>
    /// <param name="time">For rate limits and time-outs.</param>
    /// <exception cref="ArgumentException">The address is neither https nor on this machine, or the token is no token.</exception>
    public SlackWebApi(SlackWebApiOptions options, HttpClient http, TimeProvider time)
    {
        if (!HttpRules.Allows(options.BaseUrl) || !options.BaseUrl.AbsolutePath.EndsWith('/'))
        {
            throw new ArgumentException(
                "Slack is spoken to over https, at an address that ends with a slash; plain http is for this machine only.",
                nameof(options)
            );
        }

        if (options.Token is not null)
        {
            CheckToken(options.Token);
        }

        _options = options;
        _http = http;
        _time = time;
        _plan = new WebPlan(options.Pace, options.History);
        _sender = new WebSender(options, _plan, http, time);
    }

    /// <summary>True where histories are limited to one call a minute and 15 messages.</summary>
    public bool IsHistoryLimited => _plan.IsHistoryLimited;

    /// <summary>Changes of messages that may be made at once; all of an install's channels share them.</summary>
    public int UpdatesLeft => _sender.Left(WebMethods.Update);

    /// <summary>A handler as these calls need it: no redirects, no cookies, and addresses looked up again now and then.</summary>
    public static SocketsHttpHandler CreateHandler() => HttpRules.CreateHandler();

    /// <summary>Goes on with another token of the same install, such as a renewed one. Limits stay counted.</summary>
    /// <exception cref="ArgumentException">It is no token.</exception>
    public void Renew(string token)
    {
        CheckToken(token);
        _sender.Renew(token);
    }

    /// <summary>How long a call would wait for limits if it were made now; zero for not.</summary>
    /// <param name="method">One of <see cref="WebMethods"/>.</param>
    /// <param name="channel">Where to, for posting.</param>
    public TimeSpan WaitFor(string method, string channel = "") =>
        _sender.WaitFor(method, method == WebMethods.PostMessage ? channel : "");

    public void Dispose() => _sender.Dispose();

    private async Task<T> CallAsync<T>(WebCall call, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await _sender.SendAsync(call, cancellationToken);
        return Read<T>(call, answer);
    }

    private Task CallAsync(WebCall call, CancellationToken cancellationToken) =>
        _sender.SendAsync(call, cancellationToken);

    private static T Read<T>(WebCall call, HttpAnswer? answer)
        where T : class =>
        (answer is null ? null : SlackJson.Read<T>(answer.Body.Span)) ?? throw NotAsDocumented(call, answer);

    private static SlackException NotAsDocumented(WebCall call, HttpAnswer? answer) =>
        // What it was is left out: it may quote what somebody wrote.
        new(answer?.Status, "", $"Slack's answer is not as documented ({call.Method}).")
        {
            Method = call.Method,
            IsOutcomeUnknown = !call.IsRead,
        };

    private static T Required<T>(WebCall call, T? value)
        where T : class => value ?? throw NotAsDocumented(call, null);

    private static WebCall Reading(string method, WebForm form) => new(method, form) { IsRead = true };

    private static void CheckToken(string token)
    {
        if (!HttpRules.IsToken(token))
        {
            throw new ArgumentException("The token is empty or has characters that no token has.", nameof(token));
        }
    }

    /// <summary>The part of every page that leads to the next one.</summary>
    private sealed record PageEnd(string? NextCursor = null);
}
