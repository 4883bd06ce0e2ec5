using System.Net;
using AngleSharp.Html.Dom;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Testing;

namespace NewsBot.Tests.Pages;

public sealed class ChatPageTests(PageServer server) : IClassFixture<PageServer>
{
    private NewsroomBuilder Newsroom => server.Newsroom;

    [Fact]
    public async Task Somebody_without_scripts_picks_a_name_comments_replies_edits_and_deletes()
    {
        var (room, story) = Room();
        using var browser = server.Browser();
        var before = await server.PageAsync($"/chat/{room}?story={story}", browser);
        using var named = await PageServer.SubmitAsync(browser, Form(before, "/chat/name"), ("name", $"Ada {room}"));
        Assert.Equal(HttpStatusCode.SeeOther, named.StatusCode);

        var chat = await server.PageAsync($"/chat/{room}?story={story}", browser);
        using var posted = await PageServer.SubmitAsync(browser, ThreadForm(chat), ("text", "First *words*"));
        Assert.Equal($"/chat/{room}?story={story}#thread", posted.Headers.Location!.ToString());

        var answering = await server.PageAsync($"/chat/{room}?story={story}&answer=1", browser);
        Assert.Contains(
            "#1 by Ada",
            answering.QuerySelector(".side [data-answering]")!.TextContent,
            StringComparison.Ordinal
        );
        using var replied = await PageServer.SubmitAsync(browser, ThreadForm(answering), ("text", "An answer"));
        var page = await server.PageAsync($"/stories/{story}");
        Assert.Equal("↳1", page.QuerySelector("#c2 .no a + a")!.TextContent);
        Assert.Equal("words", page.QuerySelector("#c1 .md em")!.TextContent);

        var thread = await server.PageAsync($"/chat/{room}?story={story}", browser);
        var edit = thread.QuerySelector("#t2 footer a[href*='edit=']")!.GetAttribute("href")!;
        var editing = await server.PageAsync(edit, browser);
        using var changed = await PageServer.SubmitAsync(browser, Form(editing, "/edit"), ("text", "A better answer"));
        var remove = thread.QuerySelector("#t1 footer a[href*='delete=']")!.GetAttribute("href")!;
        var asking = await server.PageAsync(remove, browser);
        using var removed = await PageServer.SubmitAsync(browser, Form(asking, "/delete"));

        var after = await server.PageAsync($"/stories/{story}");
        Assert.Contains("A better answer", after.QuerySelector("#c2 .md")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("(edited)", after.QuerySelector("#c2")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Removed by its author.", after.QuerySelector("#c1 p")!.TextContent);
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_comment()
    {
        var (room, story) = Room();
        using var browser = await JoinedAsync(room, story);
        var chat = await server.PageAsync($"/chat/{room}?story={story}", browser);

        using var once = await PageServer.SubmitAsync(browser, ThreadForm(chat), ("text", "Only once"));
        using var twice = await PageServer.SubmitAsync(browser, ThreadForm(chat), ("text", "Only once"));

        Assert.Single((await server.PageAsync($"/stories/{story}")).QuerySelectorAll("li.c"));
    }

    [Fact]
    public async Task Text_that_was_refused_is_still_in_its_field_with_the_reason_beside_it()
    {
        var (room, story) = Room();
        using var browser = await JoinedAsync(room, story);
        var chat = await server.PageAsync($"/chat/{room}?story={story}", browser);
        var tooLong = new string('x', 100_000);

        using var answer = await PageServer.SubmitAsync(browser, ThreadForm(chat), ("text", tooLong));
        var page = await PageServer.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains(
            "Nothing was posted",
            page.QuerySelector(".side [data-problem]")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(tooLong, ((IHtmlTextAreaElement)page.GetElementById("rep")!).Value);
    }

    [Fact]
    public async Task A_form_without_its_proof_changes_nothing()
    {
        var (room, story) = Room();
        using var browser = await JoinedAsync(room, story);
        var chat = await server.PageAsync($"/chat/{room}?story={story}", browser);

        using var answer = await PageServer.SubmitAsync(
            browser,
            ThreadForm(chat),
            ("proof", "forged"),
            ("text", "Hello")
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("This form is too old", (await PageServer.ParseAsync(answer)).QuerySelector("h1")!.TextContent);
        Assert.Empty((await server.PageAsync($"/stories/{story}")).QuerySelectorAll("li.c"));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_said_beside_the_field()
    {
        var (room, story) = Room();
        using var first = await JoinedAsync(room, story);
        using var second = server.Browser();
        var page = await server.PageAsync($"/chat/{room}", second);

        using var answer = await PageServer.SubmitAsync(second, Form(page, "/chat/name"), ("name", $"Ada {room}"));
        var again = await PageServer.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("is taken", again.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"Ada {room}", again.GetElementById("say")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_commands_answer_is_shown_to_its_asker_only()
    {
        var (room, story) = Room();
        using var browser = await JoinedAsync(room, story);
        var chat = await server.PageAsync($"/chat/{room}", browser);

        using var answer = await PageServer.SubmitAsync(browser, Form(chat, "/messages"), ("text", "/news help"));
        var page = await PageServer.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("only you can see this", page.GetElementById("answer")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await server.PageAsync($"/chat/{room}")).GetElementById("answer"));
    }

    [Fact]
    public async Task A_digest_shows_its_heading_cards_and_lines()
    {
        var (room, story) = Room();
        var channel = Newsroom.Channel($"digest-{room}");
        Newsroom.Say(channel, "digest:1:0", new PostBody.DigestHeading("Monday midday", "5 stories from 4 sources"));
        var line = new DigestLine(new StoryId(story), "A line", "https://a.example", "Wire", 3, null);
        var best = new BestComment(new StoryId(story), 1, "Ada", "I own the expensive one.");
        Newsroom.Say(channel, "digest:1:1", new PostBody.DigestList([line], best));

        var page = await server.PageAsync($"/chat/digest-{room}");

        Assert.Equal("Monday midday", page.QuerySelector(".dh")!.TextContent);
        Assert.Equal("A line", page.QuerySelector(".msg .list a")!.TextContent);
        Assert.Contains("#1", page.QuerySelector(".best .meta")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_messages_are_a_page_away()
    {
        var (room, _) = Room();
        var channel = Newsroom.Channel($"busy-{room}");
        var ada = Newsroom.Member();
        for (var index = 0; index < 130; index++)
        {
            Newsroom.Message(channel, ada, $"Word {index}");
        }

        var newest = await server.PageAsync($"/chat/busy-{room}");
        var older = await server.PageAsync(newest.QuerySelector("#earlier a")!.GetAttribute("href")!);

        Assert.Equal(100, newest.QuerySelectorAll(".msg").Length);
        Assert.Equal(30, older.QuerySelectorAll(".msg").Length);
        Assert.Null(older.GetElementById("earlier"));
    }

    [Fact]
    public async Task A_private_message_stays_until_it_is_dismissed()
    {
        var (room, story) = Room();
        using var browser = await JoinedAsync(room, story);
        Newsroom.Run(
            """
            INSERT INTO private_message (member_id, cause, body, created_at)
            SELECT id, 'test', 'A source **fails**.', 1 FROM member WHERE name = @Name
            """,
            new { Name = $"Ada {room}" }
        );

        var page = await server.PageAsync($"/chat/{room}", browser);
        Assert.Equal("fails", page.QuerySelector(".own strong")!.TextContent);
        using var dismissed = await PageServer.SubmitAsync(browser, Form(page, "/dismiss/"));

        Assert.Null((await server.PageAsync($"/chat/{room}", browser)).QuerySelector(".own"));
    }

    private (string Room, long Story) Room()
    {
        var name = Guid.CreateVersion7(Newsroom.Now).ToString("N")[18..];
        return (name, Newsroom.Story(Newsroom.Channel(name), [Newsroom.Source()]));
    }

    private async Task<HttpClient> JoinedAsync(string room, long story)
    {
        var browser = server.Browser();
        var page = await server.PageAsync($"/chat/{room}?story={story}", browser);
        using var named = await PageServer.SubmitAsync(browser, Form(page, "/chat/name"), ("name", $"Ada {room}"));
        Assert.Equal(HttpStatusCode.SeeOther, named.StatusCode);
        return browser;
    }

    private static IHtmlFormElement Form(IHtmlDocument page, string action) =>
        page.Forms.First(form => form.GetAttribute("action")!.Contains(action, StringComparison.Ordinal));

    private static IHtmlFormElement ThreadForm(IHtmlDocument page) =>
        (IHtmlFormElement)page.QuerySelector("form[data-send=thread]")!;
}
