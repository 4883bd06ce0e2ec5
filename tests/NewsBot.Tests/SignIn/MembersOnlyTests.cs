using System.Globalization;
using System.Net;

namespace NewsBot.Tests.SignIn;

/// <summary>What is published to members only.</summary>
public sealed class MembersOnlyTests
{
    private const string Headline = "Quarantined bulletin";

    // Search marks what was searched for, so that the rest is looked for.
    private const string Shown = "bulletin";
    private const string Words = "gossip";

    private static readonly string[] Lists =
    [
        "/",
        "/feed.atom",
        "/search?q=quarantined",
        "/api/v1/stories",
        "/api/v1/stories?q=quarantined",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("public", true, true)]
    [InlineData("members", false, true)]
    [InlineData("off", false, false)]
    public async Task A_story_is_shown_to_whom_its_channels_publish_it(string publication, bool toAll, bool toMembers)
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync(publication, Headline);
        await SayAsync(rig, story, "Quarantined gossip");
        using var stranger = rig.Browser();
        using var member = await rig.SignedInAsync("slack", "saga_w");
        var api = string.Create(CultureInfo.InvariantCulture, $"/api/v1/stories/{story.Id}");
        string[] pages = [story.Path, $"{story.Path}/comments.atom", api, .. Lists];

        foreach (var path in pages)
        {
            Assert.Equal((path, toAll), (path, await ShowsAsync(stranger, path, Shown)));
            Assert.Equal((path, toMembers), (path, await ShowsAsync(member, path, Shown)));
        }

        foreach (var path in (string[])[story.Path, $"{api}/comments", "/search?q=quarantined"])
        {
            Assert.Equal((path, toAll), (path, await ShowsAsync(stranger, path, Words)));
            Assert.Equal((path, toMembers), (path, await ShowsAsync(member, path, Words)));
        }
    }

    [Fact]
    public async Task A_stranger_is_offered_to_sign_in_with_the_same_page_as_where_there_is_no_story()
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync("members", Headline);
        using var stranger = rig.Browser();

        using var hidden = await stranger.GetAsync(story.Path);
        using var missing = await stranger.GetAsync("/stories/999");

        Assert.Equal(hidden.StatusCode, missing.StatusCode);
        var page = await hidden.Content.ReadAsStringAsync(Token);
        Assert.Equal(
            (await missing.Content.ReadAsStringAsync(Token)).Replace("999", "1", StringComparison.Ordinal),
            page
        );
        Assert.Contains("/sign-in?back=%2Fstories%2F1", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_of_another_community_is_a_stranger()
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync("members", Headline);
        await rig.Newsroom.RunAsync(
            """
            INSERT INTO community (id, name, created_at) VALUES (50, 'Elsewhere', 0);
            UPDATE workspace SET community_id = 50 WHERE platform = 'slack';
            UPDATE channel SET community_id = 50 WHERE workspace_id = (SELECT id FROM workspace WHERE platform = 'slack');
            """
        );
        using var member = await rig.SignedInAsync("slack", "saga_w");

        using var answer = await member.GetAsync(story.Path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain(Shown, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static async Task<bool> ShowsAsync(SignInBrowser browser, string path, string words)
    {
        using var answer = await browser.GetAsync(path);
        return (await answer.Content.ReadAsStringAsync(Token)).Contains(words, StringComparison.Ordinal);
    }

    private static async Task SayAsync(SignInRig rig, PublishedStory story, string words)
    {
        var card = rig.Rooms.Discord.FindCards(story.Id)[0];
        await rig.Discord.Human("Kofi").SayAsync(card.Channel, words, card.Message, Token);
        await rig.Newsroom.UntilCommentsAsync(1);
    }
}
