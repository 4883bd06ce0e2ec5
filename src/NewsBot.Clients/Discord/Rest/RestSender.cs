using System.Net;
using System.Net.Http.Headers;
using NewsBot.Clients.Http;
using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Discord.Rest;

/// <summary>Sends a call when limits allow, and again where that is safe and worth it.</summary>
internal sealed class RestSender(DiscordRestOptions options, HttpClient http, TimeProvider time) : IDisposable
{
    // "All bots can make up to 50 requests per second." https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
    private const int CallsPerSecond = 50;

    // More would hold the caller up for longer than Discord's own short outages last.
    private const int MaxRetries = 3;

    // A call that is refused this often runs into limits that others use up.
    private const int MaxRefusals = 5;

    private const string Guarded =
        "Discord's guard (Cloudflare) refuses this address, most often for too many wrong calls or a wrong User-Agent. "
        + "Nothing is sent for a while";

    // The longest wait that Discord is known to ask for: renaming a channel a third time within ten minutes.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    // Shut-outs last for up to an hour; asking during one makes it longer.
    private static readonly TimeSpan GuardPause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ShortestGuardPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestGuardPause = TimeSpan.FromHours(1);

    private readonly RateLimiter _limiter = new(new LimitTable(CallsPerSecond), LongestWait, time);
    private readonly RestErrors _errors = new(options.Token);
    private readonly string _base = options.BaseUrl.AbsoluteUri.TrimEnd('/');

    public void Dispose() => _limiter.Dispose();

    public RateBudget? Budget(HttpMethod method, string template, string major) =>
        _limiter.Peek($"{method} {template}", major) is var (limit, left, resetAfter)
            ? new RateBudget(limit, left, resetAfter)
            : null;

    /// <returns>A proper answer; null where a repeated call shows that an earlier try already did it all.</returns>
    /// <exception cref="DiscordException">Discord refused, or did not answer.</exception>
    public async Task<HttpAnswer?> SendAsync(RestCall call, CancellationToken cancellationToken)
    {
        call.Body?.Check();
        if (call.Deadline is not { } deadline)
        {
            return await RunAsync(call, cancellationToken);
        }

        using var late = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await RunAsync(call, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(call, $"There was no answer within {deadline.TotalSeconds} s", isOutcomeUnknown: true);
        }
    }

    private async Task<HttpAnswer?> RunAsync(RestCall call, CancellationToken cancellationToken)
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
            }
            else if (answer.IsSuccess)
            {
                return answer;
            }
            else if (answer.Status == HttpStatusCode.TooManyRequests)
            {
                if (++refusals > MaxRefusals || attempt.RetryAfter > LongestWait)
                {
                    throw _errors.Read(call, answer, mayBeDone, attempt.RetryAfter);
                }

                refused = ticket;
            }
            else if ((int)answer.Status >= 500)
            {
                mayBeDone = true;
                if (!MayRepeat(call, true) || retries++ >= MaxRetries)
                {
                    throw _errors.Read(call, answer, isOutcomeUnknown: call.Method != HttpMethod.Get);
                }

                await BackOffAsync(retries, RestLimits.RetryAfter(answer.Headers), cancellationToken);
            }
            else
            {
                var error = _errors.Read(call, answer, isOutcomeUnknown: false);
                return mayBeDone && call.DoneCode != 0 && error.Code == call.DoneCode ? null : throw error;
            }
        }
    }

    private static bool MayRepeat(RestCall call, bool mayBeDone) => call.IsRepeatable || !mayBeDone;

    private async Task<CallTicket> TakeAsync(
        RestCall call,
        CallTicket? refused,
        bool mayBeDone,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var began = time.GetTimestamp();
            var ticket = await _limiter.TakeAsync(call.Kind, refused, cancellationToken);
            options.Meter?.Waited(time.GetElapsedTime(began));
            return ticket;
        }
        catch (CallsStoppedException stop)
        {
            throw Failed(call, stop.Message.TrimEnd('.'), mayBeDone, stop.RetryAfter);
        }
    }

    /// <summary>Sends once and tells the limiter how it went, whatever happens.</summary>
    private async Task<Attempt> TryAsync(RestCall call, CallTicket ticket, CancellationToken cancellationToken)
    {
        var signal = LimitSignal.None;
        var isInvalid = false;
        HttpStatusCode? status = null;
        using var late = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var answer = await ExchangeAsync(call, either.Token);
            status = answer.Status;
            var read = RestLimits.Read(answer);
            signal = read ?? LimitSignal.None;
            isInvalid = IsInvalid(answer.Status, signal);
            if (read is null)
            {
                PauseForGuard(call, answer);
            }

            if (signal.Refusal is { Scope: LimitScope.Global } refusal && refusal.RetryAfter > LongestWait)
            {
                _limiter.Pause(refusal.RetryAfter, "Discord takes no calls of this bot for a long time.");
            }

            if (answer.Status == HttpStatusCode.Unauthorized && call.IsAuthorized)
            {
                _limiter.Stop(RestErrors.TokenIsWrong);
            }

            return new Attempt(answer, "", true) { RetryAfter = signal.Refusal?.RetryAfter };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Attempt(null, "Discord did not answer in time", true);
        }
        catch (HttpRequestException error)
        {
            return new Attempt(
                null,
                HttpFailures.Words("Discord", error.HttpRequestError),
                !HttpFailures.WasNeverSent(error.HttpRequestError)
            );
        }
        catch (IOException)
        {
            return new Attempt(null, "The connection to Discord broke", true);
        }
        finally
        {
            _limiter.End(ticket, signal, isInvalid);
            // A call that we gave up says nothing of Discord.
            if (status is not null || !cancellationToken.IsCancellationRequested)
            {
                options.Meter?.Ended(CallMeter.OutcomeOf(status));
            }
        }
    }

    private async Task<HttpAnswer> ExchangeAsync(RestCall call, CancellationToken cancellationToken)
    {
        var url = new Uri(_base + call.Path);
        using var request = new HttpRequestMessage(call.Method, url) { Content = call.Body?.Make() };
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        if (call.IsAuthorized)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bot", options.Token);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.RequestMessage?.RequestUri is { } answered && answered != url)
        {
            throw Failed(
                call,
                "Discord's answer came from another address; redirects must be off",
                call.Method != HttpMethod.Get
            );
        }

        var isSuccess = response.IsSuccessStatusCode;
        var maxBytes = isSuccess ? HttpAnswer.MaxBodyBytes : HttpAnswer.MaxErrorBytes;
        var body = await HttpAnswer.ReadAsync(response.Content, maxBytes, mayCut: !isSuccess, cancellationToken);
        return body is { } read
            ? new HttpAnswer(response.StatusCode, response.Headers, read)
            : throw Failed(call, "Discord's answer is longer than 25 MiB", call.Method != HttpMethod.Get);
    }

    private void PauseForGuard(RestCall call, HttpAnswer answer)
    {
        var asked = RestLimits.RetryAfter(answer.Headers) ?? GuardPause;
        var pause = TimeSpan.FromTicks(Math.Clamp(asked.Ticks, ShortestGuardPause.Ticks, LongestGuardPause.Ticks));
        _limiter.Pause(pause, Guarded + ".");
        throw new DiscordException(answer.Status, 0, $"{Guarded} ({call.Route}: 429).") { RetryAfter = pause };
    }

    private static bool IsInvalid(HttpStatusCode status, LimitSignal signal) =>
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || (status == HttpStatusCode.TooManyRequests && signal.Refusal?.Scope != LimitScope.Shared);

    private Task BackOffAsync(int retry, TimeSpan? asked, CancellationToken cancellationToken) =>
        Task.Delay(BackOff.After(retry, asked, BackOff.Spread(time)), time, cancellationToken);

    private static DiscordException Failed(
        RestCall call,
        string reason,
        bool isOutcomeUnknown,
        TimeSpan? retryAfter = null
    ) =>
        new(null, 0, $"{reason} ({call.Route}).")
        {
            IsOutcomeUnknown = isOutcomeUnknown && call.Method != HttpMethod.Get,
            RetryAfter = retryAfter,
        };

    /// <param name="Answer">Null where none came.</param>
    /// <param name="Failure">Why, in words.</param>
    /// <param name="MayBeDone">Whether Discord may have got the call.</param>
    private sealed record Attempt(HttpAnswer? Answer, string Failure, bool MayBeDone)
    {
        public TimeSpan? RetryAfter { get; init; }
    }
}
