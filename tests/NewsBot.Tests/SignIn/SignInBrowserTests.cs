using Microsoft.Playwright;
using NewsBot.Tests.Pages;

namespace NewsBot.Tests.SignIn;

/// <summary>Signing in and writing in a real browser.</summary>
public sealed class SignInBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Somebody_signs_in_from_a_story_comes_back_to_it_and_what_they_write_appears_in_an_open_page()
    {
        await using var rig = await SignInRig.StartLocalAsync();
        var story = await rig.StoryAsync();
        var address = new Uri(rig.Newsroom.Http.BaseAddress!, story.Path);
        var reader = await chromium.OpenAsync(address);
        await reader.EvaluateAsync("window.untouched = true");
        var writer = await chromium.OpenAsync(address);

        await writer.GetByRole(AriaRole.Link, new() { Name = "Sign in to comment" }).ClickAsync();
        await writer.GetByRole(AriaRole.Link, new() { Name = "Sign in with Discord" }).ClickAsync();
        await writer.GetByRole(AriaRole.Link, new() { Name = "saga_w" }).ClickAsync();
        await Assertions.Expect(writer.Locator("h1")).ToHaveTextAsync("Harbour bridge opens");
        await writer.GetByLabel("Comment on this story").FillAsync("Typed on the page");
        await writer.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Assertions.Expect(writer.Locator("#c1 .md")).ToHaveTextAsync("Typed on the page");
        await Assertions.Expect(reader.Locator("#c1 .md")).ToHaveTextAsync("Typed on the page");
        Assert.True(await reader.EvaluateAsync<bool>("window.untouched === true"));

        await writer.GetByRole(AriaRole.Link, new() { Name = "Edit comment 1" }).ClickAsync();
        await writer.GetByLabel("Change comment 1").FillAsync("Typed better");
        await writer.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(reader.Locator("#c1 .md")).ToContainTextAsync("Typed better");

        await writer.GetByRole(AriaRole.Link, new() { Name = "Saga Wiklund" }).First.ClickAsync();
        await Assertions.Expect(writer.Locator("main")).ToContainTextAsync("this one");
        await writer.GetByRole(AriaRole.Button, new() { Name = "Show a code for another chat" }).ClickAsync();
        await Assertions.Expect(writer.GetByRole(AriaRole.Status)).ToContainTextAsync("Your code is");
        await writer.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(writer.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Empty(chromium.Complaints(reader));
    }
}
