using System.Globalization;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Tests.Discord.Listening;

namespace NewsBot.Tests.Discord.Commands;

/// <summary>People of a guild use the commands, through the gateway and over HTTP; what counts is what they see.</summary>
public sealed class DiscordCommandJourneyTests
{
    private const int Commands = 6;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_sets_a_channel_up_and_a_reader_finds_a_story()
    {
        await using var running = await GivenAsync();
        var text = running.Server.Channels.Text;
        var admin = running.Server.Human("admin");
        var (story, card) = await running.CardAsync(text);

        var asked = await admin.RunCommandAsync(
            text,
            "news-admin channel limits",
            new JsonObject { ["per-hour"] = 5, ["per-day"] = 20 },
            Stop
        );
        await admin.ClickAsync(text, Id(asked), Button(asked, "confirm:"), Stop);
        var latest = await running.Server.Human("Kofi").RunCommandAsync(text, "news latest", null, Stop);
        var choices = await running
            .Server.Human("Kofi")
            .AutocompleteAsync(text, "news story", "story", new JsonObject { ["story"] = "bridge" }, Stop);

        await running.UntilAsync("SELECT COUNT(*) FROM channel WHERE max_per_hour = 5 AND max_per_day = 20", 1);
        Assert.Contains("Harbour bridge opens", Content(latest), StringComparison.Ordinal);
        Assert.Equal(story.Value.ToString(CultureInfo.InvariantCulture), Assert.Single(choices!)!["value"]!.ToString());
        Assert.NotEqual(0UL, card);
    }

    [Fact]
    public async Task A_comment_is_found_by_number_and_hidden_from_its_menu()
    {
        await using var running = await GivenAsync();
        var text = running.Server.Channels.Text;
        var moderator = running.Server.Human("moderator");
        var (_, card) = await running.CardAsync(text);
        var reply = await running.Server.Human("Kofi").SayAsync(text, "Rude words", card, Stop);
        await running.UntilCommentsAsync(1);

        var number = await running
            .Server.Human("Tomasz")
            .RunMessageCommand(text, "Comment number & link", reply)
            .AnswerAsync(Stop);
        var hide = await moderator.RunMessageCommand(text, "Hide", reply).AnswerAsync(Stop);
        await moderator.ClickAsync(text, Id(hide), Button(hide, "confirm:"), Stop);

        Assert.Contains("Comment **#1**", Content(number), StringComparison.Ordinal);
        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'hidden'", 1);
    }

    [Fact]
    public async Task A_filter_is_changed_in_a_form()
    {
        await using var running = await GivenAsync();
        var text = running.Server.Channels.Text;
        var admin = running.Server.Human("admin");
        await running.CardAsync(text);
        await running.RunAsync(
            "INSERT INTO subscription (source_id, channel_id, filter, created_at) SELECT s.id, c.id, '-rumor', 0 FROM source s, channel c"
        );

        var opener = admin.RunCommand(text, "news-admin filter set", new JsonObject { ["source"] = "Outlet" });
        var form = await opener.AnswerAsync(Stop);
        var asked = await admin.SubmitModalAsync(opener, new JsonObject { ["filter"] = "title:bridge" }, Stop);
        await admin.ClickAsync(text, Id(asked), Button(asked, "confirm:"), Stop);

        Assert.Contains("-rumor", form.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("would pass", Content(asked), StringComparison.Ordinal);
        await running.UntilAsync("SELECT COUNT(*) FROM subscription WHERE filter = 'title:bridge'", 1);
    }

    [Fact]
    public async Task A_feed_that_wants_a_login_is_added_and_read_with_what_is_typed_into_the_form()
    {
        await using var site = await FakeFeedSite.StartAsync(0, TimeProvider.System, Stop);
        await using var running = await GivenAsync("--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8");
        var text = running.Server.Channels.Text;
        var admin = running.Server.Human("admin");

        var asked = await admin.RunCommandAsync(
            text,
            "news-admin add",
            new JsonObject { ["url"] = site.Url("/feeds/closed.rss").AbsoluteUri },
            Stop
        );
        var opener = admin.Click(text, Id(asked), Button(asked, "login-add:"));
        await opener.AnswerAsync(Stop);
        var added = await admin.SubmitModalAsync(
            opener,
            new JsonObject { ["user"] = "reader", ["secret"] = "tide" },
            Stop
        );

        Assert.Contains("wants a login", Content(asked), StringComparison.Ordinal);
        Assert.Contains("Added", Content(added), StringComparison.Ordinal);
        await running.UntilAsync("SELECT COUNT(*) FROM feed WHERE last_success_at IS NOT NULL AND failures = 0", 1);
    }

    [Fact]
    public async Task The_button_below_a_card_opens_its_thread()
    {
        await using var running = await GivenAsync();
        var text = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(text);
        var message = running.Server.State.World.Messages[text][card];
        var discuss = Find(JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(message.Components))!, "discuss:");

        var answer = await running.Server.Human("Kofi").ClickAsync(text, card, discuss!, Stop);

        Assert.Contains($"<#{card}>", Content(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_HTTP_the_same_is_answered()
    {
        await using var server = await FakeDiscordServer.StartAsync(
            new FakeDiscordOptions { Limits = FakeLimits.Unlimited() },
            Stop
        );
        await using var newsroom = await RunningNewsroom.StartAsync(
            $"--Chat:Discord:BotToken={server.BotToken}",
            $"--Chat:Discord:ApiBaseUrl={server.ApiBaseUrl}",
            $"--Chat:Discord:PublicKey={server.PublicKey}",
            "--Chat:Web:Enabled=false",
            "--Starter:Enabled=false"
        );
        await ReadyAsync(server, newsroom);

        Assert.Null(
            await server.SetInteractionsEndpointAsync($"{newsroom.Http.BaseAddress}discord/interactions", Stop)
        );
        var status = await server.Human("admin").RunCommandAsync(server.Channels.Text, "news-admin status", null, Stop);
        var refused = await server.Human("Kofi").RunCommandAsync(server.Channels.Text, "news me show", null, Stop);

        Assert.Contains("Discord", Content(status), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Kofi", Content(refused), StringComparison.Ordinal);
    }

    private static async Task<ConnectedNewsroom> GivenAsync(params string[] settings)
    {
        var running = await ConnectedNewsroom.StartAsync(settings);
        await ReadyAsync(running.Server, running.Newsroom);
        return running;
    }

    private static async Task ReadyAsync(FakeDiscordServer server, RunningNewsroom newsroom)
    {
        await RunningNewsroom.UntilAsync(() =>
            Task.FromResult(server.State.World.Commands.GetValueOrDefault(0UL)?.Count == Commands ? "yes" : null)
        );
        await RunningNewsroom.UntilAsync(async () =>
            await newsroom
                .Services.GetRequiredService<Database>()
                .ReadAsync(
                    connection =>
                        connection.ExecuteScalarAsync<string?>(
                            "SELECT external_id FROM workspace WHERE platform = 'discord'"
                        ),
                    Stop
                )
        );
    }

    private static ulong Id(JsonObject answer) =>
        ulong.Parse(answer["message_id"]!.ToString(), CultureInfo.InvariantCulture);

    private static string Content(JsonObject answer) =>
        answer["message"]?["content"]?.ToString() ?? answer.ToJsonString();

    private static string Button(JsonObject answer, string prefix) =>
        Find(answer["message"]!, prefix) ?? throw new InvalidOperationException(answer.ToJsonString());

    private static string? Find(JsonNode node, string prefix) =>
        node switch
        {
            JsonObject one => one["custom_id"]?.ToString() is { } id && id.StartsWith(prefix, StringComparison.Ordinal)
                ? id
                : one.Select(pair => pair.Value is { } value ? Find(value, prefix) : null)
                    .FirstOrDefault(found => found is not null),
            JsonArray all => all.Select(one => one is null ? null : Find(one, prefix))
                .FirstOrDefault(found => found is not null),
            _ => null,
        };
}
