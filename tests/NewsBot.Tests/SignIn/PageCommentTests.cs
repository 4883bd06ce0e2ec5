using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.SignIn;

/// <summary>What members write on a story's page.</summary>
public sealed class PageCommentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("discord")]
    [InlineData("slack")]
    public async Task A_comment_is_on_the_page_at_once_and_appears_in_every_chat_under_its_authors_name(string platform)
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync();
        using var browser = await rig.SignedInAsync(platform, "Kofi");

        using var answer = await browser.CommentAsync(story, "Written on the *page*");
        var page = await browser.PageAsync(story.Path);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal($"{story.Path}/comments/1", answer.Headers.Location!.OriginalString);
        Assert.Equal("Written on the page", page.QuerySelector("#c1 .md p")!.TextContent);
        Assert.Equal("Kofi", page.QuerySelector("#c1 header b")!.TextContent);
        Assert.Equal(
            platform == "discord" ? story.Discord : story.Slack,
            await rig.Newsroom.NumberAsync("SELECT channel_id FROM comment WHERE message_id LIKE 'page:%'")
        );
        Assert.Contains("Written on the", await InDiscordAsync(rig, "Written on the"), StringComparison.Ordinal);
        Assert.Contains("Written on the", await InSlackAsync(rig, "Written on the"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_a_change_and_a_deletion_go_the_same_way()
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync();
        using var kofi = await rig.SignedInAsync("discord", "Kofi");
        using var saga = await rig.SignedInAsync("slack", "saga_w");
        using var first = await kofi.CommentAsync(story, "First words");
        var page = await saga.PageAsync(story.Path);
        var reply = page.QuerySelector("#c1 a[aria-label='Reply to comment 1']")!.GetAttribute("href")!;

        using var second = await saga.CommentAsync(
            story,
            "An answer",
            new Uri(new Uri(SignInRig.PublicUrl), reply).Query
        );
        await InSlackAsync(rig, "An answer");
        await InDiscordAsync(rig, "An answer");
        using var edited = await saga.CommentAsync(story, "A better answer", "?edit=2");
        await InSlackAsync(rig, "A better answer");
        await InDiscordAsync(rig, "A better answer");
        using var deleted = await saga.CommentAsync(story, "", "?delete=2");

        var after = await kofi.PageAsync(story.Path);
        Assert.Equal("Removed by its author.", after.QuerySelector("#c2 p")!.TextContent);
        Assert.Equal("↳1", after.QuerySelectorAll("#c2 .no a")[1].TextContent);
        await GoneAsync(rig, "A better answer");
    }

    [Fact]
    public async Task Nobody_changes_what_somebody_else_wrote_or_what_was_written_elsewhere()
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync();
        using var kofi = await rig.SignedInAsync("discord", "Kofi");
        using var saga = await rig.SignedInAsync("discord", "saga_w");
        using var written = await kofi.CommentAsync(story, "Mine");
        var card = rig.Rooms.Discord.FindCards(story.Id)[0];
        await rig.Discord.Human("saga_w").SayAsync(card.Channel, "From the chat", card.Message, Token);
        await rig.Newsroom.UntilCommentsAsync(2);
        var page = await saga.PageAsync(story.Path);
        var form = (IHtmlFormElement)page.QuerySelector("#write form")!;

        Assert.Empty(page.QuerySelectorAll("a[aria-label^='Edit comment']"));
        foreach (var number in (int[])[1, 2])
        {
            foreach (var verb in (string[])["edit", "delete"])
            {
                form.SetAttribute(
                    "action",
                    string.Create(CultureInfo.InvariantCulture, $"{story.Path}/comments/{number}/{verb}")
                );
                using var answer = await saga.SubmitAsync(form, ("text", "Not yours"));
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            }
        }

        Assert.Equal(
            ["Mine", "From the chat"],
            await rig.Newsroom.WordsAsync("SELECT body FROM comment WHERE state = 'visible' ORDER BY number")
        );
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_comment()
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync();
        using var browser = await rig.SignedInAsync("discord", "Kofi");
        var form = (IHtmlFormElement)(await browser.PageAsync(story.Path)).QuerySelector("#write form")!;

        using var first = await browser.SubmitAsync(form, ("text", "Once"));
        using var second = await browser.SubmitAsync(form, ("text", "Once"));

        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(1, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM comment"));
    }

    [Theory]
    [InlineData("UPDATE story SET locked_at = 1", "closed this discussion", HttpStatusCode.Conflict)]
    [InlineData("UPDATE member SET muted_until = 9000000000000", "muted you until", HttpStatusCode.Conflict)]
    [InlineData("UPDATE member SET opted_out_at = 1", "opted out", HttpStatusCode.Conflict)]
    [InlineData("UPDATE identity SET silenced_until = 9000000000000", "timed out on Discord", HttpStatusCode.Forbidden)]
    public async Task Who_may_not_write_is_told_why_and_keeps_the_text(
        string change,
        string words,
        HttpStatusCode status
    )
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync();
        using var browser = await rig.SignedInAsync("discord", "Kofi");
        var form = (IHtmlFormElement)(await browser.PageAsync(story.Path)).QuerySelector("#write form")!;
        await rig.Newsroom.RunAsync(change);

        using var answer = await browser.SubmitAsync(form, ("text", "Not lost"));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(0, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM comment"));
        var page = await SignInBrowser.ParseAsync(answer);
        Assert.Contains(words, page.QuerySelector("#write-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Not lost", ((IHtmlTextAreaElement)page.QuerySelector("#comment-text")!).Value);
    }

    [Fact]
    public async Task What_is_written_while_a_story_is_joined_with_another_is_kept_for_where_it_goes_on()
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync();
        var other = await rig.StoryAsync(headline: "Bridge open at last");
        using var browser = await rig.SignedInAsync("discord", "Kofi");
        var form = (IHtmlFormElement)(await browser.PageAsync(story.Path)).QuerySelector("#write form")!;
        await rig.Newsroom.RunAsync(
            "UPDATE story SET merged_into = @Other WHERE id = @Id",
            new { story.Id, Other = other.Id }
        );

        using var answer = await browser.SubmitAsync(form, ("text", "Not lost"));
        var page = await SignInBrowser.ParseAsync(answer);
        using var again = await browser.SubmitAsync((IHtmlFormElement)page.QuerySelector("#write form")!);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("Bridge open at last", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("goes on", page.QuerySelector("#write-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.Equal(other.Id, await rig.Newsroom.NumberAsync("SELECT story_id FROM comment WHERE body = 'Not lost'"));
    }

    [Fact]
    public async Task A_time_out_a_minute_ago_counts_before_anything_is_written()
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync();
        using var browser = await rig.SignedInAsync("discord", "Kofi");
        rig.Discord.Driver.TimeOut("Kofi", TimeSpan.FromHours(1));
        await rig.Newsroom.RunAsync("UPDATE identity SET standing_at = standing_at - 6 * 60 * 1000");

        using var answer = await browser.CommentAsync(story, "Silenced");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(
            "timed out on Discord until",
            (await SignInBrowser.ParseAsync(answer)).QuerySelector("#write-problem")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_held_word_keeps_a_comment_off_page_and_chats()
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync();
        await rig.Newsroom.RunAsync(
            "INSERT INTO word (community_id, word, added_by, created_at) VALUES (1, 'casino', 'operator', 1)"
        );
        using var browser = await rig.SignedInAsync("slack", "Kofi");

        using var answer = await browser.CommentAsync(story, "Visit my CASINO");

        Assert.Equal(
            "hidden",
            await rig.Newsroom.WordAsync("SELECT state FROM comment WHERE message_id LIKE 'page:%'")
        );
        Assert.Equal(0, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM post WHERE subject LIKE 'comment:%'"));
    }

    [Fact]
    public async Task A_form_from_another_site_writes_nothing()
    {
        await using var rig = await SignInRig.StartAsync();
        var story = await rig.StoryAsync();
        using var browser = await rig.SignedInAsync("discord", "Kofi");
        var form = (IHtmlFormElement)(await browser.PageAsync(story.Path)).QuerySelector("#write form")!;

        using var answer = await browser.SubmitAsync(form, ("text", "Forged"), ("proof", ""));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM comment"));
    }

    [Fact]
    public async Task Where_a_story_is_on_several_cards_the_most_widely_published_channel_of_theirs_is_the_comments()
    {
        await using var rig = await SignInRig.StartAsync();
        var narrow = await rig.Rooms.Discord.ChannelAsync(rig.Discord.Channels.Text);
        var wide = await rig.Rooms.Discord.ChannelAsync(rig.Discord.Channels.Announcement);
        await rig.Newsroom.RunAsync("UPDATE channel SET publication = 'members' WHERE id = @narrow", new { narrow });
        var story = await rig.Rooms.Discord.StoryAsync("Harbour bridge opens", narrow, wide);
        await rig.Rooms.Discord.CardsAsync(story, 2);
        using var browser = await rig.SignedInAsync("discord", "Kofi");

        using var answer = await browser.CommentAsync(new PublishedStory(story, narrow, 0), "Where does it go?");

        Assert.Equal(wide, await rig.Newsroom.NumberAsync("SELECT channel_id FROM comment"));
        Assert.Equal("public", await rig.Newsroom.WordAsync("SELECT visibility FROM comment"));
    }

    [Fact]
    public async Task Somebody_with_a_name_in_the_built_in_chat_uses_the_same_form()
    {
        await using var newsroom = await RunningNewsroom.StartAsync("--Starter:Enabled=false");
        using var http = new HttpClient(
            new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }
        )
        {
            BaseAddress = newsroom.Http.BaseAddress,
        };
        var channel = await newsroom.NumberAsync(
            """
            INSERT INTO channel (community_id, workspace_id, external_id, name, publication, created_at)
            SELECT 1, id, 'harbour', 'harbour', 'public', 0 FROM workspace WHERE platform = 'web' RETURNING id
            """
        );
        var database = (NewsBot.Storage.Database)newsroom.Services.GetService(typeof(NewsBot.Storage.Database))!;
        var story = await database.WriteAsync(
            connection => WrittenStory.WriteAsync(connection, "Bridge", 1, [channel], TimeProvider.System.GetUtcNow()),
            Token
        );
        await newsroom.UntilAsync("SELECT COUNT(*) FROM web_message", 1);
        var chat = await NewsBot.Tests.Pages.PageServer.ParseAsync(await http.GetAsync("/chat/harbour", Token));
        using var named = await NewsBot.Tests.Pages.PageServer.SubmitAsync(
            http,
            (IHtmlFormElement)chat.QuerySelector("form.name")!,
            ("name", "Ada")
        );
        var path = string.Create(CultureInfo.InvariantCulture, $"/stories/{story}");
        var page = await NewsBot.Tests.Pages.PageServer.ParseAsync(await http.GetAsync(path, Token));

        using var answer = await NewsBot.Tests.Pages.PageServer.SubmitAsync(
            http,
            (IHtmlFormElement)page.QuerySelector("#write form")!,
            ("text", "From the page")
        );

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(
            "From the page",
            await newsroom.WordAsync("SELECT body FROM web_message WHERE member_id IS NOT NULL")
        );
        Assert.Equal("From the page", await newsroom.WordAsync("SELECT body FROM comment"));
    }

    private static Task<string> InDiscordAsync(SignInRig rig, string words) =>
        RunningNewsroom.UntilAsync(() =>
        {
            lock (rig.Discord.State.Sync)
            {
                return Task.FromResult(
                    rig.Discord.State.World.Messages.Values.SelectMany(messages => messages.Values)
                        .Where(message => message.WebhookId is not null)
                        .Select(message => message.Content)
                        .FirstOrDefault(text => text.Contains(words, StringComparison.Ordinal))
                );
            }
        });

    private static Task<string> InSlackAsync(SignInRig rig, string words) =>
        RunningNewsroom.UntilAsync(() => Task.FromResult(Slack(rig, words) is [var first, ..] ? first : null));

    private static async Task GoneAsync(SignInRig rig, string words)
    {
        await RunningNewsroom.UntilAsync(() => Task.FromResult(Slack(rig, words).Count == 0 ? "gone" : null));
        await RunningNewsroom.UntilAsync(() =>
        {
            lock (rig.Discord.State.Sync)
            {
                return Task.FromResult(
                    rig
                        .Discord.State.World.Messages.Values.SelectMany(messages => messages.Values)
                        .Any(message => message.Content.Contains(words, StringComparison.Ordinal))
                        ? null
                        : "gone"
                );
            }
        });
    }

    private static IReadOnlyList<string> Slack(SignInRig rig, string words)
    {
        lock (rig.Slack.State.Sync)
        {
            return
            [
                .. rig
                    .Slack.State.World.Messages.Values.SelectMany(messages => messages.Values)
                    .Where(message => message is { ByBot: true, IsReply: true, Tombstone: false })
                    .Select(message => $"{message.Text} {message.Blocks?.ToJsonString()}")
                    .Where(text => text.Contains(words, StringComparison.Ordinal)),
            ];
        }
    }
}
