using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NewsBot.Tests.Slack.FakeSlack;

/// <summary>An address that takes requests, notes them and answers as told.</summary>
internal sealed class RequestSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _came = new(0);

    private RequestSink()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Map("/{**path}", TakeAsync);
    }

    public string Url =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>What is answered: status, body and headers by the request's body.</summary>
    public Func<SunkRequest, (int Status, string Body)> Answer { get; set; } = _ => (200, "");

    /// <summary>Whether answers forbid retries.</summary>
    public bool ForbidsRetries { get; set; }

    public ConcurrentQueue<SunkRequest> Requests { get; } = new();

    public static async Task<RequestSink> StartAsync()
    {
        var sink = new RequestSink();
        await sink._app.StartAsync(TestContext.Current.CancellationToken);
        return sink;
    }

    /// <summary>Waits for one more request.</summary>
    public async Task<SunkRequest> NextAsync()
    {
        await _came.WaitAsync(TestContext.Current.CancellationToken);
        return Requests.TryDequeue(out var request) ? request : throw new InvalidOperationException("Nothing came.");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _came.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var request = new SunkRequest(
            context.Request.Path.Value!,
            await reader.ReadToEndAsync(context.RequestAborted),
            context.Request.Headers.ToDictionary(
                one => one.Key,
                one => one.Value.ToString(),
                StringComparer.OrdinalIgnoreCase
            )
        );
        var (status, body) = Answer(request);
        context.Response.StatusCode = status;
        if (ForbidsRetries)
        {
            context.Response.Headers["X-Slack-No-Retry"] = "1";
        }

        await context.Response.WriteAsync(body, context.RequestAborted);
        Requests.Enqueue(request);
        _came.Release();
    }
}

/// <summary>A request that came.</summary>
internal sealed record SunkRequest(string Path, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Whether it was signed with a secret.</summary>
    public bool IsSigned(string secret)
    {
        var text = $"v0:{Headers["X-Slack-Request-Timestamp"]}:{Body}";
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text));
        return Headers["X-Slack-Signature"] == "v0=" + Convert.ToHexStringLower(hash);
    }
}
