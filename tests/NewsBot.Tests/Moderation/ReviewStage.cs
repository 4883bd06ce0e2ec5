using System.Net;
using AngleSharp.Html.Dom;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.SignIn;

namespace NewsBot.Tests.Moderation;

/// <summary>A story in Discord and in Slack that mirror each other, and the moderators' channel on one of them.</summary>
internal sealed class ReviewStage : IAsyncDisposable
{
    private readonly PublishedStory _story;

    private ReviewStage(SignInRig rig, PublishedStory story, bool isInDiscord)
    {
        Rig = rig;
        _story = story;
        var (discord, slack) = (new DiscordDesk(rig, story), new SlackDesk(rig, story));
        (Desk, Other) = isInDiscord ? ((IReviewDesk)discord, (IReviewDesk)slack) : (slack, discord);
    }

    public SignInRig Rig { get; }

    /// <summary>Where moderators are asked.</summary>
    public IReviewDesk Desk { get; }

    /// <summary>The other platform.</summary>
    public IReviewDesk Other { get; }

    /// <param name="platform">Where the moderators' channel is.</param>
    /// <param name="words">What is held back.</param>
    public static async Task<ReviewStage> StartAsync(string platform, params IReadOnlyList<string> words)
    {
        var rig = await SignInRig.StartAsync();
        var stage = new ReviewStage(rig, await rig.StoryAsync(), platform == "discord");
        await stage.Desk.SetUpAsync(words);
        return stage;
    }

    /// <summary>Writes a reply on one platform and waits until moderators are asked about it.</summary>
    public async Task HeldAsync(IReviewDesk side, string human, string text)
    {
        await side.SayAsync(human, text);
        await Rig.Newsroom.UntilAsync("SELECT COUNT(*) FROM review WHERE decision IS NULL", 1);
        await UntilPanelAsync("A reply waits for you");
    }

    /// <summary>Waits until the moderators' channel says something.</summary>
    public async Task UntilPanelAsync(string words)
    {
        try
        {
            await RunningNewsroom.UntilAsync(() =>
                Task.FromResult(Desk.Panel().Contains(words, StringComparison.Ordinal) ? "yes" : null)
            );
        }
        catch (TimeoutException)
        {
            Assert.Contains(words, Desk.Panel(), StringComparison.Ordinal);
        }
    }

    /// <summary>Waits until a copy with these words stands on the other platform.</summary>
    public async Task UntilCopiedAsync(string words)
    {
        try
        {
            await RunningNewsroom.UntilAsync(() =>
                Task.FromResult(
                    Other.Thread().Any(line => line.Contains(words, StringComparison.Ordinal)) ? "yes" : null
                )
            );
        }
        catch (TimeoutException)
        {
            Assert.Contains(Other.Thread(), line => line.Contains(words, StringComparison.Ordinal));
        }
    }

    /// <summary>Waits until nothing is to be sent any more.</summary>
    public Task SettledAsync() =>
        Rig.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE state = 'waiting' AND priority <= 0", 0);

    /// <summary>The story's page as everybody reads it.</summary>
    public async Task<string> PageAsync()
    {
        using var stranger = Rig.Browser();
        using var page = await stranger.GetAsync(_story.Path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Decides on the page for it, in a browser.</summary>
    /// <param name="browser">Where a moderator is signed in.</param>
    /// <param name="page">The page as it was opened.</param>
    /// <param name="decision">The value of the button.</param>
    public static async Task<(HttpStatusCode Status, string Text)> DecideAsync(
        SignInBrowser browser,
        IHtmlDocument page,
        string decision
    )
    {
        var form = (IHtmlFormElement)page.QuerySelector("#waiting form")!;
        using var answer = await browser.SubmitAsync(form, ("decision", decision));
        return (
            answer.StatusCode,
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
        );
    }

    /// <summary>Name of the comment that was held last, such as "1#1".</summary>
    public async Task<string> NameAsync() =>
        (await Rig.Newsroom.WordAsync("SELECT story_id || '#' || number FROM comment ORDER BY id DESC LIMIT 1"))!;

    public Task<string?> StateAsync() => Rig.Newsroom.WordAsync("SELECT state FROM comment ORDER BY id DESC LIMIT 1");

    public ValueTask DisposeAsync() => Rig.DisposeAsync();
}
