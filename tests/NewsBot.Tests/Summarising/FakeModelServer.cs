using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NewsBot.Tests.Summarising;

/// <summary>An OpenAI-compatible API on loopback whose model says what the test says.</summary>
internal sealed class FakeModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeModelServer(WebApplication app) => _app = app;

    public string Endpoint => $"{_app.Urls.First()}/v1";

    /// <summary>What it was asked, oldest first.</summary>
    public ConcurrentQueue<JsonObject> Requests { get; } = new();

    /// <summary>The keys it was shown.</summary>
    public ConcurrentQueue<string> Keys { get; } = new();

    /// <summary>Answers a request.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => SayAsync(context, "Nothing.");

    public static async Task<FakeModelServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // A request that is never answered must not hold up the end of a test.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        var server = new FakeModelServer(app);
        app.MapPost(
            "/v1/chat/completions",
            async (HttpContext context) =>
            {
                var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
                server.Requests.Enqueue((JsonObject)body!);
                server.Keys.Enqueue(context.Request.Headers.Authorization.ToString());
                await server.Answer(context);
            }
        );
        await app.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Answers as the API does.</summary>
    public static Task SayAsync(HttpContext context, string words, int tokens = 500, string finish = "stop") =>
        context.Response.WriteAsJsonAsync(
            new JsonObject
            {
                ["id"] = "chatcmpl-1",
                ["object"] = "chat.completion",
                ["created"] = 1,
                ["model"] = "scribe-7b",
                ["choices"] = new JsonArray(
                    new JsonObject
                    {
                        ["index"] = 0,
                        ["finish_reason"] = finish,
                        ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = words },
                    }
                ),
                ["usage"] = new JsonObject
                {
                    ["prompt_tokens"] = tokens - 50,
                    ["completion_tokens"] = 50,
                    ["total_tokens"] = tokens,
                },
            },
            context.RequestAborted
        );
}
