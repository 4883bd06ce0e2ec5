using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NewsBot.Tests.Doors;

/// <summary>A server on loopback that refuses everything, and says in its refusal all that it was sent.</summary>
internal sealed class EchoingServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoingServer(WebApplication app) => _app = app;

    public string Address =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>What it was sent so far, each request in one text.</summary>
    public List<string> Heard { get; } = [];

    public static async Task<EchoingServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new EchoingServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var heard = new StringBuilder($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} ");
        foreach (var header in context.Request.Headers)
        {
            heard.Append(header.Key).Append(": ").Append(header.Value).Append("; ");
        }

        var all = heard.Append(body).ToString();
        lock (Heard)
        {
            Heard.Add(all);
        }

        // In the shapes of both platforms and of models at once.
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            JsonSerializer.Serialize(
                new
                {
                    message = all,
                    code = 50035,
                    ok = false,
                    error = new { message = all, type = all },
                    response_metadata = new { messages = new[] { all } },
                }
            ),
            context.RequestAborted
        );
    }
}
