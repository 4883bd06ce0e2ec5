using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NewsBot.Clients.Tests.Http;

/// <summary>A server on loopback that answers as it is told and remembers what it was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();
    private readonly TimeProvider _time;

    private ScriptedServer(WebApplication app, TimeProvider time)
    {
        _app = app;
        _time = time;
    }

    /// <summary>What is answered when the script is at its end.</summary>
    public Func<HttpContext, Task> Otherwise { get; set; } = Json("{}");

    public ConcurrentQueue<ReceivedCall> Received { get; } = new();

    public Uri Url { get; private set; } = new("http://localhost");

    public static async Task<ScriptedServer> StartAsync(TimeProvider time, string path)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024);
        var server = new ScriptedServer(builder.Build(), time);
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        server.Url = new Uri(addresses!.Addresses.Single() + path);
        return server;
    }

    public ScriptedServer Then(params Func<HttpContext, Task>[] answers)
    {
        foreach (var answer in answers)
        {
            _script.Enqueue(answer);
        }

        return this;
    }

    public static Func<HttpContext, Task> Json(
        string body,
        int status = 200,
        params (string Name, string Value)[] headers
    ) => Text(body, "application/json", status, headers);

    public static Func<HttpContext, Task> Text(
        string body,
        string type,
        int status = 200,
        params (string Name, string Value)[] headers
    ) =>
        async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.WriteAsync(body, context.RequestAborted);
        };

    public static Func<HttpContext, Task> Status(int status, params (string Name, string Value)[] headers) =>
        context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            return Task.CompletedTask;
        };

    public static Func<HttpContext, Task> Abort() =>
        context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

    /// <summary>Takes the call and says nothing until the caller gives up.</summary>
    public static Func<HttpContext, Task> Hang() =>
        async context =>
        {
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
            await gone.Task;
        };

    public static (string Name, string Value)[] Limits(
        int limit,
        int remaining,
        double resetAfter,
        string bucket = "b"
    ) =>
        [
            ("X-RateLimit-Limit", limit.ToString(CultureInfo.InvariantCulture)),
            ("X-RateLimit-Remaining", remaining.ToString(CultureInfo.InvariantCulture)),
            ("X-RateLimit-Reset-After", resetAfter.ToString(CultureInfo.InvariantCulture)),
            ("X-RateLimit-Bucket", bucket),
        ];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Received.Enqueue(
            new ReceivedCall(
                context.Request.Method,
                context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
                Encoding.UTF8.GetString(body.ToArray()),
                _time.GetUtcNow()
            )
        );
        await (_script.TryDequeue(out var answer) ? answer : Otherwise)(context);
    }
}

internal sealed record ReceivedCall(
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    DateTimeOffset At
)
{
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
}
