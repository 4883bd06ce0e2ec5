using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Slack;
using NewsBot.Chat.Web;
using NewsBot.Clients.Slack.SocketMode;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Channels;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Processes;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Telemetry;
using NewsBot.Testing;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Servers.FakeSlack.Humans;
using NewsBot.Tests.Commands;
using NewsBot.Web;

namespace NewsBot.Tests.Slack.Commands;

/// <summary>A newsroom whose community has a workspace of Slack, and people there who use what it offers.</summary>
internal sealed class SlackRig : ISlackSocketHandler, IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly bool _isListening;
    private Task _socket = Task.CompletedTask;

    private SlackRig(CommandRig rig, FakeSlackServer slack, bool isListening)
    {
        Rig = rig;
        Slack = slack;
        _isListening = isListening;
    }

    public CommandRig Rig { get; }

    public FakeSlackServer Slack { get; }

    public string Channel => Slack.Channels.Public;

    public FakeHuman Admin => Slack.Human("admin");

    public FakeHuman Moderator => Slack.Human("moderator");

    public FakeHuman Reader => Slack.Human("saga_w");

    public SlackCommands Commands => Rig.Services.GetRequiredService<SlackCommands>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SlackRig> NewAsync(string? publicUrl = "https://news.example.org", bool isListening = true)
    {
        FakeSlackServer? slack = null;
        var rig = await CommandRig.NewAsync(services =>
        {
            services
                .AddHttpClient(SlackRegistration.HttpClientName)
                .ConfigurePrimaryHttpMessageHandler(SlackWebApi.CreateHandler);
            services
                .AddSingleton(Options.Create(new WebOptions { PublicUrl = publicUrl }))
                .AddSingleton(Options.Create(new WebChatOptions { Enabled = false }))
                .AddSingleton<IOptions<SlackOptions>>(_ =>
                    Options.Create(
                        new SlackOptions
                        {
                            BotToken = slack!.BotToken,
                            AppToken = slack.AppToken,
                            ApiBaseUrl = slack.ApiBaseUrl.AbsoluteUri,
                        }
                    )
                )
                .AddSingleton<SlackInstallStore>()
                .AddSingleton<SlackTeams>()
                .AddSingleton<ThisProcess>()
                .AddSingleton<SlackInstalls>()
                .AddSingleton<IPostStore, PostStore>()
                .AddCallMeter(Platform.Slack)
                .AddSingleton(UnheardMeter.Flows)
                .AddSingleton<SendPosts>()
                .AddSingleton<PostPump>()
                .AddSlackPublishing()
                .AddSlackCommands();
        });
        slack = await FakeSlackServer.StartAsync(
            new FakeSlackOptions
            {
                Time = rig.Clock,
                Limits = FakeLimits.Unlimited(),
                SelfAsBotMessage = true,
            },
            Stop
        );
        await rig.SqlAsync(
            $"""
            INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (2, 1, 'slack', '{slack.TeamId}', 'Harbour');
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, publication, created_at)
            VALUES (10, 1, 2, '{slack.Channels.Public}', 'news', 'public', @Now);
            """
        );
        slack.Driver.Invite(slack.Channels.Public);
        var made = new SlackRig(rig, slack, isListening);
        await made.StartAsync();
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Commands.StopAsync(CancellationToken.None);
        await EndAsync(_socket);
        await Slack.DisposeAsync();
        await Rig.DisposeAsync();
        _ended.Dispose();
    }

    async Task<JsonNode?> ISlackSocketHandler.HandleAsync(
        SlackEnvelope envelope,
        CancellationToken cancellationToken
    ) => envelope.Kind == SlackEnvelopeKind.Event ? null : await Commands.TakeAsync(envelope, cancellationToken);

    void ISlackSocketHandler.OnState(SlackSocketState state) { }

    /// <summary>Types a line behind /news, and gives the last answer that came once there are so many.</summary>
    public async Task<JsonObject> NewsAsync(FakeHuman human, string line, int answers = 1) =>
        await human.Slash("/news", line, Channel).AnswerAsync(answers, Stop);

    /// <summary>Opens a window with a line, and gives it once it is filled.</summary>
    public async Task<JsonObject> OpenAsync(FakeHuman human, string line)
    {
        var opened = await NewsAsync(human, line, answers: 2);
        Assert.Equal("view", opened["kind"]!.ToString());
        return Data(opened);
    }

    /// <summary>Sends what waits in the outbox.</summary>
    public async Task PostAsync()
    {
        var sending = Rig.Services.GetRequiredService<SendPosts>().RunAsync(Stop);
        // A channel takes a message a second, by the clock of the test.
        while (
            await Task.WhenAny(sending, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop)) != sending
        )
        {
            Rig.Clock.Advance(TimeSpan.FromMilliseconds(200));
        }

        await sending;
    }

    /// <summary>Fills in a window and sends it.</summary>
    public static Task<JsonObject> SendAsync(FakeHuman human, JsonObject view, JsonObject values) =>
        human.SubmitViewAsync(view["id"]!.ToString(), values, Stop);

    /// <summary>Presses a button below an answer, and gives what comes of it.</summary>
    public async Task<JsonObject> PressAsync(FakeHuman human, JsonObject answer, string actionId, int answers = 1)
    {
        var message = Data(answer);
        return await human.Click(Channel, message["ts"]!.ToString(), actionId).AnswerAsync(answers, Stop);
    }

    /// <summary>Delivers what Slack would, without a Slack.</summary>
    public Task<JsonNode?> TakeAsync(SlackEnvelopeKind kind, string payload) =>
        Commands.TakeAsync(
            new SlackEnvelope("e1", kind, Encoding.UTF8.GetBytes(payload), AcceptsPayload: true, 0, null),
            Stop
        );

    /// <summary>Posts a card as the bot does, and gives its ts.</summary>
    public async Task<string> CardAsync(long story)
    {
        var api = await Rig.Services.GetRequiredService<SlackInstalls>().ForTeamAsync(Slack.TeamId, Stop);
        var posted = await api!.PostMessageAsync(
            Channel,
            new NewMessage
            {
                Text = "card",
                Blocks =
                [
                    NewsBot.Clients.Slack.Objects.Block.Actions(
                        SlackAnswer.Button($"discuss:{story}:key", "Discuss", "x")
                    ),
                ],
            },
            Stop
        );
        await Rig.CardAsync(story, channel: 10, message: posted.Ts.Text);
        return posted.Ts.Text;
    }

    /// <summary>A comment that a human wrote into a thread and that is in the ledger.</summary>
    public async Task<string> CommentAsync(FakeHuman human, long story, string card, int number, string body)
    {
        var ts = await human.SayAsync(Channel, body, card, Stop);
        await Rig.CommentAsync(story, number, 3, body);
        await Rig.SqlAsync(
            $"""
            UPDATE comment SET channel_id = 10, message_id = '{ts}' WHERE story_id = {story} AND number = {number};
            UPDATE story SET next_number = {number} + 1 WHERE id = {story};
            """
        );
        return ts;
    }

    /// <summary>An option of a select that we fill.</summary>
    public static JsonObject Option(string value) =>
        new()
        {
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = value },
            ["value"] = value,
        };

    /// <summary>All words of an answer or window.</summary>
    public static string Words(JsonNode? node)
    {
        var words = new StringBuilder();
        Collect(node, words);
        return words.ToString();
    }

    /// <summary>Ids of the buttons and selects of an answer or window.</summary>
    public static IReadOnlyList<string> Actions(JsonNode? node) =>
        [
            .. (Data(node!)["blocks"] as JsonArray ?? [])
                .SelectMany(block => block!["elements"] as JsonArray ?? [])
                .Select(element => element!["action_id"]?.ToString() ?? "")
                .Where(id => id.Length > 0),
        ];

    public static JsonObject Data(JsonNode answer) => answer["data"] as JsonObject ?? (JsonObject)answer;

    // How long a socket waits for its end goes by the same clock as everything else.
    private async Task EndAsync(Task ending)
    {
        while (!ending.IsCompleted)
        {
            Rig.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(
                ending,
                Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None)
            );
        }
    }

    /// <summary>Waits for what nobody tells of.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop);
        }
    }

    /// <summary>Lets time pass until something has come.</summary>
    public async Task<T> UntilAsync<T>(Task<T> coming)
    {
        while (true)
        {
            Rig.Clock.Advance(TimeSpan.FromSeconds(1));
            try
            {
                return await coming.WaitAsync(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
            }
            catch (TimeoutException)
            {
                // Not yet.
            }
        }
    }

    private async Task StartAsync()
    {
        await Commands.StartAsync(Stop);
        if (!_isListening)
        {
            return;
        }

        var app = new SlackWebApi(
            new SlackWebApiOptions(Slack.AppToken, "test") { BaseUrl = Slack.ApiBaseUrl },
            new HttpClient(SlackWebApi.CreateHandler()),
            Rig.Clock
        );
        var socket = new SlackSocket(
            new SlackSocketOptions { UserAgent = "test", Connections = 1 },
            this,
            app.OpenSocketAsync,
            Rig.Clock,
            NullLoggerFactory.Instance
        );
        _socket = socket.RunAsync(_ended.Token);
        await Slack.Driver.SocketsAsync(1, Stop);
    }

    private static void Collect(JsonNode? node, StringBuilder words)
    {
        switch (node)
        {
            case JsonObject part:
                foreach (var (name, value) in part)
                {
                    if (name is "text" or "errors" && value?.GetValueKind() == JsonValueKind.String)
                    {
                        words.Append(value).Append('\n');
                    }
                    else
                    {
                        Collect(value, words);
                    }
                }

                break;
            case JsonArray list:
                foreach (var one in list)
                {
                    Collect(one, words);
                }

                break;
            default:
                break;
        }
    }
}
