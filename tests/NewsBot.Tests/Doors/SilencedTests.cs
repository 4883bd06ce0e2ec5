using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using NewsBot.Tests.SignIn;
using NewsBot.Tests.Slack.Commands;
using NewsBot.Web;

namespace NewsBot.Tests.Doors;

/// <summary>Somebody who was silenced writes nothing by any door, changes nothing they wrote, and still decides about what is theirs.</summary>
public sealed class SilencedTests
{
    private const string Secret = "a-long-enough-secret-of-a-test";
    private const string Bodies = "SELECT number || ' ' || state || ' ' || body FROM comment ORDER BY number";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE member SET muted_until = 9999999999999 WHERE name IN ('Kofi', 'Willa')", true)]
    [InlineData("UPDATE identity SET banned_at = 1 WHERE external_id IN (@Discord, @Slack)", false)]
    public async Task Who_was_silenced_comments_and_changes_nothing_by_any_door_and_takes_back_what_is_theirs(
        string silence,
        bool isMember
    )
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync();
        var mine = await WriteEverywhereAsync(rig, story, "Kofi");
        using var browser = await rig.SignedInAsync("discord", "Kofi");
        using var written = await browser.CommentAsync(story, "a harmless page");
        var form = (IHtmlFormElement)(await browser.PageAsync(story.Path)).QuerySelector("#write form")!;
        await rig.Newsroom.UntilCommentsAsync(4);
        var window = await WindowOfOwnAsync(rig, story, mine.Window);
        var before = await rig.Newsroom.WordsAsync(Bodies);
        await rig.Newsroom.RunAsync(
            silence,
            new
            {
                Discord = rig.Discord.Human("Kofi").Id.ToString(CultureInfo.InvariantCulture),
                Slack = rig.Slack.Human("Kofi").Id,
            }
        );

        await WriteEverywhereAsync(rig, story, "Kofi", isRefused: true);
        await rig.Discord.Human("Kofi").EditAsync(rig.Discord.Channels.Text, mine.Discord, "Buy pills", Stop);
        await rig.Slack.Human("Kofi").EditAsync(rig.Slack.Channels.Public, mine.Slack, "Buy pills", Stop);
        var changed = await rig
            .Slack.Human("Kofi")
            .SubmitViewAsync(window, new JsonObject { ["text"] = "Buy pills" }, Stop);
        using var posted = await browser.SubmitAsync(form, ("text", "Buy pills"));
        await WriteEverywhereAsync(rig, story, "saga_w");
        await rig.Newsroom.UntilCommentsAsync(7);

        Assert.Equal("errors", changed["kind"]!.ToString());
        Assert.Equal(before, (await rig.Newsroom.WordsAsync(Bodies)).Take(before.Count));
        Assert.Equal(0, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM comment WHERE body LIKE '%pills%'"));
        Assert.Equal(
            isMember ? 1 : 0,
            await rig.Newsroom.NumberAsync(
                "SELECT COUNT(DISTINCT cause) FROM private_message WHERE cause LIKE 'muted:%'"
            )
        );

        await rig.Discord.Human("Kofi").DeleteAsync(rig.Discord.Channels.Text, mine.Discord, Stop);
        await rig.Slack.Human("Kofi").DeleteAsync(rig.Slack.Channels.Public, mine.Slack, Stop);
        await rig.Newsroom.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'deleted'", 2);
        var exported = await rig.Slack.Human("Kofi").SlashAsync("/news", "me export", rig.Slack.Channels.Public, Stop);
        Assert.DoesNotContain(DoorWorld.Refused, exported.ToJsonString(), StringComparison.Ordinal);
        var erasing = await rig.Slack.Human("Kofi").SlashAsync("/news", "me erase", rig.Slack.Channels.Public, Stop);
        await rig
            .Slack.Human("Kofi")
            .ClickAsync(rig.Slack.Channels.Public, SlackRig.Data(erasing)["ts"]!.ToString(), "confirm", Stop);
        await rig.Newsroom.UntilAsync(
            "SELECT COUNT(*) FROM comment WHERE state = 'deleted' AND message_id LIKE 'answer:%'",
            1
        );
    }

    [Fact]
    public async Task Who_is_muted_writes_and_changes_nothing_in_the_built_in_chat_and_takes_back_what_is_theirs()
    {
        await using var rig = await SignInRig.StartAsync();
        var channel = await rig.Rooms.WebChannelAsync("news");
        await rig.Newsroom.RunAsync(
            """
            INSERT INTO member (community_id, name, role, first_seen_at) VALUES (1, 'Willa', 'member', 0);
            INSERT INTO identity (member_id, workspace_id, external_id)
            SELECT m.id, w.id, 'willa' FROM member m, workspace w WHERE m.name = 'Willa' AND w.platform = 'web';
            INSERT INTO api_token (member_id, hash, created_at) SELECT id, @Hash, 0 FROM member WHERE name = 'Willa';
            """,
            new { Hash = Secrets.Hash(Secret) }
        );
        var path = $"/api/v1/channels/{channel}/messages";
        var (status, message) = await CallAsync(rig, HttpMethod.Post, path, "harmless");
        Assert.Equal(201, status);
        await rig.Newsroom.RunAsync("UPDATE member SET muted_until = 9999999999999 WHERE name = 'Willa'");
        var own = $"{path}/{message["id"]}";

        var (written, _) = await CallAsync(rig, HttpMethod.Post, path, "Buy pills");
        var (changed, _) = await CallAsync(rig, HttpMethod.Patch, own, "Buy pills");
        var (asked, _) = await CallAsync(rig, HttpMethod.Post, path, "/news me export");
        var (taken, _) = await CallAsync(rig, HttpMethod.Delete, own, null);

        Assert.Equal((403, 403), (written, changed));
        Assert.Equal(200, asked);
        Assert.InRange(taken, 200, 204);
        Assert.Equal(0, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM web_message WHERE body <> ''"));
    }

    private static async Task<(int Status, JsonObject Body)> CallAsync(
        SignInRig rig,
        HttpMethod method,
        string path,
        string? text
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(rig.Newsroom.Http.BaseAddress!, path))
        {
            Content = text is null ? null : JsonContent.Create(new { text }),
        };
        request.Headers.Host = new Uri(SignInRig.PublicUrl).Host;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        using var answer = await rig.Newsroom.Http.SendAsync(request, Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        return ((int)answer.StatusCode, body.Length > 0 ? (JsonObject)JsonNode.Parse(body)! : []);
    }

    /// <summary>Answers the card in Discord, in Slack and in a window.</summary>
    private static async Task<Written> WriteEverywhereAsync(
        SignInRig rig,
        PublishedStory story,
        string name,
        bool isRefused = false
    )
    {
        var text = isRefused ? "Buy pills" : "harmless";
        var card = rig.Rooms.Slack.FindCards(story.Id)[0];
        var window = SlackRig.Data(
            await rig.Slack.Human(name).Shortcut(card.Channel, card.Ts, "answer").AnswerAsync(2, Stop)
        );
        var sent = await rig
            .Slack.Human(name)
            .SubmitViewAsync(window["id"]!.ToString(), new JsonObject { ["text"] = $"{text} window of {name}" }, Stop);
        Assert.Equal(isRefused ? "errors" : "view", sent["kind"]!.ToString());
        var discord = rig.Rooms.Discord.FindCards(story.Id)[0];
        return new Written(
            await rig.Discord.Human(name).SayAsync(discord.Channel, $"{text} Discord of {name}", discord.Message, Stop),
            await rig.Slack.Human(name).SayAsync(card.Channel, $"{text} Slack of {name}", card.Ts, Stop),
            $"harmless window of {name}"
        );
    }

    /// <summary>Opens the window in which the author of a comment changes it.</summary>
    private static async Task<string> WindowOfOwnAsync(SignInRig rig, PublishedStory story, string text)
    {
        await rig.Newsroom.UntilAsync(
            $"""
            SELECT COUNT(*) FROM post p JOIN comment c ON p.subject = 'comment:' || c.id AND p.channel_id = c.channel_id
            WHERE c.message_id LIKE 'answer:%' AND p.state = 'sent' AND c.story_id = {story.Id}
            """,
            1
        );
        var copy = await rig.Newsroom.WordAsync(
            """
            SELECT p.message_id FROM post p JOIN comment c ON p.subject = 'comment:' || c.id AND p.channel_id = c.channel_id
            WHERE c.body = @text AND p.operation = 'create'
            """,
            new { text }
        );
        var window = SlackRig.Data(
            await rig.Slack.Human("Kofi").Shortcut(rig.Slack.Channels.Public, copy!, "answer").AnswerAsync(2, Stop)
        );
        Assert.Contains("This is your comment", SlackRig.Words(window), StringComparison.Ordinal);
        return window["id"]!.ToString();
    }

    private sealed record Written(ulong Discord, string Slack, string Window);
}
