using System.Net;
using System.Web;
using AngleSharp.Html.Dom;
using NewsBot.Testing.Newsrooms;
using NewsBot.Web.SignIn;

namespace NewsBot.Tests.SignIn;

/// <summary>Signing in with an account of a platform, and what ends it.</summary>
public sealed class SignInTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("discord")]
    [InlineData("slack")]
    public async Task A_member_signs_in_and_is_the_member_they_are_in_the_chat(string platform)
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync();
        await ReplyAsync(rig, platform, story);
        await rig.Newsroom.UntilCommentsAsync(1);
        using var browser = rig.Browser();

        using var answer = await browser.SignInAsync(platform, "Kofi", story.Path);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(story.Path, answer.Headers.Location!.OriginalString);
        var cookie = Assert.Single(
            answer.Headers.GetValues("Set-Cookie"),
            value => value.StartsWith("newsbot-session=", StringComparison.Ordinal)
        );
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            1,
            await rig.Newsroom.NumberAsync(
                """
                SELECT COUNT(*) FROM session_identity si JOIN identity i ON i.id = si.identity_id
                JOIN comment c ON c.member_id = i.member_id
                """
            )
        );
        var me = await browser.PageAsync("/me");
        Assert.Contains("1 comment", me.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Firefox on Linux, this one", me.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_decide_about_themselves_in_the_browser_and_about_nothing_else()
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync("public");
        using var browser = await rig.SignedInAsync("discord", "Kofi");
        (await browser.CommentAsync(story, "Under my own name.")).Dispose();
        var me = await browser.PageAsync("/me");
        var path = me.QuerySelectorAll("main a").Single(link => link.TextContent == "pseudonym").GetAttribute("href")!;

        var form = (IHtmlFormElement)(await browser.PageAsync(path)).QuerySelector("main form.fields")!;
        (await browser.SubmitAsync(form, ("name", "Nightowl"))).Dispose();
        using var others = await browser.GetAsync("/settings/mute");
        using var all = await browser.GetAsync("/settings");

        var page = await browser.PageAsync(story.Path);
        var comment = page.QuerySelector("#c1")!.TextContent;
        Assert.Contains("Nightowl", comment, StringComparison.Ordinal);
        Assert.DoesNotContain("Kofi", comment, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, others.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, all.StatusCode);
    }

    [Fact]
    public async Task Nobody_sends_browsers_to_a_platform_without_end()
    {
        await using var rig = await SignInRig.StartAsync("--Web:WriteBurst=3", "--Web:WritesPerSecond=1");
        using var browser = rig.Browser();
        List<HttpStatusCode> answers = [];

        for (var number = 0; number < 10; number++)
        {
            using var answer = await browser.GetAsync("/sign-in/discord/start");
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Found, answers[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    [Fact]
    public async Task What_is_kept_of_a_session_is_a_hash_and_no_key_to_the_account()
    {
        await using var rig = await SignInRig.StartAsync();
        using var browser = await rig.SignedInAsync("discord", "Kofi");

        var secret = browser.Cookies.GetCookies(rig.Newsroom.Http.BaseAddress!)["newsbot-session"]!.Value;

        Assert.Equal(
            NewsBot.Web.Secrets.Hash(secret),
            await rig.Newsroom.WordAsync("SELECT secret_hash FROM web_session")
        );
    }

    [Fact]
    public async Task Discord_is_asked_who_somebody_is_and_nothing_else()
    {
        await using var rig = await SignInRig.StartAsync();
        using var browser = rig.Browser();

        var page = await browser.BeginAsync("discord");

        var asked = HttpUtility.ParseQueryString(page.Query);
        Assert.Equal("identify", asked["scope"]);
        Assert.Equal("S256", asked["code_challenge_method"]);
        Assert.Equal($"{SignInRig.PublicUrl}/sign-in/discord", asked["redirect_uri"]);
        Assert.NotEqual("", asked["state"]);
    }

    [Theory]
    [InlineData("discord")]
    [InlineData("slack")]
    public async Task Who_is_in_none_of_the_communities_is_told_so_and_nothing_is_kept(string platform)
    {
        await using var rig = await SignInRig.StartAsync();
        var name = "stranger";
        if (platform == "discord")
        {
            rig.Discord.Driver.AddHuman(name);
            rig.Discord.Driver.SetMember(name, false);
        }
        else
        {
            rig.Slack.Driver.AddHuman(name, rig.Slack.Driver.AddWorkspace("Elsewhere", "boss"));
        }

        using var browser = rig.Browser();

        using var answer = await browser.SignInAsync(platform, name);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var page = await SignInBrowser.ParseAsync(answer);
        Assert.Equal("You are not a member here", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(0, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM web_session"));
        Assert.Equal(0, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM member WHERE name LIKE '%stranger%'"));
    }

    [Fact]
    public async Task A_sign_in_that_began_in_another_browser_is_refused()
    {
        await using var rig = await SignInRig.StartAsync();
        using var victim = rig.Browser();
        using var attacker = rig.Browser();
        var back = await attacker.ConsentAsync(await attacker.BeginAsync("discord"), "Kofi");

        using var answer = await victim.GetAsync(back.PathAndQuery);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM web_session"));
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        await using var rig = await SignInRig.StartAsync();
        using var browser = rig.Browser();
        var back = await browser.ConsentAsync(await browser.BeginAsync("slack"), "Kofi");
        using var first = await browser.GetAsync(back.PathAndQuery);

        using var second = await browser.GetAsync(back.PathAndQuery);

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
    }

    [Fact]
    public async Task Who_declines_is_told_that_nothing_was_changed()
    {
        await using var rig = await SignInRig.StartAsync();
        using var browser = rig.Browser();
        var page = await browser.BeginAsync("discord");
        var back = await browser.ConsentAsync(new Uri(page.AbsoluteUri + "&deny=1"), "Kofi");

        using var answer = await browser.GetAsync(back.PathAndQuery);

        Assert.Contains("You declined", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/stories/1?order=time#c3", "/stories/1?order=time#c3")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void A_browser_is_led_to_pages_of_ours_only(string? address, string expected)
    {
        Assert.Equal(expected, OwnPath.Of(address));
    }

    [Fact]
    public async Task Somebody_ends_their_other_sessions_and_signs_out_but_ends_nobody_elses()
    {
        await using var rig = await SignInRig.StartAsync();
        using var laptop = await rig.SignedInAsync("discord", "Kofi");
        using var phone = await rig.SignedInAsync("discord", "Kofi");
        using var other = await rig.SignedInAsync("discord", "saga_w");
        var otherSession = await rig.Newsroom.NumberAsync("SELECT MAX(id) FROM web_session");
        var page = await laptop.PageAsync("/me");
        var end = (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[action$='/end']")!;
        Assert.Single(page.QuerySelectorAll("form[action$='/end']"));

        using var ended = await laptop.SubmitAsync(end);
        end.SetAttribute("action", $"/me/sessions/{otherSession}/end");
        using var refused = await laptop.SubmitAsync(end);
        using var gone = await phone.GetAsync("/me");
        using var stays = await other.GetAsync("/me");
        using var signedOut = await laptop.SubmitAsync(
            (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[action='/sign-out']")!
        );
        using var afterwards = await laptop.GetAsync("/me");

        Assert.Equal(HttpStatusCode.Found, gone.StatusCode);
        Assert.Equal(HttpStatusCode.OK, stays.StatusCode);
        Assert.Equal(HttpStatusCode.Found, afterwards.StatusCode);
        Assert.Equal(1, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM web_session"));
    }

    [Fact]
    public async Task A_form_without_its_proof_signs_nobody_out()
    {
        await using var rig = await SignInRig.StartAsync();
        using var browser = await rig.SignedInAsync("discord", "Kofi");
        var page = await browser.PageAsync("/me");
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[action='/sign-out']")!;

        using var answer = await browser.SubmitAsync(form, ("proof", "made up"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(1, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM web_session"));
    }

    [Fact]
    public async Task A_ban_ends_it_with_the_event_and_its_lifting_does_not_bring_it_back()
    {
        await using var rig = await SignInRig.StartAsync();
        using var browser = await rig.SignedInAsync("discord", "Kofi");

        rig.Discord.Driver.Ban("Kofi");
        await rig.Newsroom.UntilAsync("SELECT COUNT(*) FROM identity WHERE banned_at IS NOT NULL", 1);
        using var banned = await browser.GetAsync("/me");
        rig.Discord.Driver.Ban("Kofi", false);
        await rig.Newsroom.UntilAsync("SELECT COUNT(*) FROM identity WHERE banned_at IS NOT NULL", 0);
        using var pardoned = await browser.GetAsync("/me");

        Assert.Equal(HttpStatusCode.Found, banned.StatusCode);
        Assert.Equal(HttpStatusCode.Found, pardoned.StatusCode);
    }

    [Fact]
    public async Task Who_left_or_was_deactivated_is_found_out_within_a_day()
    {
        await using var rig = await SignInRig.StartAsync();
        using var left = await rig.SignedInAsync("discord", "Kofi");
        using var closed = await rig.SignedInAsync("slack", "saga_w");
        using var stays = await rig.SignedInAsync("slack", "Kofi");
        rig.Discord.Driver.SetMember("Kofi", false);
        rig.Slack.Driver.Deactivate("saga_w");
        await rig.Newsroom.RunAsync("UPDATE identity SET standing_at = standing_at - 21 * 3600 * 1000");
        var rounds = (StandingRounds)rig.Newsroom.Services.GetService(typeof(StandingRounds))!;

        await rounds.RunAsync(Token);

        using var first = await left.GetAsync("/me");
        using var second = await closed.GetAsync("/me");
        using var third = await stays.GetAsync("/me");
        Assert.Equal(
            [HttpStatusCode.Found, HttpStatusCode.Found, HttpStatusCode.OK],
            [first.StatusCode, second.StatusCode, third.StatusCode]
        );
    }

    [Fact]
    public async Task Whom_no_platform_vouches_for_any_more_is_a_stranger_after_two_days()
    {
        await using var rig = await SignInRig.StartAsync();
        using var browser = await rig.SignedInAsync("discord", "Kofi");

        await rig.Newsroom.RunAsync("UPDATE identity SET standing_at = standing_at - 49 * 3600 * 1000");

        using var answer = await browser.GetAsync("/me");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task Without_an_application_nobody_is_asked_to_sign_in()
    {
        await using var newsroom = await RunningNewsroom.StartAsync("--Starter:Enabled=false");

        var front = await newsroom.Http.GetStringAsync(new Uri("/", UriKind.Relative), Token);
        using var page = await newsroom.Http.GetAsync(new Uri("/sign-in", UriKind.Relative), Token);

        Assert.DoesNotContain("Sign in", front, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    private static async Task ReplyAsync(SignInRig rig, string platform, PublishedStory story)
    {
        if (platform == "discord")
        {
            var card = rig.Rooms.Discord.FindCards(story.Id)[0];
            await rig.Discord.Human("Kofi").SayAsync(card.Channel, "Written in the chat", card.Message, Token);
        }
        else
        {
            var card = rig.Rooms.Slack.FindCards(story.Id)[0];
            await rig.Slack.Human("Kofi").SayAsync(card.Channel, "Written in the chat", card.Ts, Token);
        }
    }
}
