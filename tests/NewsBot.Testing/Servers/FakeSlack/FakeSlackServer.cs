using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsBot.Testing.Servers.FakeSlack.Control;
using NewsBot.Testing.Servers.FakeSlack.Delivery;
using NewsBot.Testing.Servers.FakeSlack.Faults;
using NewsBot.Testing.Servers.FakeSlack.Humans;
using NewsBot.Testing.Servers.FakeSlack.Methods;

namespace NewsBot.Testing.Servers.FakeSlack;

/// <summary>
/// A Slack on loopback: one workspace with channels and people, its Web API, Socket Mode, signed requests, interactions and
/// rate limits. It checks what it is sent as the real one does, and goes wrong when told to.
/// </summary>
public sealed class FakeSlackServer : IAsyncDisposable
{
    // Often enough that a killed emulator loses a second at most, seldom enough to cost nothing.
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    private readonly FakeSlackOptions _options;
    private readonly WebApplication? _app;
    private readonly HttpClient _http;
    private readonly FakeDelivery _delivery;
    private readonly MethodPipeline _pipeline;
    private readonly ControlRoutes _control;
    private readonly Lock _saving = new();
    private ITimer? _saver;
    private bool _ended;

    private FakeSlackServer(FakeSlackOptions options, bool listens = true)
    {
        _options = options;
        _http = new HttpClient(
            listens ? new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false } : Handler()
        );
        State = new FakeSlackState(options);
        Statistics = new FakeStatistics(State);
        _delivery = new FakeDelivery(State, options, Faults, _http);
        Driver = new FakeDriver(State, _delivery);
        State.Dispatched = _delivery.Publish;
        State.Asked = _delivery.Ask;
        _control = new ControlRoutes(this);
        _pipeline = new MethodPipeline(State, options, Faults, Statistics, AllMethods());
        if (!listens)
        {
            return;
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        _app = builder.Build();
        _delivery.Sockets.Map(_app);
        _app.Map("/{**path}", HandleAsync);
    }

    /// <summary>Where the methods are, such as http://127.0.0.1:40123/api/.</summary>
    public Uri ApiBaseUrl => new(State.Root + "/api/");

    /// <summary>Where the app is installed, for the OAuth link.</summary>
    public Uri AuthorizeUrl => new(State.Root + "/oauth/v2/authorize");

    /// <summary>The bot signs in with it.</summary>
    public string BotToken
    {
        get
        {
            lock (State.Sync)
            {
                return State.Team(TeamId).BotToken;
            }
        }
    }

    /// <summary>Opens sockets.</summary>
    public string AppToken => State.World.AppToken;

    /// <summary>Checks signed requests.</summary>
    public string SigningSecret => State.World.SigningSecret;

    /// <summary>The application.</summary>
    public string AppId => State.World.AppId;

    /// <summary>For OAuth.</summary>
    public string ClientId => State.World.ClientId;

    /// <summary>For OAuth.</summary>
    public string ClientSecret => State.World.ClientSecret;

    /// <summary>The workspace of the stock.</summary>
    public string TeamId => State.World.TeamId;

    /// <summary>The bot as a user of that workspace.</summary>
    public string BotUserId => State.Team(TeamId).BotUserId;

    /// <summary>The bot as the author of messages in that workspace.</summary>
    public string BotId => State.Team(TeamId).BotId;

    /// <summary>The channels of the stock.</summary>
    public FakeSlackChannels Channels => new(State.World.PublicId, State.World.PrivateId, State.World.ArchivedId);

    /// <summary>All it holds.</summary>
    public FakeSlackState State { get; }

    /// <summary>What goes wrong.</summary>
    public FakeFaults Faults { get; } = new();

    /// <summary>What was asked so far.</summary>
    public FakeStatistics Statistics { get; }

    /// <summary>Admins, owners, and Slack itself.</summary>
    public FakeDriver Driver { get; }

    /// <summary>Its clock and limits.</summary>
    internal FakeSlackOptions Options => _options;

    internal FakeDelivery Delivery => _delivery;

    /// <summary>Starts one.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FakeSlackServer> StartAsync(FakeSlackOptions options, CancellationToken cancellationToken)
    {
        var server = new FakeSlackServer(options);
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
        if (options.RequestUrl is { } url)
        {
            server.State.World.Urls = Scripts.Urls(url);
        }

        if (options.DataFile is not null)
        {
            server._saver = TimeProvider.System.CreateTimer(_ => server.Save(), null, SaveEvery, SaveEvery);
        }

        return server;
    }

    /// <summary>One that nobody reaches but by its <see cref="Handler"/>, and whose events go nowhere by themselves.</summary>
    internal static FakeSlackServer WithoutListener(FakeSlackOptions options) => new(options, listens: false);

    /// <summary>Brings requests to it without a network between.</summary>
    internal HttpMessageHandler Handler() => new ContextHandler(HandleAsync);

    /// <summary>Plays a human.</summary>
    /// <param name="name">The user name, such as saga_w.</param>
    /// <param name="team">Their workspace; null looks at that of the stock before the others.</param>
    public FakeHuman Human(string name, string? team = null)
    {
        lock (State.Sync)
        {
            var user =
                State.HumanNamed(name, team)
                ?? throw new ArgumentException($"Nobody here is called {name}.", nameof(name));
            return new FakeHuman(this, _http, user);
        }
    }

    /// <summary>
    /// Posts events, commands and interactions to addresses below this one from now on, after trying it; null goes back to
    /// Socket Mode.
    /// </summary>
    /// <returns>Null, or why it was not taken.</returns>
    public Task<string?> SetRequestUrlAsync(string? url, CancellationToken cancellationToken) =>
        _delivery.SetUrlsAsync(url is null ? null : Scripts.Urls(url), cancellationToken);

    /// <summary>Ends all faults, and the rate limits they made up.</summary>
    public void ClearFaults()
    {
        Faults.Clear();
        _pipeline.ClearLimits();
        _delivery.Sockets.Enabled = true;
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
        await _delivery.StopAsync();
        await atOnce.CancelAsync();
        await (_app?.StopAsync(atOnce.Token) ?? Task.CompletedTask);
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
            ["appToken"] = AppToken,
            ["signingSecret"] = SigningSecret,
            ["teamId"] = TeamId,
            ["channelIds"] = new JsonObject
            {
                ["public"] = Channels.Public,
                ["private"] = Channels.Private,
                ["archived"] = Channels.Archived,
            },
            ["humans"] = Humans(),
            ["clientId"] = ClientId,
            ["clientSecret"] = ClientSecret,
            ["authorizeUrl"] = AuthorizeUrl.AbsoluteUri,
            ["botUserId"] = BotUserId,
            ["botId"] = BotId,
        };

    internal JsonArray Humans()
    {
        lock (State.Sync)
        {
            return
            [
                .. State
                    .World.Users.Values.Where(user => !user.IsBot)
                    .Select(user => new JsonObject
                    {
                        ["name"] = user.Name,
                        ["token"] = user.Token,
                        ["id"] = user.Id,
                        ["teamId"] = user.TeamId,
                    }),
            ];
        }
    }

    private IEnumerable<FakeMethod> AllMethods() =>
        [
            .. AuthMethods.All(_delivery.Sockets.Connect),
            .. ChatMethods.All(),
            .. ConversationMethods.All(),
            .. HistoryMethods.All(),
            .. PeopleMethods.All(),
            .. ViewMethods.All(),
            .. FileMethods.All(),
            .. OAuthMethods.All(),
        ];

    private Task HandleAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path switch
        {
            ["_fake", .. var rest] => _control.HandleAsync(context, rest),
            ["api", var method] => _pipeline.HandleAsync(context, method),
            ["oauth", "v2", "authorize"] => OAuthMethods.AuthorizeAsync(context, State),
            ["openid", "connect", "authorize"] => OAuthMethods.AuthorizeAsync(context, State, isIdentity: true),
            ["commands" or "actions", .. { Length: 3 } secret] => ResponseRoutes.RespondAsync(
                context,
                State,
                Statistics,
                string.Join('/', secret)
            ),
            ["upload", "v1", var file] => FileRoutes.UploadAsync(context, State, file),
            ["files-pri", var file, .., _] => FileRoutes.DownloadAsync(context, State, file),
            ["avatars", var name] => FileRoutes.PictureAsync(context, name),
            _ => Answer.TextAsync(context, 404, "There is nothing here."),
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
