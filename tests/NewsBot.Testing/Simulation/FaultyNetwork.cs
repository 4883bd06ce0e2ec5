using System.Globalization;
using System.Net;
using System.Net.Http.Json;

namespace NewsBot.Testing.Simulation;

/// <summary>The way from a process to a platform, on which calls and answers get lost.</summary>
/// <param name="process">Whose calls these are.</param>
/// <param name="world">What happens meanwhile, and how bad things are.</param>
/// <param name="name">The platform.</param>
/// <param name="platform">Answers.</param>
internal sealed class FaultyNetwork(SimulatedProcess process, World world, string name, HttpMessageHandler platform)
    : DelegatingHandler(platform)
{
    private enum Fault
    {
        None,
        Cut,
        Limited,
        Broken,
        Slow,
        HalfOpen,
        ResetBefore,
        ResetAfter,
        BrokenAfter,
        HalfOpenAfter,
    }

    private static readonly Fault[] Kinds = Enum.GetValues<Fault>()[1..];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        // What ends a wait of this call goes on at once, and what libraries do with the answer too.
        SynchronizationContext.SetSynchronizationContext(null);
        var call = $"{name} {request.Method} {request.RequestUri!.AbsolutePath}";
        if (process.DiesNow($"before {call}"))
        {
            return await NeverAsync(CancellationToken.None);
        }

        world.GoOnMeanwhile();
        var fault =
            world.Random.NextDouble() < world.Weather.Calls ? Kinds[world.Random.Next(Kinds.Length)] : Fault.None;
        if (fault != Fault.None)
        {
            world.Weather.Count($"call {fault}");
        }

        if (await BeforeAsync(fault, request, cancellationToken) is { } refused)
        {
            world.Trace.Add($"{call} {fault} {(int)refused.StatusCode}");
            return refused;
        }

        var answer = await base.SendAsync(request, cancellationToken);
        world.Trace.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{call} {(fault == Fault.None ? "" : fault)} {(int)answer.StatusCode}"
            )
        );
        if (process.DiesNow($"after {call}"))
        {
            return await NeverAsync(CancellationToken.None);
        }

        world.GoOnMeanwhile();
        return await AfterAsync(fault, request, answer, cancellationToken);
    }

    private async Task<HttpResponseMessage?> BeforeAsync(
        Fault fault,
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        switch (fault)
        {
            case Fault.Cut:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "There is no way there.");
            case Fault.ResetBefore:
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was reset.");
            case Fault.Limited:
                return Limited(request, 1 + world.Random.Next(4));
            case Fault.Broken:
                return Broken(request);
            case Fault.Slow:
                await Task.Delay(
                    TimeSpan.FromMilliseconds(world.Random.Next(20_000)),
                    process.Clock,
                    cancellationToken
                );
                return null;
            case Fault.HalfOpen:
                return await NeverAsync(cancellationToken);
            default:
                return null;
        }
    }

    private async Task<HttpResponseMessage> AfterAsync(
        Fault fault,
        HttpRequestMessage request,
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        switch (fault)
        {
            case Fault.ResetAfter:
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was reset.");
            case Fault.BrokenAfter:
                return Broken(request);
            case Fault.HalfOpenAfter:
                return await NeverAsync(cancellationToken);
            default:
                return answer;
        }
    }

    private HttpResponseMessage Broken(HttpRequestMessage request) =>
        new((HttpStatusCode)(500 + world.Random.Next(5)))
        {
            RequestMessage = request,
            Content = new StringContent("upstream connect error"),
        };

    private static HttpResponseMessage Limited(HttpRequestMessage request, int seconds)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests)
        {
            RequestMessage = request,
            Content = JsonContent.Create(
                new
                {
                    ok = false,
                    error = "ratelimited",
                    message = "You are being rate limited.",
                    retry_after = (double)seconds,
                    global = false,
                }
            ),
        };
        answer.Headers.Add("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
        answer.Headers.Add("X-RateLimit-Scope", "user");
        return answer;
    }

    private static async Task<HttpResponseMessage> NeverAsync(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        await using var end = cancellationToken.UnsafeRegister((_, token) => never.TrySetCanceled(token), state: null);
        return await never.Task;
    }
}
