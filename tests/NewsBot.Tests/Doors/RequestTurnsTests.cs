using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Web.Security;

namespace NewsBot.Tests.Doors;

/// <summary>Who has a turn, who waits for one and who is told to come back.</summary>
public sealed class RequestTurnsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ManualResetEventSlim _gate = new();
    private int _running;
    private int _most;
    private int _begun;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task However_many_ask_only_so_many_hold_a_thread()
    {
        var turns = new RequestTurns(HoldAsync, _time, 2);

        var asked = Enumerable.Range(0, 20).Select(client => turns.InvokeAsync(From(client))).ToList();
        await UntilBegunAsync(2);
        _gate.Set();
        await Task.WhenAll(asked);

        Assert.Equal(2, _most);
        Assert.Equal(20, _begun);
    }

    [Fact]
    public async Task A_request_that_waits_for_something_holds_no_thread()
    {
        var body = new TaskCompletionSource();
        var turns = new RequestTurns(
            context => context.Request.Path == "/slow" ? body.Task : Task.CompletedTask,
            _time,
            1
        );

        var slow = Enumerable.Range(0, 50).Select(client => turns.InvokeAsync(From(client, "/slow"))).ToList();
        await turns.InvokeAsync(From(99));

        Assert.All(slow, one => Assert.False(one.IsCompleted));
        body.SetResult();
        await Task.WhenAll(slow);
    }

    [Fact]
    public async Task A_burst_is_answered_and_a_queue_that_stands_is_not_added_to()
    {
        var turns = new RequestTurns(HoldAsync, _time, 1);
        var burst = Enumerable.Range(0, 200).Select(client => (Context: From(client), client)).ToList();

        var answers = burst.Select(one => turns.InvokeAsync(one.Context)).ToList();
        _time.Advance(RequestTurns.Standing * 2);
        var late = From(1_000);
        await turns.InvokeAsync(late);
        _gate.Set();
        await Task.WhenAll(answers);
        var later = From(1_001);
        await turns.InvokeAsync(later);

        Assert.All(burst, one => Assert.Equal(StatusCodes.Status200OK, one.Context.Response.StatusCode));
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, late.Response.StatusCode);
        Assert.Equal("2", late.Response.Headers.RetryAfter.ToString());
        Assert.Equal(StatusCodes.Status200OK, later.Response.StatusCode);
        Assert.Equal(201, _begun);
    }

    [Fact]
    public async Task A_few_who_ask_for_much_leave_room_for_others()
    {
        var turns = new RequestTurns(HoldAsync, _time, 1);
        var greedy = Enumerable.Range(0, 20).Select(_ => turns.InvokeAsync(From(7))).ToList();
        _time.Advance(RequestTurns.Standing * 2);

        var more = From(7);
        await turns.InvokeAsync(more);
        var other = From(8);
        var answer = turns.InvokeAsync(other);
        _gate.Set();
        await Task.WhenAll([.. greedy, answer]);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, more.Response.StatusCode);
        Assert.Equal(StatusCodes.Status200OK, other.Response.StatusCode);
        Assert.Equal(21, _begun);
    }

    [Fact]
    public async Task What_platforms_sign_and_the_question_whether_all_is_well_are_never_refused()
    {
        var turns = new RequestTurns(HoldAsync, _time, 1);
        var crowd = Enumerable
            .Range(0, RequestTurns.MostWaiting + 2)
            .Select(client => turns.InvokeAsync(From(client)))
            .ToList();
        _time.Advance(RequestTurns.Standing * 2);
        var signed = From(500, "/slack/events");
        signed.SetEndpoint(
            new Endpoint(null, new EndpointMetadataCollection(new DisableRateLimitingAttribute()), null)
        );
        HttpContext[] always = [signed, From(501, "/healthz"), From(502, "/readyz")];
        var refused = From(503, "/about");

        var answers = always.Select(turns.InvokeAsync).ToList();
        await turns.InvokeAsync(refused);
        _gate.Set();
        await Task.WhenAll([.. crowd, .. answers]);

        Assert.All(always, one => Assert.Equal(StatusCodes.Status200OK, one.Response.StatusCode));
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, refused.Response.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_done_for_whoever_has_left_meanwhile()
    {
        var turns = new RequestTurns(HoldAsync, _time, 1);
        using var left = new CancellationTokenSource();
        var first = turns.InvokeAsync(From(1));
        await UntilBegunAsync(1);
        var impatient = From(2);
        impatient.RequestAborted = left.Token;

        var second = turns.InvokeAsync(impatient);
        await left.CancelAsync();
        _gate.Set();
        await Task.WhenAll(first, second);

        Assert.Equal(1, _begun);
    }

    // Holds its thread, as whatever computes does.
    private Task HoldAsync(HttpContext context)
    {
        var now = Interlocked.Increment(ref _running);
        InterlockedMax(ref _most, now);
        Interlocked.Increment(ref _begun);
        _gate.Wait(Stop);
        Interlocked.Decrement(ref _running);
        return Task.CompletedTask;
    }

    private async Task UntilBegunAsync(int count)
    {
        while (Volatile.Read(ref _begun) < count)
        {
            await Task.Yield();
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private static DefaultHttpContext From(int client, string path = "/")
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = new IPAddress([198, 51, (byte)(client / 250), (byte)(client % 250)]);
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = path;
        context.Request.Headers.Accept = "text/html";
        return context;
    }
}
