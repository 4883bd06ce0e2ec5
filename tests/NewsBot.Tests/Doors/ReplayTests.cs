using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Servers.FakeSlack.Delivery;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Tests.Doors;

/// <summary>What a platform sent once is done once, whoever sends the same again while its signature is good.</summary>
public sealed class ReplayTests
{
    // What was asked once waits once to be confirmed.
    private const string Waiting = "SELECT COUNT(*) FROM pending_command";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task An_interaction_of_Discord_is_done_once_by_gateway_and_HTTP_also_after_many_others()
    {
        await using var twin = await FakeDiscordServer.StartAsync(new FakeDiscordOptions(), Stop);
        await using var room = await DiscordNewsroom.StartAsync(
            new FakeDiscordOptions { Limits = Testing.Servers.FakeDiscord.FakeLimits.Unlimited() },
            $"--Chat:Discord:PublicKey={twin.PublicKey}"
        );
        await room.ChannelAsync(room.Discord.Channels.Text);
        var state = room.Discord.State;
        var address = new Uri(room.Newsroom.Http.BaseAddress!, DiscordInteractionEndpoint.Path);
        Assert.Null(await room.Discord.SetInteractionsEndpointAsync(address.AbsoluteUri, Stop));
        var deliver = state.Deliver!;
        List<JsonObject> sent = [];
        state.Deliver = (id, interaction) =>
        {
            sent.Add((JsonObject)interaction.DeepClone());
            deliver(id, interaction);
        };
        var options = new JsonObject { ["word"] = "casino" };
        await room
            .Discord.Human("admin")
            .RunCommandAsync(room.Discord.Channels.Text, "news-mod words add", options, Stop);
        var body = Encoding.UTF8.GetBytes(sent[0].ToJsonString());
        var stamp = Now.ToString(CultureInfo.InvariantCulture);
        var sign = Signing.Sign(state.World.SigningSeed, stamp, body);

        // Whatever somebody types is an interaction too, letter by letter.
        var commands = (DiscordCommands)room.Newsroom.Services.GetService(typeof(DiscordCommands))!;
        for (var i = 0; i < 2_000; i++)
        {
            await commands.HandleAsync(
                new Clients.Discord.Objects.Interaction(
                    new Clients.Discord.Snowflake((ulong)i + 1),
                    default,
                    (Clients.Discord.Objects.InteractionType)99,
                    ""
                ),
                Stop
            );
        }

        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new ByteArrayContent(body),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.TryAddWithoutValidation("X-Signature-Ed25519", sign);
            request.Headers.TryAddWithoutValidation("X-Signature-Timestamp", stamp);
            using var answer = await room.Newsroom.Http.SendAsync(request, Stop);
            answers.Add(answer.StatusCode);
        }

        Assert.Null(await room.Discord.SetInteractionsEndpointAsync(null, Stop));
        await room
            .Discord.Human("admin")
            .RunCommandAsync(
                room.Discord.Channels.Text,
                "news-mod words add",
                new JsonObject { ["word"] = "poker" },
                Stop
            );

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.Accepted, status));
        Assert.Equal(2, await room.Newsroom.NumberAsync(Waiting));
    }

    [Fact]
    public async Task What_is_used_in_Slack_is_done_once_however_often_the_same_signed_request_comes()
    {
        var options = new FakeSlackOptions { Limits = Testing.Servers.FakeSlack.FakeLimits.Unlimited() };
        await using var twin = await FakeSlackServer.StartAsync(options, Stop);
        await using var room = await SlackNewsroom.StartAsync(
            new FakeSlackOptions { Limits = Testing.Servers.FakeSlack.FakeLimits.Unlimited() },
            "--Chat:Slack:AppToken=",
            $"--Chat:Slack:SigningSecret={twin.SigningSecret}"
        );
        var channel = room.Slack.Channels.Public;
        await room.ChannelAsync(channel);
        var user = room.Slack.State.World.Users[room.Slack.Human("admin").Id];

        var expected = 0;
        foreach (var (path, body) in Requests(room, user, channel))
        {
            expected++;
            var bytes = Encoding.UTF8.GetBytes(body);
            var second = Now;
            var sign = RequestSigning.Sign(twin.SigningSecret, second, bytes);
            for (var i = 0; i < 3; i++)
            {
                await SendAsync(room, path, bytes, (sign, second, i));
            }

            // The next one is behind all that would have come of these.
            await room.Newsroom.UntilAsync(Waiting, expected);
        }

        Assert.Equal(4, expected);
        Assert.Equal(expected, await room.Newsroom.NumberAsync(Waiting));
    }

    [Fact]
    public async Task What_was_signed_for_the_program_before_is_not_done_again_after_its_restart()
    {
        var options = new FakeSlackOptions { Limits = Testing.Servers.FakeSlack.FakeLimits.Unlimited() };
        await using var twin = await FakeSlackServer.StartAsync(options, Stop);
        await using var room = await SlackNewsroom.StartAsync(
            new FakeSlackOptions { Limits = Testing.Servers.FakeSlack.FakeLimits.Unlimited() },
            "--Chat:Slack:AppToken=",
            $"--Chat:Slack:SigningSecret={twin.SigningSecret}"
        );
        var channel = room.Slack.Channels.Public;
        await room.ChannelAsync(channel);
        var user = room.Slack.State.World.Users[room.Slack.Human("admin").Id];
        var requests = Requests(room, user, channel).ToList();
        var first = Encoding.UTF8.GetBytes(requests[0].Body);
        var second = Now;
        var sign = RequestSigning.Sign(twin.SigningSecret, second, first);
        await SendAsync(room, requests[0].Path, first, (sign, second, 0));
        await room.Newsroom.UntilAsync(Waiting, 1);

        await room.Newsroom.RestartAsync();
        await SendAsync(room, requests[0].Path, first, (sign, second, 0));

        // The next one is behind all that would have come of it.
        var last = Encoding.UTF8.GetBytes(requests[^1].Body);
        await SendAsync(
            room,
            requests[^1].Path,
            last,
            (RequestSigning.Sign(twin.SigningSecret, second, last), second, 0)
        );
        await room.Newsroom.UntilAsync(Waiting, 2);
        Assert.Equal(2, await room.Newsroom.NumberAsync("SELECT COUNT(*) FROM signed_request"));
    }

    private static async Task SendAsync(
        SlackNewsroom room,
        string path,
        byte[] bytes,
        (string Sign, long Second, int Try) head
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new ByteArrayContent(bytes),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        request.Headers.TryAddWithoutValidation("X-Slack-Signature", head.Sign);
        request.Headers.TryAddWithoutValidation(
            "X-Slack-Request-Timestamp",
            head.Second.ToString(CultureInfo.InvariantCulture)
        );
        request.Headers.TryAddWithoutValidation("X-Slack-Retry-Num", head.Try.ToString(CultureInfo.InvariantCulture));
        using var answer = await room.Newsroom.Http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static IEnumerable<(string Path, string Body)> Requests(SlackNewsroom room, StoredUser user, string channel)
    {
        var state = room.Slack.State;
        string Payload(string type, Action<JsonObject> fill)
        {
            var payload = state.InteractionHead(type, user);
            payload["trigger_id"] = $"1.2.{type}";
            payload["channel"] = new JsonObject { ["id"] = channel, ["name"] = "news" };
            fill(payload);
            return $"payload={Uri.EscapeDataString(payload.ToJsonString())}";
        }

        string Command(string word) =>
            $"team_id={state.World.TeamId}&user_id={user.Id}&channel_id={channel}&command=%2Fnews&trigger_id=1.2.{word}"
            + $"&text={Uri.EscapeDataString($"words add {word}")}";

        yield return (SlackEndpoints.CommandsPath, Command("casino"));
        yield return (
            SlackEndpoints.InteractionsPath,
            Payload(
                "block_actions",
                payload =>
                    payload["actions"] = new JsonArray(
                        new JsonObject
                        {
                            ["type"] = "button",
                            ["action_id"] = "run:0",
                            ["block_id"] = "b",
                            ["value"] = "words add poker",
                            ["action_ts"] = "1.2",
                        }
                    )
            )
        );
        yield return (
            SlackEndpoints.InteractionsPath,
            Payload(
                "view_submission",
                payload =>
                {
                    var view = (JsonObject)
                        JsonSerializer.SerializeToNode(
                            SlackFormViews.Digest(new SlackFormState(Channel: channel), "UTC"),
                            SlackJson.Options
                        )!;
                    view["id"] = "V0FORGED";
                    view["state"] = new JsonObject
                    {
                        ["values"] = new JsonObject
                        {
                            ["channel"] = new JsonObject
                            {
                                ["channel"] = new JsonObject
                                {
                                    ["type"] = "conversations_select",
                                    ["selected_conversation"] = channel,
                                },
                            },
                            ["times"] = new JsonObject
                            {
                                ["times"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = "8:30" },
                            },
                            ["zone"] = new JsonObject
                            {
                                ["zone"] = new JsonObject
                                {
                                    ["type"] = "external_select",
                                    ["selected_option"] = new JsonObject { ["value"] = "UTC" },
                                },
                            },
                        },
                    };
                    payload["view"] = view;
                }
            )
        );
        yield return (SlackEndpoints.CommandsPath, Command("lottery"));
    }
}
