using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Flows;
using NewsBot.Scheduling;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.Pages;
using DiscordOptions = NewsBot.Testing.Servers.FakeDiscord.FakeDiscordOptions;

namespace NewsBot.Tests.Digests;

/// <summary>On every platform an admin is shown the very messages that are posted then.</summary>
public sealed class PreviewIsPostTests
{
    // Two cards and six lines, so that every kind of message is there.
    private const int Stories = 8;
    private const int Cards = 2;

    private const string Wish = """
        UPDATE channel SET mode = 'digest', schedule = 'hourly UTC', digest_cards = 2, next_digest_at = @Never WHERE id = @Id
        """;

    private const string Wait = """
        INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (@Channel, @Story, 'waiting', @Now)
        """;

    private const string Due = "UPDATE channel SET next_digest_at = @Now WHERE id = @Id";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task In_Discord()
    {
        await using var room = await DiscordNewsroom.StartAsync(
            new DiscordOptions { Limits = Testing.Servers.FakeDiscord.FakeLimits.Unlimited() }
        );
        var place = room.Discord.Channels.Text;
        var channel = await room.ChannelAsync(place);
        await GivenAsync(room.Newsroom, channel, headline => room.StoryAsync(headline));

        var exchange = room.Discord.Human("admin").RunCommand(place, "news-admin digest preview");
        // Words before, words with buttons after.
        await exchange.AnswerAsync(Cards + 4, Stop);
        var shown = exchange
            .Answers.Select(answer => answer["message"])
            .OfType<JsonObject>()
            .Where(message => (message["flags"]!.GetValue<int>() & (int)MessageFlags.IsComponentsV2) != 0)
            .Select(message => message["components"].Deserialize<List<Component>>(DiscordJson.Options));
        await PublishAsync(room.Newsroom, channel);
        var posted = await room
            .Newsroom.Services.GetRequiredService<DiscordRest>()
            .GetMessagesAsync(new Snowflake(place), new HistoryRange(), 100, Stop);

        var expected = posted.Reverse().Select(message => Written(message.Components)).ToList();
        Assert.Equal(Cards + 2, expected.Count);
        Assert.Equal(expected, shown.Select(Written));
        Assert.Contains("Why here:", expected[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Slack()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var place = room.Slack.Channels.Public;
        var channel = await room.ChannelAsync(place);
        await GivenAsync(room.Newsroom, channel, headline => room.StoryAsync(headline));

        var exchange = room.Slack.Human("admin").Slash("/news", "digest preview", place);
        await room.Slack.State.WaitAsync(() => exchange.Answers.Any(HasButtons), Stop);
        var blocks = exchange
            .Answers.Skip(1)
            .SelectMany(answer => answer["data"]!["blocks"]!.AsArray())
            .Select(Block)
            .SkipLast(1)
            .ToList();
        await PublishAsync(room.Newsroom, channel);
        var posted = room
            .Slack.State.Messages(place)
            .SelectMany(message => message["blocks"]?.AsArray() ?? [])
            .Select(Block);

        Assert.Equal(posted.ToList(), blocks);
        Assert.True(blocks.Count > Cards + 2);
    }

    [Fact]
    public async Task In_the_built_in_chat()
    {
        var server = new PageServer();
        await server.InitializeAsync();
        await using var _ = server;
        var elsewhere = server.Newsroom.Channel("elsewhere");
        var channel = server.Newsroom.Channel("digest", mode: "digest");
        var source = server.Newsroom.Source();
        await server.WriteAsync(connection =>
            connection.ExecuteAsync(Wish, new { Id = channel, Never = Now + 86_400_000 })
        );
        for (var i = 0; i < Stories; i++)
        {
            var story = server.Newsroom.Story(elsewhere, [source], $"Story {i}");
            await server.WriteAsync(connection =>
                connection.ExecuteAsync(
                    Wait,
                    new
                    {
                        Channel = channel,
                        Story = story,
                        Now,
                    }
                )
            );
        }

        using var browser = server.Browser();
        var door = await server.PageAsync("/chat/digest", browser);
        using var named = await PageServer.SubmitAsync(browser, Form(door, "/chat/name"), ("name", "Ada"));
        await server.WriteAsync(connection => connection.ExecuteAsync("UPDATE member SET role = 'admin'"));
        var chat = await server.PageAsync("/chat/digest", browser);
        using var answer = await PageServer.SubmitAsync(
            browser,
            Form(chat, "/messages"),
            ("text", "/news digest preview")
        );
        var shown = (await PageServer.ParseAsync(answer))
            .QuerySelectorAll("#answer .shown > div")
            .Select(one => one.InnerHtml)
            .ToList();
        await server.WriteAsync(connection => connection.ExecuteAsync(Due, new { Id = channel, Now }));
        await server.Services.GetRequiredService<PublishDigests>().RunAsync(Stop);
        server.Services.GetRequiredService<PostPump>().Wake();
        var page = await RunningNewsroom.UntilAsync(async () =>
        {
            var stream = await server.PageAsync("/chat/digest", browser);
            return stream.QuerySelectorAll(".msg[id^=m]").Length == Cards + 2 ? stream : null;
        });

        Assert.Equal(Cards + 2, shown.Count);
        Assert.Equal(shown, page.QuerySelectorAll(".msg[id^=m] > div").Select(one => one.InnerHtml));
        Assert.Contains("Why here:", shown[1], StringComparison.Ordinal);
    }

    private static async Task GivenAsync(RunningNewsroom newsroom, long channel, Func<string, Task<long>> write)
    {
        await newsroom.RunAsync(Wish, new { Id = channel, Never = Now + 86_400_000 });
        for (var i = 0; i < Stories; i++)
        {
            var story = await write($"Story {i}");
            await newsroom.RunAsync(
                Wait,
                new
                {
                    Channel = channel,
                    Story = story,
                    Now,
                }
            );
        }
    }

    private static async Task PublishAsync(RunningNewsroom newsroom, long channel)
    {
        await newsroom.RunAsync(Due, new { Id = channel, Now });
        await newsroom.Services.GetRequiredService<PublishDigests>().RunAsync(Stop);
        newsroom.WakePosts();
        await newsroom.UntilAsync(
            $"SELECT COUNT(*) FROM post WHERE state = 'sent' AND channel_id = {channel}",
            Cards + 2
        );
    }

    private static string Written(IReadOnlyList<Component>? components) =>
        JsonSerializer.Serialize(components, DiscordJson.Options);

    private static bool HasButtons(JsonObject answer) =>
        answer.ToJsonString().Contains("digest now", StringComparison.Ordinal);

    // Slack numbers blocks by itself.
    private static string Block(JsonNode? block)
    {
        var copy = block!.DeepClone().AsObject();
        copy.Remove("block_id");
        return copy.ToJsonString();
    }

    private static IHtmlFormElement Form(IHtmlDocument page, string action) =>
        page.Forms.First(form => form.GetAttribute("action")!.Contains(action, StringComparison.Ordinal));
}
