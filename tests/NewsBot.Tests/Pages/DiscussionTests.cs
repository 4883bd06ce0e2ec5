using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using NewsBot.Testing;

namespace NewsBot.Tests.Pages;

/// <summary>A discussion on its page: where it goes on, what is folded, and its other forms.</summary>
public sealed class DiscussionTests(PageServer server) : IClassFixture<PageServer>
{
    private NewsroomBuilder Newsroom => server.Newsroom;

    [Fact]
    public async Task A_joined_story_stands_on_the_survivors_page_under_its_own_numbers_and_leads_there()
    {
        var (channel, loser) = Story("The loser");
        var survivor = Newsroom.Story(channel, [Newsroom.Source("Other")], "The survivor");
        var ada = Newsroom.Member();
        Newsroom.Comment(survivor, ada, channel, "of the survivor");
        Newsroom.Comment(loser, ada, channel, "of the loser");
        Newsroom.Comment(loser, ada, channel, "see #1", parent: 1);
        Newsroom.Run("UPDATE story SET merged_into = @To WHERE id = @Id", new { Id = loser, To = survivor });

        var page = await server.PageAsync($"/stories/{survivor}");
        using var browser = server.Browser();
        using var moved = await browser.GetAsync($"/stories/{loser}", TestContext.Current.CancellationToken);
        using var permalink = await browser.GetAsync(
            $"/stories/{loser}/comments/2",
            TestContext.Current.CancellationToken
        );

        using var atom = await browser.GetAsync(
            $"/stories/{survivor}/comments.atom",
            TestContext.Current.CancellationToken
        );

        Assert.Contains(
            "of the loser",
            await atom.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal("of the survivor", page.QuerySelector("#c1 .md p")!.TextContent);
        Assert.StartsWith("2 comments on", page.GetElementById($"s{loser}")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("of the loser", page.QuerySelector($"#s{loser}-c1 .md p")!.TextContent);
        Assert.Equal($"#s{loser}-c1", page.QuerySelector($"#s{loser}-c2 .no a + a")!.GetAttribute("href"));
        Assert.Equal($"#s{loser}-c1", page.QuerySelector($"#s{loser}-c2 .md a")!.GetAttribute("href"));
        Assert.Equal($"/stories/{loser}/comments/2", page.QuerySelector($"#s{loser}-c2 .no a")!.GetAttribute("href"));
        Assert.Equal($"/live?story={survivor}&story={loser}", page.GetElementById("talk")!.GetAttribute("data-live"));
        Assert.Equal($"/stories/{survivor}-a-story#s{loser}", moved.Headers.Location!.ToString());
        Assert.Equal($"/stories/{survivor}-a-story#s{loser}-c2", permalink.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_story_joined_with_one_that_was_joined_itself_stands_on_the_last_ones_page()
    {
        var (channel, first) = Story("First");
        var second = Newsroom.Story(channel, [Newsroom.Source("B")], "Second");
        var third = Newsroom.Story(channel, [Newsroom.Source("C")], "Third");
        Newsroom.Comment(first, Newsroom.Member(), channel, "from the first");
        Newsroom.Run("UPDATE story SET merged_into = @To WHERE id = @Id", new { Id = first, To = second });
        Newsroom.Run("UPDATE story SET merged_into = @To WHERE id = @Id", new { Id = second, To = third });
        using var browser = server.Browser();

        using var permalink = await browser.GetAsync(
            $"/stories/{first}/comments/1",
            TestContext.Current.CancellationToken
        );
        var page = await server.PageAsync(permalink.Headers.Location!.ToString());

        Assert.Equal($"/stories/{third}-a-story#s{first}-c1", permalink.Headers.Location!.ToString());
        Assert.NotNull(page.GetElementById($"s{first}-c1"));
    }

    [Fact]
    public async Task Pages_go_through_the_own_comments_and_then_through_those_of_the_joined_story()
    {
        var (channel, loser) = Story("The loser");
        var survivor = Newsroom.Story(channel, [Newsroom.Source("Other")], "The survivor");
        Many(survivor, channel, 350);
        Many(loser, channel, 150);
        Newsroom.Run("UPDATE story SET merged_into = @To WHERE id = @Id", new { Id = loser, To = survivor });

        var seen = new List<string>();
        var first = await server.PageAsync($"/stories/{survivor}");
        var pages = first.QuerySelectorAll(".pages")[0].QuerySelectorAll("a").Length;
        for (var page = 1; page <= pages; page++)
        {
            var shown = await server.PageAsync($"/stories/{survivor}?page={page}");
            var ids = shown.QuerySelectorAll("li.c").Select(item => item.Id!).ToList();
            Assert.InRange(ids.Count, 1, 200);
            seen.AddRange(ids);
        }

        Assert.Equal(3, pages);
        Assert.Equal(500, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(500, seen.Count);
        Assert.NotNull(first.GetElementById($"s{loser}-away"));
    }

    [Fact]
    public async Task What_is_deeper_than_indentation_shows_is_folded_with_its_count_and_opened_by_its_permalink()
    {
        var (channel, story) = Story();
        var ada = Newsroom.Member();
        for (var depth = 0; depth < 8; depth++)
        {
            Newsroom.Comment(story, ada, channel, $"Level {depth}", parent: depth);
        }

        Newsroom.Comment(story, ada, channel, "A new root");
        using var browser = server.Browser();
        using var permalink = await browser.GetAsync(
            $"/stories/{story}/comments/7",
            TestContext.Current.CancellationToken
        );

        var closed = await server.PageAsync($"/stories/{story}");
        var opened = await server.PageAsync(permalink.Headers.Location!.ToString());

        Assert.Equal("3 deeper replies", closed.QuerySelector(".fold summary")!.TextContent);
        Assert.False(closed.QuerySelector(".fold details")!.HasAttribute("open"));
        Assert.Equal(["c6", "c7", "c8"], closed.QuerySelectorAll(".fold li.c").Select(item => item.Id));
        Assert.EndsWith("at=c7#c7", permalink.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.True(opened.QuerySelector(".fold details")!.HasAttribute("open"));
        Assert.Null((await server.PageAsync($"/stories/{story}?order=time")).QuerySelector(".fold"));
        Assert.DoesNotContain(
            "at=",
            opened.QuerySelector("link[rel=canonical]")!.GetAttribute("href"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_page_that_goes_on_within_a_deep_thread_shows_it()
    {
        var (channel, story) = Story();
        Newsroom.Comments(450, story, [Newsroom.Member()], channel, number => $"n{number}", number => number - 1);

        var second = await server.PageAsync($"/stories/{story}?page=2");

        Assert.True(second.QuerySelector(".fold details")!.HasAttribute("open"));
        Assert.Equal(200, second.QuerySelectorAll("li.c").Length);
    }

    [Fact]
    public async Task A_number_in_the_text_leads_to_the_comment_also_where_it_stands_on_another_page()
    {
        var (channel, story) = Story();
        Many(story, channel, 400);
        Newsroom.Comment(story, Newsroom.Member(), channel);
        Newsroom.Comment(story, Newsroom.Member(), channel, "see #1, #401 and #5000");

        var page = await server.PageAsync($"/stories/{story}?page=3");

        Assert.Equal(
            [$"/stories/{story}/comments/1", "#c401"],
            page.QuerySelectorAll("#c402 .md a").Select(link => link.GetAttribute("href"))
        );
    }

    [Fact]
    public async Task A_quote_says_who_said_what_and_of_what_is_gone_only_that()
    {
        var (channel, story) = Story();
        var ada = Newsroom.Member("Ada <b>");
        Newsroom.Comment(story, ada, channel, "**Bold** and " + new string('w', 400));
        Newsroom.Comment(story, ada, channel, "secret", state: "hidden");

        var quote = await server.PageAsync($"/stories/{story}/comments/1?fragment=quote");
        var gone = await server.PageAsync($"/stories/{story}/comments/2?fragment=quote");

        Assert.Equal("Ada <b>", quote.QuerySelector("b")!.TextContent);
        Assert.InRange(quote.QuerySelectorAll("p")[1].TextContent.Length, 100, 281);
        Assert.StartsWith("Bold and", quote.QuerySelectorAll("p")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("Hidden by a moderator.", gone.QuerySelector("p")!.TextContent);
        Assert.DoesNotContain("secret", gone.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permalink_of_what_left_with_its_workspace_says_so()
    {
        var (channel, story) = Story();
        var ada = Newsroom.Member();
        Newsroom.Comment(story, ada, channel);
        Newsroom.Comment(story, ada, channel);
        Newsroom.Run("DELETE FROM comment WHERE story_id = @story AND number = 1", new { story });
        using var browser = server.Browser();

        using var gone = await browser.GetAsync($"/stories/{story}/comments/1", TestContext.Current.CancellationToken);
        using var later = await browser.GetAsync($"/stories/{story}/comments/3", TestContext.Current.CancellationToken);
        using var here = await browser.GetAsync($"/stories/{story}/comments/2", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, later.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, here.StatusCode);
    }

    [Fact]
    public async Task Each_comment_says_where_it_was_written_and_leads_to_that_message_or_its_copy()
    {
        var (channel, story) = Story();
        var guild = Newsroom.Workspace("discord", "77001", 1);
        var team = Newsroom.Workspace("slack", "T77", 1);
        var discord = Newsroom.ChannelOf(guild, "5001", "public");
        var slack = Newsroom.ChannelOf(team, "C5002", "off");
        var ada = Newsroom.Member();
        Newsroom.CommentOf(story, ada, discord, "from Discord", message: "9001");
        Newsroom.CommentOf(story, ada, slack, "from Slack", message: "1700000000.000200");
        var known = Newsroom.Workspace("slack", "T78", 1);
        var inThread = Newsroom.ChannelOf(known, "C5003", "off");
        Newsroom.CommentOf(story, ada, discord, "from the page", message: "page:abc");
        Newsroom.Comment(story, ada, channel, "from here");
        Newsroom.CommentOf(story, ada, inThread, "from another Slack", message: "1700000000.000300");
        Newsroom.Run(
            """
            UPDATE workspace SET url = 'https://harbour.slack.com/' WHERE id = @known;
            INSERT INTO thread (channel_id, story_id, external_id, state, active_at, created_at)
            VALUES (@inThread, @story, '1700000000.000100', 'open', 0, 0);
            UPDATE comment SET thread_id = (SELECT id FROM thread WHERE channel_id = @inThread) WHERE channel_id = @inThread;
            INSERT INTO post (channel_id, subject, part, operation, revision, body, state, not_before, message_id, cause_at, created_at)
            SELECT @discord, 'story:' || @story, 0, 'create', 0, '{}', 'sent', 0, '8000', 0, 0;
            INSERT INTO post (channel_id, subject, part, operation, revision, body, state, not_before, message_id, cause_at, created_at)
            SELECT @discord, 'comment:' || id, 0, 'create', 0, '{}', 'sent', 0, '8001', 0, 0
            FROM comment WHERE message_id = 'page:abc';
            """,
            new
            {
                discord,
                story,
                known,
                inThread,
            }
        );

        var page = await server.PageAsync($"/stories/{story}");

        Assert.Equal(
            ["Discord", "Slack", "Web", "Web", "Slack"],
            page.QuerySelectorAll(".via").Select(via => via.TextContent)
        );
        Assert.Equal("https://discord.com/channels/77001/5001/9001", Link(page, 1, "Reply in Discord"));
        Assert.StartsWith(
            "https://app.slack.com/client/T77/C5002/",
            Link(page, 2, "Reply in Slack"),
            StringComparison.Ordinal
        );
        Assert.Equal("https://discord.com/channels/77001/8000/8001", Link(page, 3, "Reply in Discord"));
        Assert.Contains($"answer=4", Link(page, 4, "Reply"), StringComparison.Ordinal);
        Assert.Equal(
            "https://harbour.slack.com/archives/C5003/p1700000000000300?thread_ts=1700000000.000100&cid=C5003",
            Link(page, 5, "Reply in Slack")
        );
    }

    [Fact]
    public async Task A_discussion_is_also_JSON_and_Markdown_in_the_same_pages_and_linked_from_its_own()
    {
        var (channel, story) = Story("A # headline");
        Many(story, channel, 250);
        Newsroom.Comment(story, Newsroom.Member("*Eve*"), channel, "# Not a heading\n\n## 300 comments\n- x");

        var page = await server.PageAsync($"/stories/{story}");
        using var first = await JsonAsync($"/stories/{story}/comments.json");
        using var second = await JsonAsync($"/stories/{story}/comments.json?page=2");
        using var browser = server.Browser();
        using var markdown = await browser.GetAsync(
            $"/stories/{story}.md?page=2",
            TestContext.Current.CancellationToken
        );
        var text = await markdown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [$"/stories/{story}/comments.json", $"/stories/{story}.md"],
            page.QuerySelectorAll("link[rel=alternate]:not([type*=atom])").Select(link => link.GetAttribute("href"))
        );
        Assert.Equal(251, first.RootElement.GetProperty("story").GetProperty("commentCount").GetInt32());
        Assert.Equal(200, first.RootElement.GetProperty("comments").GetArrayLength());
        Assert.Equal(51, second.RootElement.GetProperty("comments").GetArrayLength());
        Assert.EndsWith(
            "comments.json?page=2",
            first.RootElement.GetProperty("next").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(JsonValueKind.Null, second.RootElement.GetProperty("next").ValueKind);
        Assert.Equal("text/markdown", markdown.Content.Headers.ContentType!.MediaType);
        Assert.Equal("noindex", markdown.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Contains("\n> # Not a heading\n>\n> ## 300 comments\n", text, StringComparison.Ordinal);
        Assert.Contains("\\*Eve\\*", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), line => line.StartsWith("# ", StringComparison.Ordinal));
        Assert.Contains("Page 2 of 2.", text, StringComparison.Ordinal);
    }

    private async Task<JsonDocument> JsonAsync(string path)
    {
        using var browser = server.Browser();
        return JsonDocument.Parse(await browser.GetStringAsync(path, TestContext.Current.CancellationToken));
    }

    private (long Channel, long Story) Story(string headline = "A story")
    {
        var channel = Newsroom.Channel($"room-{Guid.CreateVersion7(Newsroom.Now):N}");
        return (channel, Newsroom.Story(channel, [Newsroom.Source()], headline));
    }

    private void Many(long story, long channel, int count) =>
        Newsroom.Comments(
            count,
            story,
            [Newsroom.Member("Mo"), Newsroom.Member("Jo")],
            channel,
            number => $"Thought {number}",
            number => number % 5 == 1 ? 0 : number - 1
        );

    private static string Link(IHtmlDocument page, int number, string text) =>
        page.QuerySelectorAll(string.Create(CultureInfo.InvariantCulture, $"#c{number} footer a"))
            .Single(link => link.TextContent == text)
            .GetAttribute("href")!;
}
