using System.Net;
using System.Xml.Linq;
using NewsBot.Testing;

namespace NewsBot.Tests.Pages;

public sealed class SitePageTests(PageServer server) : IClassFixture<PageServer>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Threads = "http://purl.org/syndication/thread/1.0";

    private NewsroomBuilder Newsroom => server.Newsroom;

    [Fact]
    public async Task An_empty_newsroom_says_what_to_do_next()
    {
        await using var empty = new PageServer();
        await empty.InitializeAsync();

        var front = await empty.PageAsync("/");
        using var browser = empty.Browser();
        using var chat = await browser.GetAsync("/chat", TestContext.Current.CancellationToken);

        Assert.Contains("/news add", front.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, chat.StatusCode);
    }

    [Fact]
    public async Task The_front_page_leads_with_what_most_report_and_pages_through_the_rest()
    {
        var channel = Newsroom.Channel("city");
        var source = Newsroom.Source("Tidewater Post");
        for (var index = 0; index < 40; index++)
        {
            Newsroom.Story(channel, [source], $"Story {index}", publishedAt: Newsroom.Now.AddHours(-5 - index));
        }

        var lead = Newsroom.Story(channel, [source, Newsroom.Source("Ember"), Newsroom.Source("Orbit")], "The lead");

        var front = await server.PageAsync("/?channel=city");
        var older = await server.PageAsync(front.QuerySelector(".pager a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal("The lead", front.QuerySelector(".lead h2")!.TextContent);
        Assert.Contains(
            "also: Ember, Orbit",
            front.QuerySelector(".lead .meta")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(29, front.QuerySelectorAll(".list .row").Length);
        Assert.Equal(11, older.QuerySelectorAll(".list .row").Length);
        Assert.Null(older.QuerySelector(".lead"));
        Assert.True(lead > 0);
    }

    [Fact]
    public async Task Search_finds_stories_and_comments_by_the_beginning_of_the_last_word()
    {
        var channel = Newsroom.Channel("search");
        var story = Newsroom.Story(channel, [Newsroom.Source()], "Quokkas <b>return</b> to the island");
        Newsroom.Comment(story, Newsroom.Member("Zed"), channel, "I saw a quokka & waved <i>back</i>.");

        var found = await server.PageAsync("/search?q=Quok");
        var nothing = await server.PageAsync("/search?q=" + Uri.EscapeDataString("\"NEAR( OR * -\" zzz"));

        Assert.Equal("Quokkas", found.QuerySelector(".list mark")!.TextContent);
        Assert.Equal("Quokkas <b>return</b> to the island", found.QuerySelector(".list h3 a")!.TextContent);
        Assert.Equal($"/stories/{story}/comments/1", found.QuerySelector(".found a")!.GetAttribute("href"));
        Assert.Contains("Nothing found", nothing.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feeds_are_well_formed_whatever_a_headline_holds_and_say_what_each_comment_answers()
    {
        var channel = Newsroom.Channel("feeds");
        var story = Newsroom.Story(channel, [Newsroom.Source()], "Broken \u0001\u000B & <headline> 🦭");
        var ada = Newsroom.Member("Ada \u0002");
        Newsroom.Comment(story, ada, channel, "One");
        Newsroom.Comment(story, ada, channel, "Two", parent: 1);
        using var browser = server.Browser();

        var stories = XDocument.Parse(
            await browser.GetStringAsync("/feed.atom?channel=feeds", TestContext.Current.CancellationToken)
        );
        var comments = XDocument.Parse(
            await browser.GetStringAsync($"/stories/{story}/comments.atom", TestContext.Current.CancellationToken)
        );

        var entry = Assert.Single(stories.Root!.Elements(Atom + "entry"));
        Assert.Equal("Broken  & <headline> 🦭", entry.Element(Atom + "title")!.Value);
        var entries = comments.Root!.Elements(Atom + "entry").ToList();
        Assert.Equal(2, entries.Count);
        Assert.Equal(
            entries[1].Element(Atom + "id")!.Value,
            entries[0].Element(Threads + "in-reply-to")!.Attribute("ref")!.Value
        );
        Assert.Equal(
            entry.Element(Atom + "id")!.Value,
            entries[1].Element(Threads + "in-reply-to")!.Attribute("ref")!.Value
        );
    }

    [Fact]
    public async Task The_status_page_says_in_words_what_needs_a_hand()
    {
        await using var troubled = new PageServer();
        await troubled.InitializeAsync();
        var channel = troubled.Newsroom.Channel("news");
        troubled.Newsroom.Story(channel, [troubled.Newsroom.Source("Well Read")]);
        troubled.Newsroom.Source("Ember Daily", failures: 5, error: "The certificate ended on Saturday");
        troubled.Newsroom.Run(
            "UPDATE channel SET parked_reason = 'Invite the bot again.' WHERE id = @Id",
            new { Id = channel }
        );

        var page = await troubled.PageAsync("/status");

        Assert.Equal(
            "Everything is moving, but one source and one channel need a hand",
            page.QuerySelector("h1")!.TextContent
        );
        var row = page.QuerySelectorAll("tbody tr")[0];
        Assert.Equal("Unreachable", row.QuerySelector(".st")!.TextContent);
        Assert.Contains("The certificate ended on Saturday. Next try at", row.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "16 s",
            page.QuerySelector("svg[role=img]")!.GetAttribute("aria-label"),
            StringComparison.Ordinal
        );
        Assert.Contains("parked: Invite the bot again.", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_is_served_for_ever_and_an_unknown_one_is_not_found()
    {
        byte[] large = [1, 2, 3];
        byte[] small = [4, 5];
        var picture = Newsroom.Picture(large, small);
        using var browser = server.Browser();

        using var answer = await browser.GetAsync($"/pictures/{picture}", TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/pictures/{picture}");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var same = await browser.SendAsync(again, TestContext.Current.CancellationToken);
        using var none = await browser.GetAsync("/pictures/99999", TestContext.Current.CancellationToken);

        Assert.Equal(large, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("image/webp", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(
            small,
            await browser.GetByteArrayAsync($"/pictures/{picture}/small", TestContext.Current.CancellationToken)
        );
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_member_has_a_page_of_what_they_wrote()
    {
        var channel = Newsroom.Channel("people");
        var story = Newsroom.Story(channel, [Newsroom.Source()]);
        var ada = Newsroom.Member("Ada Profile");
        Newsroom.Comment(story, ada, channel, "Shown");
        Newsroom.Comment(story, ada, channel, "Gone", state: "deleted");

        var page = await server.PageAsync($"/members/{ada}");

        Assert.Equal("Ada Profile", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("1 post", page.QuerySelector("main .meta")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Gone", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/stories/99999")]
    [InlineData("/stories/abc")]
    [InlineData("/members/99999")]
    [InlineData("/chat/nowhere")]
    [InlineData("/?channel=nowhere")]
    [InlineData("/assets/style.0000000000.css")]
    public async Task What_is_not_there_is_said_with_a_way_on(string path)
    {
        using var browser = server.Browser();

        using var answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        var page = await PageServer.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.NotNull(page.QuerySelector("main a[href='/']"));
    }
}
