using Microsoft.Playwright;

namespace NewsBot.Tests.Pages;

/// <summary>The settings in a real browser: with the keyboard alone, on a phone.</summary>
public sealed class SettingsBrowserTests(PageServer server, Chromium chromium)
    : IClassFixture<PageServer>,
        IClassFixture<Chromium>
{
    private const int Phone = 390;

    [Fact]
    public async Task A_setting_is_changed_with_the_keyboard_alone_on_a_phone()
    {
        var channel = server.Newsroom.Channel("night-desk", mode: "digest+breaking");
        var page = await chromium.OpenAsync(new Uri(server.Address, "/chat/night-desk"), Phone);
        await page.GetByLabel("Pick a name to join in").FillAsync("Grace");
        await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        server.Newsroom.Run("UPDATE member SET role = 'admin' WHERE name = 'Grace'");

        await page.GotoAsync(new Uri(server.Address, "/settings").AbsoluteUri);
        Assert.Equal(Phone, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.GetByRole(AriaRole.Link, new() { Name = "channel mode", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Mode", new() { Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync("inst");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("#night");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        // What would change has the focus: nobody confirms it by a second press of the key.
        await Assertions.Expect(page.Locator("#answer")).ToBeFocusedAsync();
        Assert.Equal(Phone, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Confirm" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "undo" })).ToBeVisibleAsync();
        Assert.Equal(1, server.Count($"SELECT COUNT(*) FROM channel WHERE id = {channel} AND mode = 'instant'"));
        Assert.Empty(chromium.Complaints(page));
    }
}
