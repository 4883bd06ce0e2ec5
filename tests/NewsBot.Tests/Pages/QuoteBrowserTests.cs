using Microsoft.Playwright;
using NewsBot.Testing;

namespace NewsBot.Tests.Pages;

/// <summary>Quotes, folds and arrival as a real browser shows them.</summary>
public sealed class QuoteBrowserTests(PageServer server, Chromium chromium)
    : IClassFixture<PageServer>,
        IClassFixture<Chromium>
{
    private NewsroomBuilder Newsroom => server.Newsroom;

    [Fact]
    public async Task A_number_shows_what_it_refers_to_on_hover_and_on_focus_and_Escape_takes_it_away()
    {
        var (channel, story) = Story();
        Newsroom.Comment(story, Newsroom.Member("Ada"), channel, "One **screw** is the headline.");
        Newsroom.Comment(story, Newsroom.Member("Bo"), channel, "As #1 says.", parent: 1);
        var page = await OpenAsync(story);
        var quote = page.GetByRole(AriaRole.Tooltip);

        await page.Locator("#c2 .md a").HoverAsync();
        await Assertions.Expect(quote).ToContainTextAsync("Ada");
        await Assertions.Expect(quote).ToContainTextAsync("One screw is the headline.");
        Assert.Equal("quote", await page.Locator("#c2 .md a").GetAttributeAsync("aria-describedby"));
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(quote).ToHaveCountAsync(0);

        // A page that moves under a resting pointer is pointed at anew.
        await page.Mouse.MoveAsync(0, 0);
        await page.Locator("#c2 .no a").First.FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("#c2 .no a").Nth(1)).ToBeFocusedAsync();
        await Assertions.Expect(quote).ToContainTextAsync("One screw is the headline.");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(quote).ToHaveCountAsync(0);
        Assert.Empty(chromium.Complaints(page));
    }

    [Fact]
    public async Task A_quote_from_another_page_is_fetched()
    {
        var (channel, story) = Story();
        Newsroom.Comments(200, story, [Newsroom.Member("Ada")], channel, number => $"Thought {number}", _ => 0);
        Newsroom.Comment(story, Newsroom.Member("Bo"), channel, "As #7 says.");
        var page = await OpenAsync(story, "?page=2");

        await page.Locator("#c201 .md a").HoverAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Tooltip)).ToContainTextAsync("Thought 7");
        Assert.Empty(chromium.Complaints(page));
    }

    [Fact]
    public async Task The_first_touch_shows_the_quote_and_the_link_in_it_leads_there()
    {
        var (channel, story) = Story();
        Newsroom.Comment(story, Newsroom.Member("Ada"), channel, "One screw.");
        Newsroom.Comment(story, Newsroom.Member("Bo"), channel, "As #1 says.");
        var page = await OpenAsync(story);

        // A finger is a pointer of its own kind before the click.
        await page.Locator("#c2 .md a")
            .DispatchEventAsync("pointerdown", new { pointerType = "touch", bubbles = true });
        await page.Locator("#c2 .md a").DispatchEventAsync("click");
        await Assertions.Expect(page.GetByRole(AriaRole.Tooltip)).ToContainTextAsync("One screw.");
        Assert.Equal("", await page.EvaluateAsync<string>("location.hash"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to #1" }).ClickAsync();

        Assert.Equal("#c1", await page.EvaluateAsync<string>("location.hash"));
        await Assertions.Expect(page.GetByRole(AriaRole.Tooltip)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_fold_stays_open_while_comments_arrive_and_a_link_into_it_opens_it()
    {
        var (channel, story) = Story();
        var ada = Newsroom.Member("Ada");
        for (var depth = 0; depth < 8; depth++)
        {
            Newsroom.Comment(story, ada, channel, $"Level {depth}", parent: depth);
        }

        Newsroom.Comment(story, ada, channel, "See #8.");
        var page = await OpenAsync(story);
        await Assertions.Expect(page.Locator("#c8")).ToBeHiddenAsync();

        await page.Locator("#c9 .md a").ClickAsync();
        await Assertions.Expect(page.Locator("#c8")).ToBeVisibleAsync();
        Newsroom.Comment(story, ada, channel, "Deeper still", parent: 8);
        await page.EvaluateAsync("newsbot.refreshAll()");

        await Assertions.Expect(page.Locator(".fold summary")).ToHaveTextAsync("4 deeper replies");
        await Assertions.Expect(page.Locator("#c10")).ToBeVisibleAsync();
        Assert.Empty(chromium.Complaints(page));
    }

    [Fact]
    public async Task A_comment_that_arrives_on_another_page_is_announced_with_its_link()
    {
        var (channel, story) = Story();
        var ada = Newsroom.Member("Ada");
        Newsroom.Comments(200, story, [ada], channel, number => $"Thought {number}", _ => 0);
        var page = await OpenAsync(story);

        Newsroom.Comment(story, ada, channel, "On page two");
        await page.EvaluateAsync("newsbot.refreshAll()");

        await Assertions.Expect(page.Locator("#elsewhere")).ToHaveTextAsync("A new comment on another page: #201");
        await page.Locator("#elsewhere a").ClickAsync();
        await Assertions.Expect(page.Locator("#c201 .md")).ToHaveTextAsync("On page two");
    }

    private Task<IPage> OpenAsync(long story, string query = "") =>
        chromium.OpenAsync(new Uri(server.Address, $"/stories/{story}{query}"));

    private (long Channel, long Story) Story()
    {
        var channel = Newsroom.Channel($"room-{Guid.CreateVersion7(Newsroom.Now):N}");
        return (channel, Newsroom.Story(channel, [Newsroom.Source()]));
    }
}
