using Microsoft.Playwright;
using NewsBot.Testing;

namespace NewsBot.Tests.Pages;

/// <summary>What only a real browser shows.</summary>
public sealed class BrowserTests(PageServer server, Chromium chromium)
    : IClassFixture<PageServer>,
        IClassFixture<Chromium>
{
    private NewsroomBuilder Newsroom => server.Newsroom;

    [Fact]
    public async Task A_reply_typed_in_the_chat_appears_in_the_thread_and_on_an_open_story_page_without_reloading()
    {
        var (room, story) = Room();
        var chat = await chromium.OpenAsync(new Uri(server.Address, $"/chat/{room}?story={story}"));
        await JoinAsync(chat, $"Ada {room}");
        var page = await chromium.OpenAsync(new Uri(server.Address, $"/stories/{story}"));
        await page.EvaluateAsync("window.untouched = true");
        await chat.EvaluateAsync("window.untouched = true");

        await chat.GetByLabel("Comment on this story").FillAsync("Typed in the chat");
        await chat.GetByLabel("Comment on this story").PressAsync("Enter");

        await Assertions.Expect(chat.Locator("#t1 .md")).ToHaveTextAsync("Typed in the chat");
        await Assertions.Expect(page.Locator("#c1 .md")).ToHaveTextAsync("Typed in the chat");
        await Assertions.Expect(page.Locator("#comments")).ToHaveTextAsync("1 comment");
        await Assertions.Expect(chat.Locator("#th")).ToHaveTextAsync("1 comment");
        await Assertions.Expect(chat.GetByLabel("Comment on this story")).ToHaveValueAsync("");
        Assert.True(await page.EvaluateAsync<bool>("window.untouched === true"));
        Assert.True(await chat.EvaluateAsync<bool>("window.untouched === true"));

        await chat.GetByRole(AriaRole.Link, new() { Name = "Reply to comment 1" }).ClickAsync();
        await chat.GetByLabel("Comment on this story").FillAsync("line one");
        await chat.GetByLabel("Comment on this story").PressAsync("Shift+Enter");
        await chat.GetByLabel("Comment on this story").PressSequentiallyAsync("line two");
        await chat.GetByLabel("Comment on this story").PressAsync("Enter");

        await Assertions.Expect(page.Locator("#c2 .no a").Nth(1)).ToHaveTextAsync("↳1");
        await Assertions.Expect(page.Locator("#c2 .md br")).ToHaveCountAsync(1);
        Assert.Empty(chromium.Complaints(chat, page));
    }

    [Fact]
    public async Task A_comment_is_edited_in_its_place_while_others_go_on_writing()
    {
        var (room, story) = Room();
        var chat = await chromium.OpenAsync(new Uri(server.Address, $"/chat/{room}?story={story}"));
        await JoinAsync(chat, $"Di {room}");
        await chat.GetByLabel("Comment on this story").FillAsync("First");
        await chat.GetByLabel("Comment on this story").PressAsync("Enter");
        await chat.GetByRole(AriaRole.Link, new() { Name = "Edit comment 1" }).ClickAsync();
        await Assertions.Expect(chat.GetByLabel("Change your message")).ToBeFocusedAsync();
        await chat.GetByLabel("Change your message").FillAsync("Second");

        await chat.GetByLabel("Comment on this story").FillAsync("Another");
        await chat.GetByLabel("Comment on this story").PressAsync("Enter");
        await Assertions.Expect(chat.Locator("#t2 .md")).ToHaveTextAsync("Another");
        await chat.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Assertions.Expect(chat.Locator("#t1 .md p").First).ToHaveTextAsync("Second");
    }

    [Fact]
    public async Task Text_that_cannot_be_sent_stays_and_the_reason_is_said()
    {
        var (room, story) = Room();
        var chat = await chromium.OpenAsync(new Uri(server.Address, $"/chat/{room}?story={story}"));
        await JoinAsync(chat, $"Bo {room}");
        await chat.RouteAsync("**/messages", route => route.AbortAsync());

        await chat.GetByLabel("Comment on this story").FillAsync("Not lost");
        await chat.GetByLabel("Comment on this story").PressAsync("Enter");

        await Assertions.Expect(chat.Locator(".side [data-problem]")).ToContainTextAsync("Your text is still here");
        await Assertions.Expect(chat.GetByLabel("Comment on this story")).ToHaveValueAsync("Not lost");
    }

    [Fact]
    public async Task A_commands_answer_appears_below_the_messages_and_goes_when_dismissed()
    {
        var (room, _) = Room();
        var chat = await chromium.OpenAsync(new Uri(server.Address, $"/chat/{room}"));
        await JoinAsync(chat, $"Cy {room}");

        await chat.GetByLabel($"Message to {room}").FillAsync("/news help");
        await chat.GetByLabel($"Message to {room}").PressAsync("Enter");
        await Assertions.Expect(chat.Locator("#answer")).ToContainTextAsync("only you can see this");
        await chat.GetByRole(AriaRole.Link, new() { Name = "Dismiss" }).ClickAsync();

        await Assertions.Expect(chat.Locator("#answer")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Every_page_has_one_heading_labels_and_fits_a_phone()
    {
        var (room, story) = Room();
        Newsroom.Comment(story, Newsroom.Member("Dee"), Newsroom.Channel($"x{room}"), new string('w', 300));
        foreach (
            var path in new[]
            {
                "/",
                $"/stories/{story}",
                $"/chat/{room}?story={story}",
                "/status",
                $"/sources/{Newsroom.Source("Phone Wire")}",
                "/search?q=phone",
                "/about",
            }
        )
        {
            var page = await chromium.OpenAsync(new Uri(server.Address, path), width: 390);
            var faults = await page.EvaluateAsync<string[]>(
                """
                () => {
                  const faults = [];
                  const shown = (element) => element.checkVisibility();
                  if (document.querySelectorAll("h1").length !== 1) faults.push("headings of the first rank: " + document.querySelectorAll("h1").length);
                  if (!document.documentElement.lang) faults.push("no language");
                  if (!document.querySelector("main")) faults.push("no main part");
                  for (const field of document.querySelectorAll("input:not([type=hidden]),textarea"))
                    if (!field.labels.length) faults.push("no label: " + field.outerHTML);
                  for (const link of document.querySelectorAll("a,button"))
                    if (shown(link) && !(link.textContent.trim() || link.ariaLabel || link.closest("[aria-hidden]"))) faults.push("no name: " + link.outerHTML);
                  for (const picture of document.images) if (!picture.hasAttribute("alt")) faults.push("no alt: " + picture.src);
                  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
                  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push("twice: " + id);
                  if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the window: " + document.documentElement.scrollWidth);
                  return faults;
                }
                """
            );
            Assert.True(faults.Length == 0, $"{path}: {string.Join("; ", faults)}");
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("Skip to content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
            Assert.Empty(chromium.Complaints(page));
            await page.CloseAsync();
        }
    }

    private (string Room, long Story) Room()
    {
        var name = Guid.CreateVersion7(Newsroom.Now).ToString("N")[18..];
        return (name, Newsroom.Story(Newsroom.Channel(name), [Newsroom.Source()]));
    }

    // What is typed before the page that follows has its scripts is sent the plain way.
    private static async Task JoinAsync(IPage chat, string name)
    {
        await chat.GetByLabel("Pick a name to join in").FillAsync(name);
        await chat.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Assertions.Expect(chat.Locator("[data-send]").First).ToBeVisibleAsync();
        await chat.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }
}
