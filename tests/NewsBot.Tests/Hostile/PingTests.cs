using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;

namespace NewsBot.Tests.Hostile;

/// <summary>Every call to Discord that carries words, found by what it takes: none of them may call anybody by itself.</summary>
public sealed class PingTests
{
    private static readonly string Bomb = string.Concat(Enumerable.Range(1, 10_000).Select(id => $"<@{id}>"));

    public static TheoryData<string> Calls => [.. Speaking.Select(method => method.Name)];

    private static IEnumerable<MethodInfo> Speaking =>
        typeof(DiscordRest)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetParameters().Any(parameter => Filled(parameter.ParameterType) is not null))
            // They take the draft of a thread; only that of a forum has a first message.
            .Where(method => method.Name is not ("ModifyThreadAsync" or "StartThreadAsync"));

    [Fact]
    public void The_calls_that_speak_are_found() =>
        Assert.Equal(
            [
                "CreateMessageAsync",
                "EditMessageAsync",
                "EditResponseAsync",
                "EditWebhookMessageAsync",
                "ExecuteWebhookAsync",
                "FollowUpAsync",
                "RespondAsync",
                "StartForumPostAsync",
            ],
            Speaking.Select(method => method.Name).Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task No_call_pings_anybody_whatever_the_words_are(string name)
    {
        var method = Speaking.Single(one => one.Name == name);
        using var wire = new Wire();
        using var http = new HttpClient(wire);
        using var rest = new DiscordRest(
            new DiscordRestOptions(
                new Uri("https://discord.example/api/v10/"),
                "token",
                "DiscordBot (https://a.example, 1)"
            ),
            http,
            TimeProvider.System
        );

        var arguments = method.GetParameters().Select(parameter => Argument(parameter.ParameterType)).ToArray();
        await Assert.ThrowsAsync<DiscordException>(() => (Task)method.Invoke(rest, arguments)!);

        var said = Said(JsonNode.Parse(wire.Body!)!);
        Assert.Equal(Bomb, (string?)said["content"]);
        var allowed = said["allowed_mentions"];
        Assert.NotNull(allowed);
        Assert.Empty(allowed["parse"]!.AsArray());
        Assert.Null(allowed["users"]);
        Assert.Empty(allowed["roles"]?.AsArray() ?? []);
    }

    // The words stand at the top, below "message" or below "data".
    private static JsonNode Said(JsonNode body) => body["message"] ?? body["data"] ?? body;

    private static object? Argument(Type type) =>
        Filled(type)
        ?? (
            type == typeof(Snowflake) ? new Snowflake(7)
            : type == typeof(Snowflake?) ? new Snowflake(8)
            : type == typeof(string) ? "token"
            : type == typeof(CancellationToken) ? TestContext.Current.CancellationToken
            : type == typeof(WebhookKey) ? new WebhookKey(new Snowflake(9), "token")
            : type == typeof(IReadOnlyList<UploadFile>) ? Array.Empty<UploadFile>()
            : throw new InvalidOperationException($"The test has no {type.Name} to call with.")
        );

    private static object? Filled(Type type) =>
        type == typeof(NewMessage) ? new NewMessage { Content = Bomb }
        : type == typeof(WebhookMessage) ? new WebhookMessage(Bomb)
        : type == typeof(ThreadDraft)
            ? new ThreadDraft
            {
                Name = "x",
                Message = new NewMessage { Content = Bomb },
            }
        : type == typeof(InteractionResponse)
            ? new InteractionResponse(InteractionResponseType.Message, new InteractionResponseData { Content = Bomb })
        : null;

    /// <summary>Keeps what is sent and refuses it.</summary>
    private sealed class Wire : HttpMessageHandler
    {
        public string? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.BadRequest)
            {
                Content = new StringContent("""{"code":50035,"message":"no"}"""),
            };
        }
    }
}
