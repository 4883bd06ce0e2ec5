using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using NewsBot.Testing;

namespace NewsBot.Tests.Pages;

public sealed class StoryPageTests(PageServer server) : IClassFixture<PageServer>
{
    private NewsroomBuilder Newsroom => server.Newsroom;

    [Fact]
    public async Task Comments_stand_in_thread_order_with_what_they_answer_and_deleted_ones_keep_their_place()
    {
        var (channel, story) = Story();
        var people = Enumerable.Range(0, 6).Select(index => Newsroom.Member($"Member {index}")).ToList();
        int[] parents = [0, 0, 1, 1, 0, 0, 6, 6];
        for (var index = 0; index < parents.Length; index++)
        {
            var state = index == 3 ? "deleted" : "visible";
            Newsroom.Comment(story, people[index % 6], channel, $"Reply {index + 1}", parents[index], state);
        }

        var page = await server.PageAsync($"/stories/{story}");

        Assert.Equal(["1", "3", "4", "2", "5", "6", "7", "8"], Numbers(page));
        Assert.Equal("↳1", page.QuerySelector("#c3 .no a + a")!.TextContent);
        Assert.Equal("#c1", page.QuerySelector("#c3 .no a + a")!.GetAttribute("href"));
        Assert.Equal("Removed by its author.", page.QuerySelector("#c4 p")!.TextContent);
        Assert.Null(page.QuerySelector("#c4 header"));
        Assert.Equal("7 comments", page.QuerySelector("#comments")!.TextContent);
    }

    [Fact]
    public async Task An_author_is_shown_with_posts_and_the_date_they_joined_or_were_first_seen()
    {
        var (channel, story) = Story();
        var joined = Newsroom.Member("Ada", joinedAt: new DateTimeOffset(2019, 8, 3, 0, 0, 0, TimeSpan.Zero));
        var seen = Newsroom.Member("Øyvind", seenAt: new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
        Newsroom.Comment(story, joined, channel);
        Newsroom.Comment(story, joined, channel);
        Newsroom.Comment(story, seen, channel);

        var page = await server.PageAsync($"/stories/{story}");

        Assert.Contains("2 posts · member since Aug 2019", Text(page, "#c1 header"), StringComparison.Ordinal);
        Assert.Contains("1 post · first seen 23 Nov 2026", Text(page, "#c3 header"), StringComparison.Ordinal);
        Assert.Equal("Ø", Text(page, "#c3 .av"));
    }

    [Fact]
    public async Task Only_what_the_viewer_may_see_has_a_name_and_a_text()
    {
        await using var open = new PageServer
        {
            Settings = ["--Web:PublicUrl=http://127.0.0.1:9", "--Chat:Web:JoinSecret=quay-side-word"],
        };
        await open.InitializeAsync();
        var channel = open.Newsroom.Channel();
        var story = open.Newsroom.Story(channel, [open.Newsroom.Source()]);
        var secret = open.Newsroom.Story(open.Newsroom.Channel("inner", "off"), [open.Newsroom.Source("Inner")]);
        var ada = open.Newsroom.Member("Ada Quiet");
        open.Newsroom.Comment(story, ada, channel, "among us", visibility: "members");
        open.Newsroom.Comment(story, ada, channel, "to all", parent: 1);

        using var browser = open.Browser();
        browser.DefaultRequestHeaders.Host = "127.0.0.1:9";
        using var hidden = await browser.GetAsync($"/stories/{secret}", TestContext.Current.CancellationToken);
        var page = await open.PageAsync($"/stories/{story}", browser);

        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal("Not shown here.", Text(page, "#c1 p"));
        Assert.DoesNotContain("among us", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Contains("1 post ·", Text(page, "#c2 header"), StringComparison.Ordinal);
        Assert.Equal("1 comment", Text(page, "#comments"));
    }

    [Fact]
    public async Task Hostile_words_do_nothing()
    {
        const string Attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> @everyone \u202Eevil";
        var channel = Newsroom.Channel("hostile");
        var story = Newsroom.Story(
            channel,
            [Newsroom.Source(Attack)],
            Attack + string.Concat(Enumerable.Repeat(" word", 300)),
            [Attack]
        );
        var member = Newsroom.Member(Attack);
        Newsroom.Comment(story, member, channel, Attack + " [x](javascript:alert(1))");

        foreach (
            var path in new[] { $"/stories/{story}", "/", "/chat/hostile", $"/members/{member}", "/search?q=evil" }
        )
        {
            var page = await server.PageAsync(path);
            Assert.DoesNotContain(
                page.Scripts,
                script =>
                    script.TextContent.Contains("alert", StringComparison.Ordinal)
                    && script.Type != "application/ld+json"
            );
            Assert.Empty(page.QuerySelectorAll("img[onerror],[onclick],[style]"));
            Assert.DoesNotContain(
                page.Links,
                link => link.GetAttribute("href")!.StartsWith("javascript", StringComparison.OrdinalIgnoreCase)
            );
        }

        var shown = await server.PageAsync($"/stories/{story}");
        Assert.StartsWith("<script>alert(1)", Text(shown, "h1"), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(shown.QuerySelector("script[type='application/ld+json']")!.TextContent);
        Assert.Equal("DiscussionForumPosting", json.RootElement.GetProperty("@type").GetString());
    }

    [Fact]
    public async Task A_thousand_comments_come_in_pages_of_whole_threads_and_a_permalink_leads_to_the_right_one()
    {
        var (channel, story) = Story();
        Many(story, channel, 1_000);
        using var browser = server.Browser();

        var first = await server.PageAsync($"/stories/{story}", browser);
        using var jump = await browser.GetAsync(
            $"/stories/{story}/comments/812",
            TestContext.Current.CancellationToken
        );
        var target = jump.Headers.Location!.ToString();
        var landed = await server.PageAsync(target, browser);
        using var none = await browser.GetAsync(
            $"/stories/{story}/comments/5000",
            TestContext.Current.CancellationToken
        );

        Assert.InRange(first.QuerySelectorAll("li.c").Length, 150, 200);
        Assert.DoesNotContain(" d", first.QuerySelector("li.c")!.ClassName, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, jump.StatusCode);
        Assert.EndsWith("#c812", target, StringComparison.Ordinal);
        Assert.NotNull(landed.GetElementById("c812"));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        var pages = first.QuerySelectorAll(".pages")[0].QuerySelectorAll("a").Length;
        var numbers = new HashSet<string>();
        for (var page = 1; page <= pages; page++)
        {
            numbers.UnionWith(Numbers(await server.PageAsync($"/stories/{story}?page={page}", browser)));
        }

        Assert.Equal(1_000, numbers.Count);
    }

    [Fact]
    public async Task Two_hundred_comments_of_usual_length_are_at_most_50_kB_as_sent()
    {
        var (channel, story) = Story();
        Many(story, channel, 1_000);
        using var browser = server.Browser();
        browser.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");

        using var answer = await browser.GetAsync($"/stories/{story}", TestContext.Current.CancellationToken);
        var sent = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal("br", answer.Content.Headers.ContentEncoding.Single());
        Assert.InRange(sent.Length, 5_000, 50_000);
    }

    [Fact]
    public async Task Other_orders_are_a_click_away()
    {
        var (channel, story) = Story();
        var ada = Newsroom.Member();
        Newsroom.Comment(story, ada, channel);
        Newsroom.Comment(story, ada, channel);
        Newsroom.Comment(story, ada, channel, parent: 1);

        Assert.Equal(["1", "3", "2"], Numbers(await server.PageAsync($"/stories/{story}")));
        Assert.Equal(["1", "2", "3"], Numbers(await server.PageAsync($"/stories/{story}?order=time")));
        Assert.Equal(["3", "2", "1"], Numbers(await server.PageAsync($"/stories/{story}?order=newest")));
    }

    [Fact]
    public async Task A_page_asks_nobody_else_for_anything_and_may_not_be_framed()
    {
        var (_, story) = Story();
        using var browser = server.Browser();

        using var answer = await browser.GetAsync($"/stories/{story}-any-words", TestContext.Current.CancellationToken);
        var page = await PageServer.ParseAsync(answer);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; img-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.EndsWith(
            $"/stories/{story}-a-story",
            page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"),
            StringComparison.Ordinal
        );
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Empty(page.QuerySelectorAll("[style],style"));
        foreach (var part in page.QuerySelectorAll("script[src],img[src],link[rel=stylesheet]"))
        {
            var address = part.GetAttribute("src") ?? part.GetAttribute("href")!;
            Assert.StartsWith("/", address, StringComparison.Ordinal);
            using var asset = await browser.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
            Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_sentence_of_the_summary_carries_the_letter_of_its_source()
    {
        var channel = Newsroom.Channel("letters");
        var story = Newsroom.Story(
            channel,
            [Newsroom.Source("Wire", licence: "CC BY 4.0"), Newsroom.Source("Solder")],
            summary: ["First.", "Second."]
        );

        var page = await server.PageAsync($"/stories/{story}");

        Assert.Equal(["A", "B"], page.QuerySelectorAll(".sum .src").Select(letter => letter.TextContent));
        Assert.Equal("Solder", Text(page, "#s-b small bdi"));
        Assert.Contains(
            "sentences of the sources A and B",
            Text(page, ".story > p.meta:last-child"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Wire: CC BY 4.0; the others",
            Text(page, ".story > p.meta:last-child"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_story_that_was_taken_down_says_so_everywhere()
    {
        var (_, story) = Story();
        Newsroom.Run("UPDATE story SET taken_down_at = 1 WHERE id = @Id", new { Id = story });
        using var browser = server.Browser();

        foreach (var end in new[] { "", "/comments/1", "/comments.atom" })
        {
            using var answer = await browser.GetAsync($"/stories/{story}{end}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
            Assert.Equal("This story was taken down", Text(await PageServer.ParseAsync(answer), "h1"));
        }
    }

    [Fact]
    public async Task A_story_without_comments_says_where_to_write_the_first()
    {
        var (_, story) = Story();

        var page = await server.PageAsync($"/stories/{story}");

        Assert.Equal("No comments yet", Text(page, "#comments"));
        Assert.Null(page.QuerySelector(".talk .tabs"));
        Assert.Contains(
            $"?story={story}#thread",
            page.QuerySelector("#talk p a")!.GetAttribute("href"),
            StringComparison.Ordinal
        );
    }

    private (long Channel, long Story) Story()
    {
        var channel = Newsroom.Channel($"room-{Guid.CreateVersion7(Newsroom.Now):N}");
        return (channel, Newsroom.Story(channel, [Newsroom.Source()]));
    }

    private void Many(long story, long channel, int count)
    {
        var people = Enumerable.Range(0, 40).Select(index => Newsroom.Member($"Person number {index}")).ToList();
        string[] words =
        [
            "port",
            "screw",
            "battery",
            "price",
            "repair",
            "lint",
            "winter",
            "captive",
            "torch",
            "magnet",
        ];
        Newsroom.Comments(
            count,
            story,
            people,
            channel,
            number =>
                string.Join(
                    ' ',
                    Enumerable.Range(0, 30).Select(index => words[((number * 7) + (index * index)) % words.Length])
                ) + $" and that is thought {number}.",
            // Four of five answer the one before, so that threads are five long.
            number => number % 5 == 1 ? 0 : number - 1
        );
    }

    private static IEnumerable<string> Numbers(IHtmlDocument page) =>
        page.QuerySelectorAll("li.c .no a:first-child").Select(number => number.TextContent);

    private static string Text(IHtmlDocument page, string selector) =>
        string.Join(
            ' ',
            page.QuerySelector(selector)!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
}
