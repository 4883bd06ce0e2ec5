using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NewsBot.Tests.Fetching;

/// <summary>Every place in the program from which a request can leave it. A new one has to be thought about, and then stands here.</summary>
public sealed partial class OutgoingRequestTests
{
    // A file, what in it opens connections, and why none of them can be led to where it should not go.
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["NewsBot/Fetching/GuardedConnector.cs"] = "it is the guard",
        ["NewsBot/Fetching/FetchingRegistration.cs"] = "makes the guarded clients",
        ["NewsBot/Summarising/SummarisingRegistration.cs"] = "a guarded client for the model",
        ["NewsBot/Chat/Discord/DiscordRegistration.cs"] = "Chat:Discord:ApiBaseUrl and Discord's own file hosts only",
        ["NewsBot/Chat/Slack/SlackRegistration.cs"] = "Chat:Slack:ApiBaseUrl and Slack's own hosts only",
        ["NewsBot/Web/SignIn/SignInSchemes.cs"] = "the platforms' own token addresses only",
        ["NewsBot/Cli/Health.cs"] = "Web:Url of this program itself, and follows nobody",
        ["NewsBot.Clients/Sockets/MessageSocket.cs"] = "addresses that GatewayUrl and SocketRules have checked",
    };

    private static readonly string[] Clients =
    [
        "documents",
        "pictures",
        "own-pages",
        "shown-logins",
        "hubs",
        "plain-hubs",
        "model",
        "discord",
        "slack",
        "sign-in",
    ];

    [Fact]
    public void Connections_are_opened_in_these_places_only()
    {
        var source = Path.Combine(Root(), "src");
        var found = Directory
            .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => Opens().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(source, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

        Assert.Equal(Known.Keys.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public void Every_client_is_named_here()
    {
        var source = Path.Combine(Root(), "src");
        var made = Directory
            .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Sum(file => Makes().Count(File.ReadAllText(file)));

        // One call stands within the method that makes guarded clients.
        Assert.Equal(Clients.Length + 1, made);
    }

    [Fact]
    public async Task No_client_follows_redirects_keeps_cookies_or_writes_addresses_down()
    {
        await using var app = NewsBotHost.Build(
            [
                "--Chat:Discord:BotToken=a.b.c",
                "--Chat:Discord:ClientId=1",
                "--Chat:Discord:ClientSecret=s",
                "--Chat:Slack:BotToken=xoxb-1",
                "--Chat:Slack:AppToken=xapp-1",
                "--Web:PublicUrl=https://news.example",
                "--data",
                Path.GetTempPath(),
            ],
            builder => builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace)
        );
        var handlers = app.Services.GetRequiredService<IHttpMessageHandlerFactory>();

        foreach (var name in Clients)
        {
            using var handler = handlers.CreateHandler(name);
            var chain = Chain(handler).ToList();

            var last = Assert.IsType<SocketsHttpHandler>(chain[^1]);
            Assert.False(last.AllowAutoRedirect, name);
            Assert.False(last.UseCookies, name);
            Assert.DoesNotContain(chain, one => one.GetType().Name.Contains("Logging", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<HttpMessageHandler> Chain(HttpMessageHandler? handler)
    {
        while (handler is not null)
        {
            yield return handler;
            handler = (handler as DelegatingHandler)?.InnerHandler;
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "NewsBot.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(
        @"new (HttpClient|SocketsHttpHandler|HttpClientHandler|HttpMessageInvoker|Socket|TcpClient|UdpClient|SmtpClient|Ping)\b\s*[({]|ClientWebSocket _|WebRequest\.|\.AddHttpClient\(|\.AddGuardedClient\(|Dns\.Get|ConfigurePrimaryHttpMessageHandler",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Opens();

    [GeneratedRegex(@"\.AddHttpClient\(|\.AddGuardedClient\(", RegexOptions.None, 1_000)]
    private static partial Regex Makes();
}
