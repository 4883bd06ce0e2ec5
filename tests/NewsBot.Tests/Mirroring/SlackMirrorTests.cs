using System.Text.Json.Nodes;
using NewsBot.Tests.Slack.Commands;

namespace NewsBot.Tests.Mirroring;

/// <summary>One discussion in Slack and in the built-in chat, the whole program between them.</summary>
public sealed class SlackMirrorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_on_either_side_stands_on_the_other_once_and_is_one_comment()
    {
        await using var both = await SlackAndWeb.StartAsync();

        await both.Web("Nora", "Who pays for it?");
        var copy = await both.InThreadAsync("Who pays");
        await both.Slack("saga_w", "#1 The harbour does");
        await both.OnWebAsync("The harbour does");
        await both.Slack("Kofi", $"<{both.Permalink(copy)}> Nobody");
        await both.OnWebAsync("Nobody");

        Assert.Equal("Nora", copy["username"]!.ToString());
        await both.SettledAsync();
        var comments = await both.CommentsAsync();
        Assert.Equal(["1 0 Who pays for it?", "2 1 The harbour does"], comments.Take(2));
        // What was quoted stays in the text, because it leads somewhere.
        Assert.StartsWith("3 1 <https://the-harbour.slack.com/", comments[2], StringComparison.Ordinal);
        Assert.Equal(3, comments.Count);
        Assert.Equal(3, both.Thread().Count);
    }

    [Fact]
    public async Task The_page_leads_to_the_very_message_that_Slack_itself_links_to()
    {
        await using var both = await SlackAndWeb.StartAsync();
        await both.Web("Nora", "Who pays for it?");
        await both.InThreadAsync("Who pays");
        var reply = await both.Slack("Kofi", "The harbour does");
        await both.OnWebAsync("The harbour does");

        var html = await both.Room.Newsroom.Http.GetStringAsync(new Uri(both.Page, UriKind.Relative), Stop);

        var page = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(html, Stop);
        var link = page.QuerySelectorAll("#c2 a").Single(one => one.TextContent == "Reply in Slack");
        Assert.Equal(both.Permalink(new JsonObject { ["ts"] = reply }), link.GetAttribute("href"));
    }

    [Fact]
    public async Task A_copy_tells_its_number_and_can_be_answered_in_a_window()
    {
        await using var both = await SlackAndWeb.StartAsync();
        await both.Web("Nora", "Who pays for it?");
        var copy = (await both.InThreadAsync("Who pays"))["ts"]!.ToString();
        await both.SettledAsync();
        var reader = both.Room.Slack.Human("saga_w");

        var told = await reader.Shortcut(both.Place, copy, "number").AnswerAsync(1, Stop);
        var form = SlackRig.Data(await reader.Shortcut(both.Place, copy, "answer").AnswerAsync(2, Stop));
        await reader.SubmitViewAsync(form["id"]!.ToString(), new JsonObject { ["text"] = "The harbour does" }, Stop);

        Assert.Contains("#1", SlackRig.Words(told), StringComparison.Ordinal);
        Assert.Contains("a copy", SlackRig.Words(told), StringComparison.Ordinal);
        Assert.Equal("Saga Wiklund", (await both.InThreadAsync("The harbour does"))["username"]!.ToString());
        await both.OnWebAsync("The harbour does");
        Assert.Equal(["1 0 Who pays for it?", "2 1 The harbour does"], await both.CommentsAsync());
    }

    [Fact]
    public async Task Edits_deletions_and_moderators_reach_both_sides()
    {
        await using var both = await SlackAndWeb.StartAsync();
        var first = await both.Web("Nora", "Who pays for it?");
        var copy = (await both.InThreadAsync("Who pays"))["ts"]!.ToString();
        var second = await both.Slack("Kofi", "The harbour does");
        await both.OnWebAsync("The harbour does");

        await both.EditOnWebAsync(first, "Nora", "Who paid for it?");
        await both.Room.Slack.Human("Kofi").EditAsync(both.Place, second, "The harbour did", Stop);
        await both.InThreadAsync("Who paid");
        await both.OnWebAsync("The harbour did");
        await both.Room.Slack.Human("Kofi").DeleteAsync(both.Place, second, Stop);
        await both.UntilGoneFromWebAsync(2);
        await both.DeleteOnWebAsync(first, "Nora");
        await both.Room.Newsroom.UntilAsync(
            "SELECT COUNT(*) FROM post WHERE operation = 'delete' AND state = 'sent'",
            2
        );

        Assert.DoesNotContain(both.Thread(), one => one["ts"]!.ToString() == copy);
        Assert.Equal(
            ["1 deleted", "2 deleted"],
            await both.Room.Newsroom.WordsAsync("SELECT number || ' ' || state FROM comment ORDER BY number")
        );
    }

    [Fact]
    public async Task A_copy_that_somebody_removes_stays_away_and_its_comment_stays()
    {
        await using var both = await SlackAndWeb.StartAsync();
        var first = await both.Web("Nora", "Who pays for it?");
        var copy = (await both.InThreadAsync("Who pays"))["ts"]!.ToString();
        await both.SettledAsync();

        both.Room.Slack.Driver.DeleteMessage(both.Place, copy);
        await both.SettledAsync();
        await both.EditOnWebAsync(first, "Nora", "Who paid for it?");
        await both.SettledAsync();

        Assert.Empty(both.Thread());
        Assert.Equal(["1 0 Who paid for it?"], await both.CommentsAsync());
    }

    [Fact]
    public async Task Reading_a_thread_again_takes_no_copy_for_a_reply_and_finds_that_nothing_is_missing()
    {
        await using var both = await SlackAndWeb.StartAsync();
        await both.Web("Nora", "One");
        await both.InThreadAsync("One");
        await both.Slack("Kofi", "Two");
        await both.OnWebAsync("Two");
        await both.SettledAsync();

        await both.Room.Newsroom.RestartAsync();
        await both.Room.ConnectedAsync();
        await both.Room.Newsroom.UntilAsync(
            "SELECT (SELECT COUNT(*) FROM thread WHERE caught_up_at IS NULL) + (SELECT COUNT(*) FROM channel WHERE caught_up_at IS NULL AND name LIKE 'channel-%')",
            0
        );

        Assert.Equal(["1 0 One", "2 0 Two"], await both.CommentsAsync());
        Assert.Equal(2, both.Thread().Count);
    }
}
