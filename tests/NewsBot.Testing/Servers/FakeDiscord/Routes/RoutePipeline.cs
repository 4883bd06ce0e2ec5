using Microsoft.AspNetCore.Http;
using NewsBot.Testing.Servers.FakeDiscord.Faults;
using NewsBot.Testing.Servers.FakeDiscord.Limits;
using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Takes a request through everything before and after its route: faults, sign-in, limits, errors.</summary>
/// <param name="state">What the routes work on.</param>
/// <param name="options">Limits and clock.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="statistics">Counts it all.</param>
/// <param name="routes">All routes.</param>
internal sealed class RoutePipeline(
    FakeDiscordState state,
    FakeDiscordOptions options,
    FakeFaults faults,
    FakeStatistics statistics,
    IReadOnlyList<FakeRoute> routes
)
{
    private const string GlobalKey = "global";

    private readonly FakeBuckets _buckets = new(options.Time);
    private readonly FakeBuckets _invalid = new(options.Time);
    private int _hashes;

    /// <summary>Ends the blocks that faults have made.</summary>
    public void ClearLimits() => _buckets.Clear();

    public async Task HandleAsync(HttpContext context, string[] path)
    {
        var (route, values, anyMethod) = FakeRoute.Find(routes, context.Request.Method, path);
        if (route is null)
        {
            await ReplyWriter.ErrorAsync(context, anyMethod ? Fail.WrongMethod() : Fail.NotFound());
            return;
        }

        var actor = FakeActor.SignedIn(state, context.Request.Headers.Authorization.ToString());
        if (
            actor.IsHuman
            || (actor == FakeActor.Nobody && route is { Open: true, Limit: null, Global: false } && route.IsFile)
        )
        {
            await RunAsync(context, route, values, actor, null, null);
            return;
        }

        statistics.Requested($"{route.Method} {route.Template}");
        if (await RefuseAsync(context, route, actor))
        {
            return;
        }

        var bucket = FakeBucket.Of(route, values, options, Volatile.Read(ref _hashes));
        var fault = faults.Take(route.Method, route.Template, "/" + string.Join('/', path));
        if (fault is not null)
        {
            statistics.Faulted();
            if (await BeforeAsync(context, route, bucket, fault))
            {
                return;
            }
        }

        if (await LimitAsync(context, route, bucket))
        {
            return;
        }

        await RunAsync(context, route, values, actor, bucket, fault);
    }

    /// <summary>Refuses who is locked out, does not say what it is, or has no right here.</summary>
    private async Task<bool> RefuseAsync(HttpContext context, FakeRoute route, FakeActor actor)
    {
        var invalid = _invalid.Look("out", options.Limits.Invalid);
        if (!invalid.Allowed)
        {
            await ReplyWriter.CloudflareAsync(context, invalid.ResetAfter);
            return true;
        }

        var agent = context.Request.Headers.UserAgent.ToString();
        if (agent.Length == 0 || (actor.IsBot && !agent.StartsWith("DiscordBot (", StringComparison.Ordinal)))
        {
            await FailAsync(context, route, Fail.With(40333));
            return true;
        }

        if (route.Open || actor.IsBot || (actor.Kind == ActorKind.Bearer && route.Bearer))
        {
            return false;
        }

        await FailAsync(context, route, Fail.Unauthorized());
        return true;
    }

    private async Task<bool> BeforeAsync(HttpContext context, FakeRoute route, FakeBucket? bucket, FakeFaultRule fault)
    {
        var retry = fault.RetryAfter;
        switch (fault.Kind)
        {
            case FakeFaultKind.User when bucket is not null:
                _buckets.Block(bucket.Key, retry);
                bucket.Write(context, new BucketVerdict(false, 0, retry));
                await RefusedAsync(context, route, bucket, "user", retry, hidden: false, scripted: true);
                return true;
            case FakeFaultKind.Global:
                _buckets.Block(GlobalKey, retry);
                await RefusedAsync(context, route, bucket, "global", retry, hidden: false, scripted: true);
                return true;
            case FakeFaultKind.Shared:
                Look(context, bucket);
                await RefusedAsync(context, route, bucket, "shared", retry, hidden: true, scripted: true);
                return true;
            case FakeFaultKind.Hidden or FakeFaultKind.User:
                Look(context, bucket);
                await RefusedAsync(context, route, bucket, "user", retry, hidden: true, scripted: true);
                return true;
            case FakeFaultKind.NoHeaders:
                await ReplyWriter.BareLimitAsync(context, retry);
                return true;
            case FakeFaultKind.Cloudflare:
                await ReplyWriter.CloudflareAsync(context, retry);
                return true;
            case FakeFaultKind.NewBuckets:
                Interlocked.Increment(ref _hashes);
                return false;
            case FakeFaultKind.Slow:
                await Task.Delay(fault.Delay, options.Time, context.RequestAborted);
                return false;
            default:
                return !fault.AfterEffect && await ReplyWriter.BreakAsync(context, fault, options.Time);
        }
    }

    private async Task<bool> LimitAsync(HttpContext context, FakeRoute route, FakeBucket? bucket)
    {
        if (route.Global)
        {
            var all = _buckets.Take(GlobalKey, options.Limits.Global);
            if (!all.Allowed)
            {
                await RefusedAsync(context, route, bucket, "global", all.ResetAfter, hidden: false, scripted: false);
                return true;
            }
        }

        if (bucket is null)
        {
            return false;
        }

        var verdict = _buckets.Take(bucket.Key, bucket.Limit);
        bucket.Write(context, verdict);
        if (!verdict.Allowed)
        {
            await RefusedAsync(context, route, bucket, "user", verdict.ResetAfter, hidden: false, scripted: false);
            return true;
        }

        context.Response.OnCompleted(() =>
        {
            statistics.Advertised(bucket.Key);
            return Task.CompletedTask;
        });
        return false;
    }

    private async Task RunAsync(
        HttpContext context,
        FakeRoute route,
        Dictionary<string, string> values,
        FakeActor actor,
        FakeBucket? bucket,
        FakeFaultRule? fault
    )
    {
        FakeReply reply;
        try
        {
            var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
            var call = new FakeCall
            {
                State = state,
                Actor = actor,
                Route = route,
                Values = values,
                Query = context.Request.Query,
                Json = body.Json,
                Form = body.Form,
                Files = body.Files,
                Hidden = (limit, key, of) => Hide(actor, limit, key, of),
            };
            reply = state.Change(() => route.Handle(call));
        }
        catch (FakeApiException error)
        {
            if (fault is not null && fault.AfterEffect && await ReplyWriter.BreakAsync(context, fault, options.Time))
            {
                return;
            }

            await FailAsync(context, route, error, counts: !actor.IsHuman);
            return;
        }
        catch (HiddenLimitException hidden)
        {
            await RefusedAsync(context, route, bucket, "user", hidden.RetryAfter, hidden: true, scripted: false);
            return;
        }

        if (fault is not null && fault.AfterEffect && await ReplyWriter.BreakAsync(context, fault, options.Time))
        {
            return;
        }

        await ReplyWriter.WriteAsync(context, reply);
    }

    private void Hide(FakeActor actor, string limit, string key, FakeLimit of)
    {
        if (!actor.IsHuman && _buckets.Take($"hidden {limit} {key}", of) is { Allowed: false } verdict)
        {
            throw new HiddenLimitException(verdict.ResetAfter);
        }
    }

    private async Task FailAsync(HttpContext context, FakeRoute route, FakeApiException error, bool counts = true)
    {
        if (counts)
        {
            statistics.Failed(error.Status, error.Code, $"{route.Method} {route.Template}");
            if (error.Status is 401 or 403)
            {
                _invalid.Take("out", options.Limits.Invalid);
            }
        }

        await ReplyWriter.ErrorAsync(context, error);
    }

    private async Task RefusedAsync(
        HttpContext context,
        FakeRoute route,
        FakeBucket? bucket,
        string scope,
        TimeSpan retry,
        bool hidden,
        bool scripted
    )
    {
        var key = scope == "global" ? GlobalKey : bucket?.Key ?? "";
        statistics.Refused(
            new FakeRefusal(
                state.Now,
                $"{route.Method} {route.Template}",
                key,
                scope,
                hidden,
                statistics.IsAdvertised(key),
                scripted
            )
        );
        if (scope != "shared")
        {
            _invalid.Take("out", options.Limits.Invalid);
        }

        await ReplyWriter.LimitedAsync(context, scope, retry);
    }

    private void Look(HttpContext context, FakeBucket? bucket)
    {
        if (bucket is null)
        {
            return;
        }

        var verdict = _buckets.Look(bucket.Key, bucket.Limit);
        bucket.Write(context, verdict with { Remaining = Math.Max(1, verdict.Remaining) });
    }
}
