using System.Net.Http.Headers;
using NewsBot.Clients.Http;
using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>Sends a call when limits allow, and again where that is safe and worth it.</summary>
internal sealed class WebSender(SlackWebApiOptions options, WebPlan plan, HttpClient http, TimeProvider time)
    : IDisposable
{
    // More would hold the caller up for longer than Slack's own short outages last.
    private const int MaxRetries = 3;

    // A call that is refused this often runs into limits that others use up.
    private const int MaxRefusals = 5;

    // All calls are limited by plan; this only is the table's own limit, under which none of them falls.
    private const int NoLimit = int.MaxValue;

    // Histories of limited apps wait a minute each; whatever is held up longer had better be asked for again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    // Limited apps are refused for most of a minute at a time, and after very few calls.
    private static readonly TimeSpan LimitedHistoryWait = TimeSpan.FromSeconds(20);
    private const int LimitedHistoryCalls = 10;

    private readonly RateLimiter _limiter = new(new LimitTable(NoLimit, plan.For), LongestWait, time);
    private volatile string? _token = options.Token;
    private volatile SlackException? _dead;

    public string? Token => _token;

    public void Dispose() => _limiter.Dispose();

    /// <summary>Goes on with another token for the same install.</summary>
    public void Renew(string token)
    {
        _token = token;
        _dead = null;
    }

    public TimeSpan WaitFor(string method, string channel) => _limiter.WaitFor(Kind(method, channel));

    public int Left(string method) => _limiter.PlannedLeft(Kind(method, ""));

    /// <returns>A proper answer; null where a repeated call shows that an earlier try already did it all.</returns>
    /// <exception cref="SlackException">Slack refused, or did not answer.</exception>
    public async Task<HttpAnswer?> SendAsync(WebCall call, CancellationToken cancellationToken)
    {
        CallTicket? refused = null;
        var retries = 0;
        var refusals = 0;
        var mayBeDone = false;
        while (true)
        {
            var ticket = await TakeAsync(call, refused, mayBeDone, cancellationToken);
            refused = null;
            var attempt = await TryAsync(call, ticket, cancellationToken);
            if (attempt.Answer is not { } answer)
            {
                mayBeDone |= attempt.MayBeDone;
                if (!MayRepeat(call, attempt.MayBeDone) || retries++ >= MaxRetries)
                {
                    throw Failed(call, attempt.Failure, mayBeDone);
                }

                await BackOffAsync(retries, null, cancellationToken);
                continue;
            }

            var reply = attempt.Reply!;
            if (reply.Ok is true && answer.IsSuccess)
            {
                return answer;
            }

            if (WebRefusals.IsLimit(answer, reply))
            {
                if (++refusals > MaxRefusals || WebRefusals.Wait(answer.Headers) > LongestWait)
                {
                    throw WebRefusals.Make(call, answer, reply, mayBeDone);
                }

                refused = ticket;
            }
            else if (IsOutage(answer, reply))
            {
                mayBeDone = true;
                if (!MayRepeat(call, true) || retries++ >= MaxRetries)
                {
                    throw WebRefusals.Make(call, answer, reply, isOutcomeUnknown: true);
                }

                await BackOffAsync(retries, WebRefusals.RetryAfter(answer.Headers), cancellationToken);
            }
            else
            {
                return mayBeDone && call.DoneCode is { } done && reply.Error == done
                    ? null
                    : throw Refused(call, answer, reply, attempt.Token);
            }
        }
    }

    private static bool MayRepeat(WebCall call, bool mayBeDone) => call.IsRepeatable || call.IsRead || !mayBeDone;

    private static bool IsOutage(HttpAnswer answer, WebReply reply) =>
        SlackErrors.MayBeDone(reply.Error)
        || (reply.Error.Length == 0 && ((int)answer.Status >= 500 || (answer.IsSuccess && reply.Ok is null)));

    private static CallOutcome OutcomeOf(HttpAnswer answer, WebReply reply) =>
        WebRefusals.IsLimit(answer, reply) ? CallOutcome.Limited
        : reply.Ok is true && answer.IsSuccess ? CallOutcome.Ok
        : IsOutage(answer, reply) ? CallOutcome.Broken
        : CallOutcome.Refused;

    private SlackException Refused(WebCall call, HttpAnswer answer, WebReply reply, string? token)
    {
        var error = WebRefusals.Make(call, answer, reply, isOutcomeUnknown: false);

        // A call that was on its way while the token was renewed says nothing of the new one.
        if (error.IsInstallDead && call.IsAuthorized && token == _token)
        {
            // Those that wait for their turn would only be told the same, one by one.
            _dead = error;
            _limiter.Pause(TimeSpan.Zero, error.Message);
        }

        return error;
    }

    private async Task<CallTicket> TakeAsync(
        WebCall call,
        CallTicket? refused,
        bool mayBeDone,
        CancellationToken cancellationToken
    )
    {
        ThrowIfDead(call);
        try
        {
            var began = time.GetTimestamp();
            var ticket = await _limiter.TakeAsync(call.Kind, refused, cancellationToken);
            options.Meter?.Waited(time.GetElapsedTime(began));
            return ticket;
        }
        catch (CallsStoppedException stop)
        {
            ThrowIfDead(call);
            throw Failed(call, stop.Message.TrimEnd('.'), mayBeDone, stop.RetryAfter);
        }
    }

    private void ThrowIfDead(WebCall call)
    {
        if (call.IsAuthorized && _dead is { } dead)
        {
            throw new SlackException(dead.Status, dead.Code, $"Slack refuses the token: {dead.Code} ({call.Method}).")
            {
                Method = call.Method,
            };
        }
    }

    /// <summary>Sends once and tells the limiter how it went, whatever happens.</summary>
    private async Task<Attempt> TryAsync(WebCall call, CallTicket ticket, CancellationToken cancellationToken)
    {
        var signal = LimitSignal.None;
        var token = _token;
        CallOutcome? outcome = null;
        using var late = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var answer = await ExchangeAsync(call, token, either.Token);
            var reply = WebReply.Read(answer.Body, token);
            outcome = OutcomeOf(answer, reply);
            if (WebRefusals.IsLimit(answer, reply))
            {
                var wait = WebRefusals.Wait(answer.Headers);
                NoticeLimitedHistory(call, wait);
                var refusal = new LimitRefusal(LimitScope.User, wait) { Planned = plan.Shared(call.Method, wait) };
                signal = new LimitSignal { Refusal = refusal };
            }

            return new Attempt(answer, reply, "", true) { Token = token };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Attempt(null, null, "Slack did not answer in time", true);
        }
        catch (HttpRequestException error)
        {
            var words = HttpFailures.Words("Slack", error.HttpRequestError);
            return new Attempt(null, null, words, !HttpFailures.WasNeverSent(error.HttpRequestError));
        }
        catch (IOException)
        {
            return new Attempt(null, null, "The connection to Slack broke", true);
        }
        finally
        {
            _limiter.End(ticket, signal, isInvalid: false);
            // A call that we gave up says nothing of Slack.
            if (outcome is not null || !cancellationToken.IsCancellationRequested)
            {
                options.Meter?.Ended(outcome ?? CallOutcome.NoAnswer);
            }
        }
    }

    private void NoticeLimitedHistory(WebCall call, TimeSpan wait)
    {
        if (WebPlan.IsHistory(call.Method) && wait >= LimitedHistoryWait)
        {
            var used = options.Pace.Tier3PerMinute - _limiter.PlannedLeft(call.Kind);
            if (used <= LimitedHistoryCalls)
            {
                plan.LimitHistory();
            }
        }
    }

    private async Task<HttpAnswer> ExchangeAsync(WebCall call, string? token, CancellationToken cancellationToken)
    {
        var url = new Uri(options.BaseUrl, call.Method);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = call.Form.Make() };
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        if (call.IsAuthorized && token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.RequestMessage?.RequestUri is { } answered && answered != url)
        {
            throw Failed(call, "Slack's answer came from another address; redirects must be off", true);
        }

        var isSuccess = response.IsSuccessStatusCode;
        var maxBytes = isSuccess ? HttpAnswer.MaxBodyBytes : HttpAnswer.MaxErrorBytes;
        var body = await HttpAnswer.ReadAsync(response.Content, maxBytes, mayCut: !isSuccess, cancellationToken);
        return body is { } read
            ? new HttpAnswer(response.StatusCode, response.Headers, read)
            : throw Failed(call, "Slack's answer is longer than 25 MiB", true);
    }

    private Task BackOffAsync(int retry, TimeSpan? asked, CancellationToken cancellationToken) =>
        Task.Delay(BackOff.After(retry, asked, BackOff.Spread(time)), time, cancellationToken);

    private static CallKind Kind(string method, string channel) =>
        new WebCall(method, new WebForm()) { Channel = channel }.Kind;

    private static SlackException Failed(
        WebCall call,
        string reason,
        bool isOutcomeUnknown,
        TimeSpan? retryAfter = null
    ) =>
        new(null, "", $"{reason} ({call.Method}).")
        {
            Method = call.Method,
            IsOutcomeUnknown = isOutcomeUnknown && !call.IsRead,
            RetryAfter = retryAfter,
        };

    /// <param name="Answer">Null where none came.</param>
    /// <param name="Reply">The same, read.</param>
    /// <param name="Failure">Why, in words.</param>
    /// <param name="MayBeDone">Whether Slack may have got the call.</param>
    private sealed record Attempt(HttpAnswer? Answer, WebReply? Reply, string Failure, bool MayBeDone)
    {
        /// <summary>What it was made with. A secret.</summary>
        public string? Token { get; init; }
    }
}
