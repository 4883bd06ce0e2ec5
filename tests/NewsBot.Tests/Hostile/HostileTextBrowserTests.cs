using System.Net;
using System.Text;
using Microsoft.Playwright;
using NewsBot.Testing;
using NewsBot.Tests.Pages;

namespace NewsBot.Tests.Hostile;

/// <summary>
/// The whole corpus stands in every text of a newsroom, and every kind of page is opened in a real browser: with our
/// Content-Security-Policy nothing is even stopped by it, and without it nothing happens either.
/// </summary>
public sealed class HostileTextBrowserTests(PageServer server, Chromium chromium)
    : IClassFixture<PageServer>,
        IClassFixture<Chromium>
{
    // As a database keeps them: half a character is none.
    private static readonly IReadOnlyList<string> Texts =
    [
        .. HostileScripts.All.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))),
    ];

    [Fact]
    public async Task What_the_corpus_holds_does_run_where_nothing_is_made_harmless()
    {
        await using var browser = await WatchedBrowser.OpenAsync(chromium, server.Address, keepsPolicy: false);
        var page = await browser.PageAsync();

        // Each in a frame of its own, so that none keeps another from running.
        foreach (var some in Texts.Chunk(60))
        {
            var frames = some.Select(text => $"<iframe srcdoc=\"{WebUtility.HtmlEncode(text)}\"></iframe>");
            await page.SetContentAsync(string.Concat(frames), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            await page.EvaluateAsync("() => new Promise((done) => requestIdleCallback(done, { timeout: 2000 }))");
        }

        await browser.UntilAsync(seen => Kinds(seen, "ran") >= 60 && Kinds(seen, "request") >= 15);
        Assert.True(Texts.Count >= 300);
    }

    [Fact]
    public async Task No_text_runs_asks_elsewhere_or_changes_a_page_with_and_without_the_policy()
    {
        var world = HostileWorld.InTo(server, Texts);
        foreach (var keepsPolicy in new[] { true, false })
        {
            await using var browser = await WatchedBrowser.OpenAsync(chromium, server.Address, keepsPolicy);
            var page = await browser.PageAsync();
            List<string> faults = [];
            List<string> statuses = [];
            await JoinAsync(page, keepsPolicy ? "Ada" : "Bo");

            foreach (var path in Paths(world))
            {
                var answer = await page.GotoAsync(Address(path), new() { WaitUntil = WaitUntilState.Load });
                statuses.Add($"{answer!.Status} {path}");
                var found = await page.EvaluateAsync<string[]>($"({PageShape.Faults})(document)");
                faults.AddRange(found.Take(3).Select(fault => $"{path}: {fault}"));
            }

            // The others are looked over without being opened: there are many, and they are made of the same parts.
            foreach (var batch in keepsPolicy ? Others(world).Chunk(100) : [])
            {
                faults.AddRange(await page.EvaluateAsync<string[]>(LookOver, batch));
            }

            Assert.Empty(faults);
            // Only what nobody has is not found: all the others were there to be looked at.
            Assert.Equal(Missing, statuses.Where(status => !status.StartsWith("200 ", StringComparison.Ordinal)));
            Assert.Empty(browser.Seen);
        }
    }

    private static IEnumerable<string> Missing =>
        [$"404 /chat/{Uri.EscapeDataString(Texts[0])}", $"404 /{Uri.EscapeDataString(Texts[0])}"];

    private static int Kinds(IEnumerable<string> seen, string kind) =>
        seen.Where(what => what.StartsWith(kind, StringComparison.Ordinal)).Distinct().Count();

    private const string LookOver = $$"""
        async (paths) => {
          const faults = [];
          const look = {{PageShape.Faults}};
          for (const path of paths) {
            const answer = await fetch(path, { redirect: "manual" });
            const text = await answer.text();
            if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) continue;
            for (const fault of look(new DOMParser().parseFromString(text, "text/html")).slice(0, 3)) faults.push(path + ": " + fault);
          }
          return faults;
        }
        """;

    private static IEnumerable<string> Paths(HostileWorld world)
    {
        var middle = world.Stories[world.Stories.Count / 2];
        return
        [
            "/",
            $"/?channel={Uri.EscapeDataString(Texts[0])}",
            $"/?before={Uri.EscapeDataString(Texts[1])}",
            $"/stories/{world.Story}",
            $"/stories/{world.Story}?page=2",
            $"/stories/{world.Story}?order=newest",
            $"/stories/{world.Stories[0]}",
            $"/stories/{middle}",
            $"/stories/{world.Stories[^1]}",
            "/search?q=pwned",
            $"/search?q={Uri.EscapeDataString(Texts[0])}",
            "/status",
            "/about",
            "/sources/1",
            "/sources/150",
            "/members/7",
            $"/chat/{HostileWorld.Room}",
            $"/chat/{HostileWorld.Room}?story={world.Story}",
            $"/chat/{Uri.EscapeDataString(Texts[0])}",
            "/settings",
            "/settings/edit",
            "/settings/channel-mode",
            "/settings/words-add",
            "/moderation",
            $"/{Uri.EscapeDataString(Texts[0])}",
        ];
    }

    // Every story, and every text at two of the doors that repeat what they were asked.
    private static IEnumerable<string> Others(HostileWorld world) =>
        [
            .. world.Stories.Where((_, place) => place % 2 == 0).Select(id => $"/stories/{id}"),
            .. Enumerable.Range(1, Texts.Count / 3).Select(place => $"/sources/{place * 3}"),
            .. Enumerable.Range(1, Texts.Count / 3).Select(place => $"/members/{place * 3}"),
            .. Texts.SelectMany((text, place) => Asked(Uri.EscapeDataString(text), place)),
        ];

    private static IEnumerable<string> Asked(string text, int place)
    {
        string[] others =
        [
            $"/{text}",
            $"/stories/{text}",
            $"/stories/1-{text}",
            $"/chat/{text}",
            $"/?channel={text}",
            $"/settings/{text}",
            $"/sign-in?from={text}",
        ];
        return [$"/search?q={text}", others[place % others.Length]];
    }

    private string Address(string path) => new Uri(server.Address, path).AbsoluteUri;

    private async Task JoinAsync(IPage page, string name)
    {
        await page.GotoAsync(Address($"/chat/{HostileWorld.Room}"));
        await page.GetByLabel("Pick a name to join in").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-send]").First).ToBeVisibleAsync();
        server.Newsroom.Run("UPDATE member SET role = 'admin' WHERE name = @Name", new { Name = name });
    }
}
