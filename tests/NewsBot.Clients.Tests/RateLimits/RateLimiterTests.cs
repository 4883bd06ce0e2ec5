using Microsoft.Extensions.Time.Testing;
using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Tests.RateLimits;

public sealed class RateLimiterTests : IDisposable
{
    private static readonly LimitSignal Plain = new() { IsAnswer = true };

    private readonly FakeTimeProvider _clock = new();
    private readonly RateLimiter _limiter;

    public RateLimiterTests() => _limiter = new RateLimiter(new LimitTable(50), TimeSpan.FromMinutes(10), _clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public async Task A_waiting_call_goes_as_soon_as_its_window_ends()
    {
        _limiter.End(await TakeAsync(), Headers(0, 2), isInvalid: false);

        var waiting = TakeAsync();
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(waiting.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(0.2));
        await waiting;
    }

    [Fact]
    public async Task A_place_that_is_given_up_passes_to_the_next()
    {
        var probe = await TakeAsync();
        using var cancel = new CancellationTokenSource();
        var first = _limiter.TakeAsync(Kind(), null, cancel.Token);
        var second = TakeAsync();

        await cancel.CancelAsync();
        _limiter.End(probe, Headers(1, 60), isInvalid: false);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await second;
    }

    [Fact]
    public async Task A_call_that_was_refused_goes_before_those_that_asked_later()
    {
        var first = await TakeAsync();
        var later = TakeAsync();
        var refusal = Headers(0, 1) with
        {
            Limit = 1,
            Refusal = new LimitRefusal(LimitScope.User, TimeSpan.FromSeconds(1)),
        };
        _limiter.End(first, refusal, isInvalid: true);

        var again = _limiter.TakeAsync(Kind(), first, Cancel);
        _clock.Advance(TimeSpan.FromSeconds(1.1));

        Assert.Equal(first.Sequence, (await again).Sequence);
        Assert.False(later.IsCompleted);
    }

    [Fact]
    public async Task Too_many_refusals_stop_every_call_until_they_are_ten_minutes_old()
    {
        var answer = new CallKind("POST /answers", "") { IsOutsideGlobal = true, HasNoBucket = true };
        for (var call = 0; call < RefusalBrake.StopFrom; call++)
        {
            _limiter.End(await _limiter.TakeAsync(answer, null, Cancel), Plain, isInvalid: true);
        }

        var error = await Assert.ThrowsAsync<CallsStoppedException>(TakeAsync);
        Assert.Contains("shut out", error.Message);

        Assert.Equal(TimeSpan.FromMinutes(10), error.RetryAfter);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await TakeAsync();
    }

    [Fact]
    public async Task Who_waits_is_failed_when_everything_stops()
    {
        _limiter.End(await TakeAsync(), Headers(0, 60), isInvalid: false);
        var waiting = TakeAsync();

        _limiter.Stop("The token is wrong.");

        Assert.Equal("The token is wrong.", (await Assert.ThrowsAsync<CallsStoppedException>(() => waiting)).Message);
        Assert.Equal("The token is wrong.", (await Assert.ThrowsAsync<CallsStoppedException>(TakeAsync)).Message);
    }

    [Fact]
    public async Task Who_would_wait_for_longer_than_it_is_worth_is_failed_at_once()
    {
        var probe = await TakeAsync();
        var waiting = TakeAsync();

        _limiter.End(probe, Headers(0, 3_600), isInvalid: false);

        var error = await Assert.ThrowsAsync<CallsStoppedException>(() => waiting);
        Assert.InRange(error.RetryAfter!.Value, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(61));
        await Assert.ThrowsAsync<CallsStoppedException>(TakeAsync);
    }

    [Fact]
    public async Task Only_so_many_calls_may_wait()
    {
        _limiter.End(await TakeAsync(), Headers(0, 60), isInvalid: false);
        for (var call = 0; call < 10_000; call++)
        {
            Assert.False(TakeAsync().IsCompleted);
        }

        var error = await Assert.ThrowsAsync<CallsStoppedException>(TakeAsync);

        Assert.Contains("10,000", error.Message);
    }

    private static CallKind Kind() => new("GET /things", "");

    private static LimitSignal Headers(int remaining, double resetAfter) =>
        new()
        {
            IsAnswer = true,
            Bucket = "b",
            Limit = 5,
            Remaining = remaining,
            ResetAfter = TimeSpan.FromSeconds(resetAfter),
        };

    private Task<CallTicket> TakeAsync() => _limiter.TakeAsync(Kind(), null, Cancel);
}
