using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NewsBot.Testing.Servers.FakeSlack.Faults;
using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>Takes a call through everything before and after its method: faults, sign-in, scopes, limits, errors.</summary>
/// <param name="state">What the methods work on.</param>
/// <param name="options">Limits and clock.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="statistics">Counts it all.</param>
/// <param name="methods">All methods.</param>
internal sealed class MethodPipeline(
    FakeSlackState state,
    FakeSlackOptions options,
    FakeFaults faults,
    FakeStatistics statistics,
    IEnumerable<FakeMethod> methods
)
{
    private readonly Dictionary<string, FakeMethod> _methods = methods.ToDictionary(
        one => one.Name,
        StringComparer.Ordinal
    );

    private readonly FakeBuckets _buckets = new(options.Time);
    private readonly FakePaces _paces = new(options.Time);

    /// <summary>Forgets what was counted, and the blocks that faults have made.</summary>
    public void ClearLimits()
    {
        _buckets.Clear();
        _paces.Clear();
    }

    public async Task HandleAsync(HttpContext context, string name)
    {
        try
        {
            if (!_methods.TryGetValue(name, out var method))
            {
                throw new FakeApiException("unknown_method");
            }

            var body = await CallBody.ReadAsync(context.Request, context.RequestAborted);
            await CallAsync(context, method, body);
        }
        catch (FakeApiException error)
        {
            statistics.Failed(error.Code, name);
            await Answer.JsonAsync(context, 200, error.Body());
        }
    }

    private async Task CallAsync(HttpContext context, FakeMethod method, CallBody body)
    {
        var actor = method.For.Contains(ActorKind.Nobody)
            ? FakeActor.Nobody
            : state.Change(() => FakeActor.SignedIn(state, body.Token));
        if (actor.IsHuman)
        {
            await RunAsync(context, method, body, actor, null);
            return;
        }

        statistics.Called(method.Name);
        var fault = faults.TakeForCall(method.Name, body.Args["channel"]?.ToString());
        if (fault is not null)
        {
            statistics.Faulted();
            if (await BeforeAsync(context, method, body, actor, fault))
            {
                return;
            }
        }

        Permit(context, method, actor);
        if (Limit(method, body, actor) is { } wait)
        {
            await RefuseAsync(context, method, actor, wait, scripted: false);
            return;
        }

        await RunAsync(context, method, body, actor, fault);
    }

    private static void Permit(HttpContext context, FakeMethod method, FakeActor actor)
    {
        if (!method.For.Contains(actor.Kind))
        {
            throw new FakeApiException("not_allowed_token_type");
        }

        context.Response.Headers["x-oauth-scopes"] = string.Join(',', actor.Scopes);
        if (method.Scope is { } scope)
        {
            context.Response.Headers["x-accepted-oauth-scopes"] = scope;
            actor.Need(scope);
        }
    }

    private async Task<bool> BeforeAsync(
        HttpContext context,
        FakeMethod method,
        CallBody body,
        FakeActor actor,
        FakeFaultRule fault
    )
    {
        switch (fault.Kind)
        {
            case FakeFaultKind.RateLimited:
                _buckets.Block(Key(method, actor), fault.RetryAfter);
                await RefuseAsync(context, method, actor, fault.RetryAfter, scripted: true);
                return true;
            case FakeFaultKind.Slow when !fault.AfterEffect:
                await Task.Delay(fault.Delay, options.Time, context.RequestAborted);
                return false;
            default:
                return !fault.AfterEffect && await Answer.BreakAsync(context, fault, options.Time, body);
        }
    }

    /// <summary>How long the call has to wait; null where it may pass.</summary>
    private TimeSpan? Limit(FakeMethod method, CallBody body, FakeActor actor)
    {
        var limit =
            method.IsHistory && options.SmallHistory ? options.Limits.SmallHistory : method.Limit(options.Limits);
        var verdict = _buckets.Look(Key(method, actor), limit);
        if (!verdict.Allowed)
        {
            return verdict.ResetAfter;
        }

        if (method.IsPaced)
        {
            var wait = _paces.Take($"{actor.TeamId} {body.Args["channel"]}", options.Limits.Channel);
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }
        }

        var taken = _buckets.Take(Key(method, actor), limit);
        return taken.Allowed ? null : taken.ResetAfter;
    }

    private async Task RunAsync(
        HttpContext context,
        FakeMethod method,
        CallBody body,
        FakeActor actor,
        FakeFaultRule? fault
    )
    {
        JsonObject reply;
        try
        {
            var call = new FakeCall
            {
                State = state,
                Actor = actor,
                Args = method.TakesJson || !body.IsJson ? body.Args : [],
                Basic = body.Basic,
                Token = body.Token,
            };
            reply = state.Change(() => method.Handle(call));
            reply.Insert(0, "ok", true);
        }
        catch (FakeApiException error)
        {
            if (!actor.IsHuman)
            {
                statistics.Failed(error.Code, method.Name);
            }

            reply = error.Body();
        }

        if (body.Warning is { } warning)
        {
            reply["warning"] = warning;
            var metadata = reply["response_metadata"] as JsonObject;
            reply["response_metadata"] = metadata ??= [];
            metadata["warnings"] = new JsonArray(warning);
        }

        if (fault is { AfterEffect: true })
        {
            if (fault.Kind == FakeFaultKind.Slow)
            {
                await Task.Delay(fault.Delay, options.Time, context.RequestAborted);
            }
            else if (await Answer.BreakAsync(context, fault, options.Time, body))
            {
                return;
            }
        }

        await Answer.JsonAsync(context, 200, reply);
    }

    private async Task RefuseAsync(
        HttpContext context,
        FakeMethod method,
        FakeActor actor,
        TimeSpan wait,
        bool scripted
    )
    {
        statistics.Refused(new FakeRefusal(state.Now, method.Name, Key(method, actor), scripted));
        var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await Answer.JsonAsync(context, 429, new JsonObject { ["ok"] = false, ["error"] = "ratelimited" });
    }

    private static string Key(FakeMethod method, FakeActor actor) => $"{method.Name} {actor.TeamId}";
}
