using System.Text.Json.Nodes;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Tests.Slack.Commands;

/// <summary>People of a workspace use the whole program, over the socket and by HTTP; what counts is what they see.</summary>
public sealed class SlackCommandJourneyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_is_added_from_a_window_and_its_cards_come_into_the_channel()
    {
        await using var site = await FakeFeedSite.StartAsync(0, TimeProvider.System, Stop);
        await using var room = await SlackNewsroom.StartAsync(null, "--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8");
        var channel = room.Slack.Channels.Public;
        var admin = room.Slack.Human("admin");

        var form = SlackRig.Data(await admin.Slash("/news", "add", channel).AnswerAsync(2, Stop));
        var shown = await admin.SubmitViewAsync(
            form["id"]!.ToString(),
            new JsonObject
            {
                ["url"] = site.Url("/feeds/harbour.rss").AbsoluteUri,
                ["channel"] = channel,
                ["offer"] = "2",
            },
            Stop
        );
        Assert.Contains("It will come to", SlackRig.Words(shown), StringComparison.Ordinal);
        var done = await admin.SubmitViewAsync(SlackRig.Data(shown)["id"]!.ToString(), [], Stop);

        Assert.Contains("Added", SlackRig.Words(done), StringComparison.Ordinal);
        await room.Slack.State.WaitAsync(() => Cards(room, channel).Count() == 2, Stop);
        var discuss = SlackRig
            .Actions(Cards(room, channel).First())
            .First(id => id.StartsWith("discuss:", StringComparison.Ordinal));
        var answer = await room
            .Slack.Human("Kofi")
            .ClickAsync(channel, Cards(room, channel).First()["ts"]!.ToString(), discuss, Stop);
        Assert.Contains("Reply in thread", SlackRig.Words(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_from_the_thread_is_answered_in_a_window_and_hidden_by_a_moderator()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (story, card) = await room.CardAsync(channel);
        var reader = room.Slack.Human("saga_w");
        var first = await room.Slack.Human("Kofi").SayAsync(channel, "Who pays for it?", card, Stop);
        await room.Newsroom.UntilCommentsAsync(1);

        var form = SlackRig.Data(await reader.Shortcut(channel, first, "answer").AnswerAsync(2, Stop));
        await reader.SubmitViewAsync(form["id"]!.ToString(), new JsonObject { ["text"] = "The harbour does" }, Stop);
        await room.Slack.State.WaitAsync(
            () => room.Slack.State.Messages(channel).Any(one => one["username"]?.ToString() == "Saga Wiklund"),
            Stop
        );
        await room.Newsroom.UntilAsync(
            "SELECT COUNT(*) FROM post WHERE subject LIKE 'comment:%' AND state = 'sent'",
            1
        );
        var hide = await room.Slack.Human("admin").ShortcutAsync(channel, first, "hide", Stop);
        await room.Slack.Human("admin").ClickAsync(channel, SlackRig.Data(hide)["ts"]!.ToString(), "confirm", Stop);

        var comments = await room.Newsroom.CommentsAsync(story);
        Assert.Equal(2, comments.Count);
        Assert.Equal(1, await room.Newsroom.NumberAsync("SELECT parent FROM comment WHERE number = 2"));
        Assert.Equal("hidden", await room.Newsroom.WordAsync("SELECT state FROM comment WHERE number = 1"));
        // What the bot posts under somebody's name comes back as an event, and is no comment of its own.
        Assert.Equal(2, await room.Newsroom.NumberAsync("SELECT COUNT(*) FROM comment"));
    }

    [Fact]
    public async Task By_HTTP_the_same_is_answered()
    {
        var options = new FakeSlackOptions { Limits = FakeLimits.Unlimited() };
        // The secret is made from the seed, so that it is known before the emulator is there.
        await using var twin = await FakeSlackServer.StartAsync(options, Stop);
        await using var posted = await SlackNewsroom.StartAsync(
            new FakeSlackOptions { Limits = FakeLimits.Unlimited() },
            "--Chat:Slack:AppToken=",
            $"--Chat:Slack:SigningSecret={twin.SigningSecret}"
        );
        var channel = posted.Slack.Channels.Public;
        var address = new Uri(posted.Newsroom.Http.BaseAddress!, "slack").AbsoluteUri;
        Assert.Null(await posted.Slack.SetRequestUrlAsync(address, Stop));

        var told = await posted.Slack.Human("Kofi").SlashAsync("/news", "me", channel, Stop);
        var form = SlackRig.Data(
            await posted.Slack.Human("admin").Slash("/news", "digest set", channel).AnswerAsync(2, Stop)
        );
        var zones = await posted
            .Slack.Human("admin")
            .TypeInMenu(form["id"]!.ToString(), "zone", "lisb")
            .AnswerAsync(Stop);
        var wrong = await posted
            .Slack.Human("admin")
            .SubmitViewAsync(
                form["id"]!.ToString(),
                new JsonObject { ["channel"] = channel, ["times"] = "noonish" },
                Stop
            );

        Assert.Contains("Kofi", SlackRig.Words(told), StringComparison.Ordinal);
        Assert.Contains("Europe/Lisbon", zones.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("errors", wrong["kind"]!.ToString());
    }

    private static IEnumerable<JsonObject> Cards(SlackNewsroom room, string channel) =>
        room
            .Slack.State.Messages(channel)
            .Where(one => one.ToJsonString().Contains("discuss:", StringComparison.Ordinal));
}
