using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NewsBot.Testing.Servers.FakeDiscord;
using Gateway = NewsBot.Testing.Servers.FakeDiscord.Gateway.FakeGateway;

namespace NewsBot.Tests.Discord.FakeGateway;

/// <summary>A gateway of its own on loopback, with a clock that stands still until it is moved.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    public const long Guilds = 1 << 0;
    public const long Messages = 1 << 9;
    public const long Content = 1 << 15;

    private readonly WebApplication _app;

    private GatewayHost(FakeDiscordOptions options)
    {
        State = new FakeDiscordState(options);
        Gateway = new Gateway(State, options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        Gateway.Map(_app);
    }

    public static FakeTimeProvider NewClock() => new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    public FakeTimeProvider Time { get; private init; } = NewClock();

    public FakeDiscordState State { get; }

    public Gateway Gateway { get; }

    /// <summary>The first guild of the bot.</summary>
    public ulong Guild => State.GuildIds[0];

    public Uri Address => new(_app.Urls.First().Replace("http:", "ws:", StringComparison.Ordinal) + "/gateway");

    public static async Task<GatewayHost> StartAsync(Action<FakeDiscordOptions>? set = null)
    {
        var time = NewClock();
        var options = new FakeDiscordOptions { Time = time };
        set?.Invoke(options);
        var host = new GatewayHost(options) { Time = time };
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Connects and takes Hello.</summary>
    public async Task<RawGatewayClient> ConnectAsync(string query = "v=10&encoding=json", Uri? to = null)
    {
        var client = await OpenAsync(query, to);
        Assert.Equal(10, RawGatewayClient.Op(await client.ReadAsync()));
        return client;
    }

    /// <summary>Connects and takes nothing.</summary>
    public Task<RawGatewayClient> OpenAsync(string query = "v=10&encoding=json", Uri? to = null) =>
        RawGatewayClient.OpenAsync(
            new Uri($"{to ?? Address}?{query}"),
            query.Contains("zlib", StringComparison.Ordinal)
        );

    /// <summary>Connects and identifies; everything that READY brings with it has been read.</summary>
    /// <returns>The client, and the d of READY.</returns>
    public async Task<(RawGatewayClient Client, JsonNode Ready)> LogInAsync(
        long intents = Guilds | Messages | Content,
        string query = "v=10&encoding=json"
    )
    {
        // Past the pause that is asked for between two identifies.
        Time.Advance(Gateway.IdentifyEvery);
        var client = await ConnectAsync(query);
        await client.IdentifyAsync(State.BotToken, intents);
        var ready = await client.ReadAsync();
        Assert.Equal("READY", (string?)ready["t"]);
        if ((intents & Guilds) != 0)
        {
            foreach (var _ in ready["d"]!["guilds"]!.AsArray())
            {
                Assert.Equal("GUILD_CREATE", (string?)(await client.ReadAsync())["t"]);
            }
        }

        return (client, ready["d"]!);
    }

    /// <summary>Comes back to a session.</summary>
    public async Task<RawGatewayClient> ResumeAsync(JsonNode ready, long number)
    {
        var client = await ConnectAsync(to: new Uri((string)ready["resume_gateway_url"]!));
        await client.ResumeAsync(State.BotToken, (string)ready["session_id"]!, number);
        return client;
    }

    /// <summary>Somebody says something in the first guild.</summary>
    public void Say(string content, ulong? guild = null) => Publish(Message(content), guild ?? Guild);

    public void Publish(JsonObject message, ulong? guild, long intent = Messages) =>
        Gateway.Publish(new FakeDispatch("MESSAGE_CREATE", guild, 20, intent, message));

    public static JsonObject Message(string content, string author = "77") =>
        new()
        {
            ["id"] = "30",
            ["content"] = content,
            ["author"] = new JsonObject { ["id"] = author },
            ["mentions"] = new JsonArray(),
            ["embeds"] = new JsonArray(new JsonObject { ["title"] = "An embed" }),
            ["attachments"] = new JsonArray(new JsonObject { ["id"] = "31" }),
            ["components"] = new JsonArray(),
        };

    /// <summary>Waits until the gateway has noticed that its clients are gone.</summary>
    public async Task UntilNobodyIsConnectedAsync()
    {
        while (Gateway.Connected > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
