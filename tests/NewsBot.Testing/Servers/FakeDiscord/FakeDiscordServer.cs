using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsBot.Testing.Servers.FakeDiscord.Control;
using NewsBot.Testing.Servers.FakeDiscord.Faults;
using NewsBot.Testing.Servers.FakeDiscord.Gateway;
using NewsBot.Testing.Servers.FakeDiscord.Humans;
using NewsBot.Testing.Servers.FakeDiscord.Routes;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <summary>
/// A Discord on loopback: one guild with channels and people, its REST routes, gateway, interactions and rate limits. It
/// checks what it is sent as the real one does, and goes wrong when told to.
/// </summary>
public sealed class FakeDiscordServer : IAsyncDisposable
{
    // Often enough that a killed emulator loses a second at most, seldom enough to cost nothing.
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    private readonly FakeDiscordOptions _options;
    private readonly WebApplication? _app;
    private readonly HttpClient _http;
    private readonly InteractionDelivery _delivery;
    private readonly RoutePipeline _pipeline;
    private readonly ControlRoutes _control;
    private readonly Lock _saving = new();
    private ITimer? _saver;
    private bool _ended;

    private FakeDiscordServer(FakeDiscordOptions options, bool listens = true)
    {
        _options = options;
        _http = new HttpClient(listens ? new SocketsHttpHandler { UseProxy = false } : Handler());
        State = new FakeDiscordState(options);
        Statistics = new FakeStatistics(State);
        Gateway = new FakeGateway(State, options);
        Driver = new FakeDriver(State);
        _delivery = new InteractionDelivery(State, options, _http);
        State.Deliver = _delivery.Send;
        State.Dispatched = Gateway.Publish;
        _control = new ControlRoutes(this);
        var gateway = new GatewayRoutes(() => Gateway.SessionStartLimit, () => options.Shards);
        _pipeline = new RoutePipeline(State, options, Faults, Statistics, [.. AllRoutes(), .. gateway.All()]);
        if (!listens)
        {
            return;
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        _app = builder.Build();
        Gateway.Map(_app);
        _app.Map("/{**path}", HandleAsync);
    }

    /// <summary>Where the REST routes are, such as http://127.0.0.1:40123/api/v10.</summary>
    public Uri ApiBaseUrl => new(State.Root + "/api/v10");

    /// <summary>The bot signs in with it.</summary>
    public string BotToken => State.BotToken;

    /// <summary>Checks signed interactions, as hex.</summary>
    public string PublicKey => State.PublicKey;

    /// <summary>The secret of the application for OAuth.</summary>
    public string ClientSecret => State.World.ClientSecret;

    /// <summary>The application.</summary>
    public ulong ApplicationId => State.ApplicationId;

    /// <summary>The bot as a user.</summary>
    public ulong BotUserId => State.BotUserId;

    /// <summary>The guild of the stock.</summary>
    public ulong GuildId => State.World.GuildId;

    /// <summary>The channels of the stock.</summary>
    public FakeDiscordChannels Channels =>
        new(State.World.TextId, State.World.ForumId, State.World.AnnouncementId, State.World.PrivateId);

    /// <summary>All it holds.</summary>
    public FakeDiscordState State { get; }

    /// <summary>Its gateway; its faults are scripted there.</summary>
    public FakeGateway Gateway { get; }

    /// <summary>The faults of the REST routes.</summary>
    public FakeFaults Faults { get; } = new();

    /// <summary>What was asked so far.</summary>
    public FakeStatistics Statistics { get; }

    /// <summary>Its clock and limits.</summary>
    internal FakeDiscordOptions Options => _options;

    /// <summary>Moderators, owners, and Discord itself.</summary>
    public FakeDriver Driver { get; }

    /// <summary>Starts one.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FakeDiscordServer> StartAsync(
        FakeDiscordOptions options,
        CancellationToken cancellationToken
    )
    {
        var server = new FakeDiscordServer(options);
        try
        {
            await server._app!.StartAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.State.Root = addresses.Addresses.First().TrimEnd('/');
        if (options.DataFile is not null)
        {
            server._saver = TimeProvider.System.CreateTimer(_ => server.Save(), null, SaveEvery, SaveEvery);
        }

        return server;
    }

    /// <summary>One that nobody reaches but by its <see cref="Handler"/>, and whose gateway tells nobody.</summary>
    internal static FakeDiscordServer WithoutListener(FakeDiscordOptions options) => new(options, listens: false);

    /// <summary>Brings requests to it without a network between.</summary>
    internal HttpMessageHandler Handler() => new ContextHandler(HandleAsync);

    /// <summary>Plays a human of the guild.</summary>
    /// <param name="name">The user name, such as saga_w.</param>
    public FakeHuman Human(string name)
    {
        lock (State.Sync)
        {
            var user =
                State.HumanNamed(name) ?? throw new ArgumentException($"Nobody here is called {name}.", nameof(name));
            return new FakeHuman(this, _http, user.Id, user.Name, user.Token);
        }
    }

    /// <summary>Sends interactions to an address from now on, after trying it; null goes back to the gateway.</summary>
    /// <returns>Null, or why it was not taken.</returns>
    public Task<string?> SetInteractionsEndpointAsync(string? url, CancellationToken cancellationToken) =>
        _delivery.SetEndpointAsync(url, cancellationToken);

    /// <summary>Ends all faults, and the rate limits they made up.</summary>
    public void ClearFaults()
    {
        Faults.Clear();
        Gateway.Faults.Clear();
        _pipeline.ClearLimits();
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        if (_saver is not null)
        {
            await _saver.DisposeAsync();
        }

        using var atOnce = new CancellationTokenSource();
        await Gateway.DisposeAsync();
        await atOnce.CancelAsync();
        await (_app?.StopAsync(atOnce.Token) ?? Task.CompletedTask);
        await _delivery.StopAsync();
        State.StopClocks();
        Save();
        await (_app?.DisposeAsync() ?? ValueTask.CompletedTask);
        _delivery.Dispose();
        _http.Dispose();
    }

    /// <summary>What stands on the first line of the program.</summary>
    public JsonObject Describe() =>
        new()
        {
            ["apiBaseUrl"] = ApiBaseUrl.AbsoluteUri,
            ["botToken"] = BotToken,
            ["applicationId"] = FakeDiscordState.Text(ApplicationId),
            ["publicKey"] = PublicKey,
            ["guildId"] = FakeDiscordState.Text(GuildId),
            ["channelIds"] = new JsonObject
            {
                ["text"] = FakeDiscordState.Text(Channels.Text),
                ["forum"] = FakeDiscordState.Text(Channels.Forum),
                ["announcement"] = FakeDiscordState.Text(Channels.Announcement),
                ["private"] = FakeDiscordState.Text(Channels.Private),
            },
            ["humans"] = Humans(),
        };

    internal JsonArray Humans()
    {
        lock (State.Sync)
        {
            return
            [
                .. State
                    .World.Users.Values.Where(user => !user.Bot)
                    .Select(user => new JsonObject { ["name"] = user.Name, ["token"] = user.Token }),
            ];
        }
    }

    private static IEnumerable<FakeRoute> AllRoutes() =>
        [
            .. MessageRoutes.All(),
            .. HistoryRoutes.All(),
            .. DeletionRoutes.All(),
            .. PublishRoutes.All(),
            .. ReactionRoutes.All(),
            .. ThreadRoutes.All(),
            .. ThreadListRoutes.All(),
            .. ChannelRoutes.All(),
            .. GuildRoutes.All(),
            .. WebhookRoutes.All(),
            .. WebhookMessageRoutes.All(),
            .. CallbackRoutes.All(),
            .. HumanInteractionRoutes.All(),
            .. CommandRoutes.All(),
            .. OAuthRoutes.All(),
            .. FileRoutes.All(),
        ];

    private Task HandleAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path switch
        {
            ["_fake", .. var rest] => _control.HandleAsync(context, rest),
            ["api", ['v', .. var version], .. var rest]
                when int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out _) =>
                _pipeline.HandleAsync(context, rest),
            ["api", .. var rest] => _pipeline.HandleAsync(context, rest),
            _ => _pipeline.HandleAsync(context, path),
        };
    }

    private void Save()
    {
        if (_options.DataFile is not { } file)
        {
            return;
        }

        lock (_saving)
        {
            byte[] bytes;
            lock (State.Sync)
            {
                bytes = StateFile.Bytes(State.World);
            }

            StateFile.Save(bytes, file);
        }
    }
}
