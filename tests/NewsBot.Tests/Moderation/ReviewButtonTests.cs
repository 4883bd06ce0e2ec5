using System.Net;

namespace NewsBot.Tests.Moderation;

/// <summary>Moderators press the buttons below a reply that was held back: page, copies and the question itself are right after.</summary>
public sealed class ReviewButtonTests
{
    private const string Word = "viagra";
    private const string Site = "link:spam.example";

    public static TheoryData<string, string, string, string, string> Decisions =>
        new()
        {
            { "discord", "Show", "Buy viagra now", "visible", "Shown" },
            { "discord", "Keep hidden", "See https://www.spam.example/x now", "hidden", "Kept hidden" },
            { "discord", "Mute author", "Buy viagra now", "hidden", "its author muted" },
            { "slack", "Show", "Buy viagra now", "visible", "Shown" },
            { "slack", "Keep hidden", "See https://www.spam.example/x now", "hidden", "Kept hidden" },
            { "slack", "Mute author", "Buy viagra now", "hidden", "its author muted" },
        };

    [Theory]
    [MemberData(nameof(Decisions))]
    public async Task One_press_decides_for_the_page_the_copies_and_the_question(
        string platform,
        string button,
        string text,
        string state,
        string words
    )
    {
        await using var stage = await ReviewStage.StartAsync(platform, Word, Site);
        await stage.HeldAsync(stage.Desk, "Inês", text);
        var marker = text.Split(' ')[0] == "Buy" ? Word : "spam.example";
        Assert.Contains(marker, stage.Desk.Panel(), StringComparison.Ordinal);
        Assert.DoesNotContain(marker, await stage.PageAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Other.Thread(), line => line.Contains(marker, StringComparison.Ordinal));

        var answer = await stage.Desk.Press("moderator", button)();

        Assert.Contains(await stage.NameAsync(), answer, StringComparison.Ordinal);
        Assert.Equal(state, await stage.StateAsync());
        await stage.UntilPanelAsync(words);
        Assert.Contains("Mattias", stage.Desk.Panel(), StringComparison.Ordinal);
        Assert.DoesNotContain(marker, stage.Desk.Panel(), StringComparison.Ordinal);
        Assert.DoesNotContain("Mute author", stage.Desk.Panel(), StringComparison.Ordinal);
        await stage.SettledAsync();
        Assert.Equal(state == "visible", (await stage.PageAsync()).Contains(marker, StringComparison.Ordinal));
        if (state == "visible")
        {
            await stage.UntilCopiedAsync(marker);
        }

        Assert.Equal(
            state == "visible" ? 1 : 0,
            stage.Other.Thread().Count(line => line.Contains(marker, StringComparison.Ordinal))
        );
        Assert.Equal(
            button == "Mute author" ? 1 : 0,
            await stage.Rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM member WHERE muted_until IS NOT NULL")
        );
    }

    [Theory]
    [InlineData("discord")]
    [InlineData("slack")]
    public async Task What_was_written_on_the_other_platform_is_asked_about_here_too(string platform)
    {
        await using var stage = await ReviewStage.StartAsync(platform, Word);
        await stage.HeldAsync(stage.Other, "Inês", "Buy viagra now");

        await stage.Desk.Press("moderator", "Show")();

        await stage.UntilPanelAsync("Shown");
        await stage.SettledAsync();
        Assert.Contains(stage.Desk.Thread(), line => line.Contains("Buy viagra now", StringComparison.Ordinal));
        Assert.Contains("Buy viagra now", await stage.PageAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("discord")]
    [InlineData("slack")]
    public async Task Who_is_no_moderator_is_told_so_in_private_and_decides_nothing(string platform)
    {
        await using var stage = await ReviewStage.StartAsync(platform, Word);
        await stage.HeldAsync(stage.Desk, "Inês", "Buy viagra now");

        var answer = await stage.Desk.Press("Kofi", "Show")();

        Assert.Contains("Only moderators and admins", answer, StringComparison.Ordinal);
        Assert.Equal("hidden", await stage.StateAsync());
        Assert.Contains("A reply waits for you", stage.Desk.Panel(), StringComparison.Ordinal);
        await stage.Desk.Press("moderator", "Show")();
        Assert.Equal("visible", await stage.StateAsync());
    }

    [Theory]
    [InlineData("discord")]
    [InlineData("slack")]
    public async Task Of_two_presses_at_once_one_decides_and_the_other_is_told_who_did(string platform)
    {
        await using var stage = await ReviewStage.StartAsync(platform, Word);
        await stage.HeldAsync(stage.Desk, "Inês", "Buy viagra now");

        var first = stage.Desk.Press("moderator", "Show");
        var second = stage.Desk.Press("admin", "Show");
        string[] answers = [await first(), await second()];

        Assert.Single(answers, answer => answer.Contains("is shown now", StringComparison.Ordinal));
        Assert.Single(
            answers,
            answer =>
                answer.Contains("Shown", StringComparison.Ordinal)
                && (
                    answer.Contains("by Mattias", StringComparison.Ordinal)
                    || answer.Contains("by Adaeze", StringComparison.Ordinal)
                )
        );
        await stage.UntilPanelAsync("Shown");
        await stage.UntilCopiedAsync("Buy viagra now");
        await stage.SettledAsync();
        Assert.Single(stage.Other.Thread(), line => line.Contains("Buy viagra now", StringComparison.Ordinal));
        Assert.Equal(1, await stage.Rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM audit WHERE action = 'review'"));
    }

    [Theory]
    [InlineData("discord")]
    [InlineData("slack")]
    public async Task A_button_pressed_twice_by_one_person_decides_once(string platform)
    {
        await using var stage = await ReviewStage.StartAsync(platform, Word);
        await stage.HeldAsync(stage.Desk, "Inês", "Buy viagra now");

        var first = stage.Desk.Press("moderator", "Show");
        var second = stage.Desk.Press("moderator", "Show");
        // Neither waits for the other on its way; the one that is taken first is answered.
        await await Task.WhenAny(first(), second());

        await stage.UntilPanelAsync("Shown");
        await stage.UntilCopiedAsync("Buy viagra now");
        await stage.SettledAsync();
        Assert.Single(stage.Other.Thread(), line => line.Contains("Buy viagra now", StringComparison.Ordinal));
        Assert.Equal("visible", await stage.StateAsync());
        Assert.Equal(1, await stage.Rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM audit WHERE action = 'review'"));
    }

    [Theory]
    [InlineData("discord")]
    [InlineData("slack")]
    public async Task A_button_that_is_still_there_after_it_was_decided_in_a_browser_says_who_did(string platform)
    {
        await using var stage = await ReviewStage.StartAsync(platform, Word);
        await stage.HeldAsync(stage.Desk, "Inês", "Buy viagra now");
        using var browser = await stage.Rig.SignedInAsync("discord", "admin");
        stage.Desk.Freeze();

        var (status, text) = await ReviewStage.DecideAsync(browser, await browser.PageAsync("/moderation"), "keep");
        var late = await stage.Desk.Press("moderator", "Show")();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("stays hidden", text, StringComparison.Ordinal);
        Assert.Contains("Kept hidden", late, StringComparison.Ordinal);
        Assert.Contains("by Adaeze", late, StringComparison.Ordinal);
        Assert.Equal("hidden", await stage.StateAsync());
        stage.Desk.Mend();
        await stage.UntilPanelAsync("Kept hidden");
        Assert.DoesNotContain(Word, stage.Desk.Panel(), StringComparison.Ordinal);
        await stage.SettledAsync();
        Assert.DoesNotContain(stage.Other.Thread(), line => line.Contains(Word, StringComparison.Ordinal));
        Assert.DoesNotContain(Word, await stage.PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_browser_the_same_is_decided_once()
    {
        await using var stage = await ReviewStage.StartAsync("discord", Word);
        await stage.HeldAsync(stage.Other, "Inês", "Buy viagra now");
        using var browser = await stage.Rig.SignedInAsync("discord", "moderator");
        var page = await browser.PageAsync("/moderation");
        Assert.Equal(
            ["Show", "Keep hidden", "Mute author"],
            page.QuerySelectorAll("#waiting button").Select(button => button.TextContent)
        );

        var (status, text) = await ReviewStage.DecideAsync(browser, page, "show");
        var (again, refusal) = await ReviewStage.DecideAsync(browser, page, "keep");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("is shown now", text, StringComparison.Ordinal);
        Assert.Contains("No reply waits", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again);
        Assert.Contains("by Mattias", refusal, StringComparison.Ordinal);
        Assert.Equal("visible", await stage.StateAsync());
        await stage.UntilPanelAsync("Shown");
        await stage.SettledAsync();
        Assert.Contains(stage.Desk.Thread(), line => line.Contains("Buy viagra now", StringComparison.Ordinal));
        Assert.Contains("Buy viagra now", await stage.PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_browser_others_see_nothing_of_it_and_decide_nothing()
    {
        await using var stage = await ReviewStage.StartAsync("discord", Word);
        await stage.HeldAsync(stage.Desk, "Inês", "Buy viagra now");
        using var moderator = await stage.Rig.SignedInAsync("discord", "moderator");
        using var member = await stage.Rig.SignedInAsync("discord", "Kofi");
        using var stranger = stage.Rig.Browser();
        var page = await moderator.PageAsync("/moderation");

        foreach (var browser in new[] { member, stranger })
        {
            using var shown = await browser.GetAsync("/moderation");
            var (status, text) = await ReviewStage.DecideAsync(browser, page, "show");

            Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
            Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden, text);
            Assert.DoesNotContain(Word, text, StringComparison.Ordinal);
        }

        Assert.Equal("hidden", await stage.StateAsync());
    }
}
