using NewsBot.Core.Commands;

namespace NewsBot.Tests.Commands;

public sealed class StoryCommandTests
{
    [Fact]
    public async Task Stories_are_listed_found_and_shown_with_foreign_text_escaped()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.StoryAsync(1, "Solid *state* batteries @everyone");
        await rig.StoryAsync(2, "Another thing");
        await rig.CommentAsync(1, 1, 3, "These batteries are **great**");

        Assert.Contains(
            @"Solid \*state\* batteries \@everyone",
            (await rig.AskAsync("latest", CommandRig.Reader)).Markdown
        );
        Assert.Contains("1 comment", (await rig.AskAsync("top", CommandRig.Reader)).Markdown);
        var found = (await rig.AskAsync("search batteries", CommandRig.Reader)).Markdown;
        Assert.Contains("Stories:", found);
        Assert.Contains("[1#1](/stories/1/comments/1) Rita", found);
        Assert.Contains("The Daily", (await rig.AskAsync("story batteries", CommandRig.Reader)).Markdown);
        Assert.Contains(
            "Another thing",
            (await rig.AskAsync("story https://daily.example/2?utm_source=x", CommandRig.Reader)).Markdown
        );
        Assert.Contains("There is no story 9", await rig.RefusedAsync("story 9", CommandRig.Reader));
    }

    [Fact]
    public async Task A_hidden_comment_stays_in_its_place_and_can_be_shown_again()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.StoryAsync(1, "News");
        await rig.CommentAsync(1, 1, 3, "rude");

        var done = await rig.DoAsync("hide 1#1", CommandRig.Moderator);

        Assert.Contains("The original is untouched", done.Markdown);
        Assert.Equal("hidden", await rig.ValueAsync<string>("SELECT state FROM comment"));
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT comment_count FROM story"));
        Assert.Equal("hide", await rig.ValueAsync<string>("SELECT kind FROM comment_event"));
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await rig.DoAsync("show http://127.0.0.1:5080/stories/1-news#c1", CommandRig.Moderator);
        Assert.Equal(1, await rig.ValueAsync<long>("SELECT comment_count FROM story"));
    }

    [Fact]
    public async Task A_takedown_edits_the_card_and_undo_brings_it_back()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.StoryAsync(1, "News");
        await rig.CardAsync(1);

        await rig.DoAsync("takedown 1");

        Assert.Contains(
            "\"isRemoved\":true",
            await rig.ValueAsync<string>("SELECT body FROM post WHERE operation = 'edit'")
        );
        Assert.DoesNotContain("News", (await rig.AskAsync("latest")).Markdown);
        await rig.DoAsync("undo");
        Assert.Null(await rig.ValueAsync<long?>("SELECT taken_down_at FROM story WHERE id = 1"));
        Assert.Contains(
            "\"isRemoved\":false",
            await rig.ValueAsync<string>(
                "SELECT body FROM post WHERE operation = 'edit' ORDER BY revision DESC LIMIT 1"
            )
        );
    }

    [Fact]
    public async Task Merging_is_a_pointer_that_is_cleared_again()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.StoryAsync(1, "First");
        await rig.StoryAsync(2, "Second");
        await rig.CardAsync(2);
        await rig.CommentAsync(2, 1, 3, "kept");

        await rig.DoAsync("merge 2 1", CommandRig.Moderator);

        Assert.Equal(1, await rig.ValueAsync<long>("SELECT merged_into FROM story WHERE id = 2"));
        Assert.Equal(2, await rig.ValueAsync<long>("SELECT story_id FROM comment"));
        Assert.Contains("goes on as", await rig.ValueAsync<string>("SELECT body FROM post WHERE operation = 'edit'"));
        Assert.Contains("other way round", await rig.RefusedAsync("merge 1 2", CommandRig.Moderator));
        Assert.Contains("into itself", await rig.RefusedAsync("merge 1 1", CommandRig.Moderator));
        await rig.DoAsync("unmerge 2", CommandRig.Moderator);
        Assert.Null(await rig.ValueAsync<long?>("SELECT merged_into FROM story WHERE id = 2"));
    }

    [Fact]
    public async Task A_split_moves_the_report_and_never_comments()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.StoryAsync(1, "First");
        await rig.StoryAsync(2, "Second");
        await rig.SqlAsync("UPDATE story_entry SET story_id = 1 WHERE entry_id = 2");
        await rig.CommentAsync(1, 1, 3, "kept");

        var done = await rig.DoAsync("split 1 https://daily.example/2", CommandRig.Moderator);

        var parted = await rig.ValueAsync<long>("SELECT story_id FROM story_entry WHERE entry_id = 2");
        Assert.True(parted > 2);
        Assert.Contains($"**{parted}** [Second]", done.Markdown);
        Assert.Equal(1, await rig.ValueAsync<long>("SELECT story_id FROM comment"));
        Assert.Contains(
            "only this report",
            await rig.RefusedAsync("split 1 https://daily.example/1", CommandRig.Moderator)
        );
    }

    [Fact]
    public async Task Why_tells_each_stage_an_entry_passed_or_failed()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.StoryAsync(1, "News");
        await rig.CardAsync(1);
        await rig.SqlAsync(
            """
            INSERT INTO decision (entry_id, community_id, channel_id, stage, passed, detail, at)
            VALUES (1, 1, 1, 'filter', 1, 'no filter', @Now), (1, 1, 2, 'filter', 0, 'by -news', @Now);
            INSERT INTO channel_story (channel_id, story_id, state, detail, at) VALUES (1, 1, 'carded', NULL, @Now);
            """
        );

        var why = (await rig.AskAsync("why https://www.daily.example/1?utm_medium=rss", CommandRig.Reader)).Markdown;

        Assert.Contains("✔ seen just now in The Daily", why);
        Assert.Contains("✔ filter in #news: no filter", why);
        Assert.Contains(@"✖ filter in #phones: by -news", why);
        Assert.Contains("✔ it leads story **1**", why);
        Assert.Contains("✔ has a card in #news", why);
        Assert.Contains("✔ card posted in #news", why);
    }

    [Theory]
    [InlineData("why https://www.daily.example/other", "It could come with\n- The Daily")]
    [InlineData("why https://nowhere.example/", "no source here is of nowhere.example")]
    [InlineData("why nonsense", "Give the address")]
    public async Task Why_says_when_an_address_was_never_seen_and_which_source_might_have_it(
        string line,
        string expected
    )
    {
        await using var rig = await CommandRig.NewAsync();

        Assert.Contains(expected, (await rig.AskAsync(line, CommandRig.Reader)).Markdown);
    }

    [Fact]
    public async Task What_is_kept_about_a_member_can_be_seen_renamed_exported_and_erased()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.StoryAsync(1, "News");
        await rig.CommentAsync(1, 1, 3, "my words");
        await rig.AskAsync("follow 1", CommandRig.Reader);

        Assert.Contains("1 comment, 1 followed story", (await rig.AskAsync("me", CommandRig.Reader)).Markdown);
        Assert.Contains("is taken", await rig.RefusedAsync("me pseudonym ADA", CommandRig.Reader));
        Assert.Contains("**Owl**", (await rig.AskAsync("me pseudonym Owl", CommandRig.Reader)).Markdown);
        var export = await rig.AskAsync("me export", CommandRig.Reader);
        Assert.Contains("my words", System.Text.Encoding.UTF8.GetString(export.File!.Bytes.Span));
        Assert.Contains("last admin", await rig.RefusedAsync("me erase"));

        await rig.DoAsync("me erase", CommandRig.Reader);

        Assert.Equal("deleted", await rig.ValueAsync<string>("SELECT state FROM comment"));
        Assert.Equal("", await rig.ValueAsync<string>("SELECT body FROM comment"));
        Assert.Equal(
            "erased",
            await rig.ValueAsync<string>("SELECT COALESCE(pseudonym, name) FROM member WHERE id = 3")
        );
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT COUNT(*) FROM identity WHERE member_id = 3"));
        // Noted before it is made, and once more where it has to be made again.
        var noted = await File.ReadAllLinesAsync(rig.Erasures.File, TestContext.Current.CancellationToken);
        Assert.Single(noted.Distinct(), line => !line.StartsWith('#'));
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT COUNT(*) FROM audit"));
    }

    [Fact]
    public async Task Opting_out_takes_everything_off_the_pages()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.StoryAsync(1, "News");
        await rig.CommentAsync(1, 1, 3, "my words");

        await rig.AskAsync("me opt-out", CommandRig.Reader);

        Assert.Equal("off", await rig.ValueAsync<string>("SELECT visibility FROM comment"));
        Assert.NotNull(await rig.ValueAsync<long?>("SELECT opted_out_at FROM member WHERE id = 3"));
        await rig.AskAsync("me opt-in", CommandRig.Reader);
        Assert.Null(await rig.ValueAsync<long?>("SELECT opted_out_at FROM member WHERE id = 3"));
    }

    [Fact]
    public async Task A_token_is_shown_once_kept_as_its_hash_and_can_be_revoked()
    {
        await using var rig = await CommandRig.NewAsync();

        var done = await rig.DoAsync("token create Rita");

        var token = done.Markdown.Split("```")[1].Trim();
        Assert.Equal(Web.Secrets.Hash(token), await rig.ValueAsync<string>("SELECT hash FROM api_token"));
        Assert.DoesNotContain(token, await rig.ValueAsync<string>("SELECT after || before FROM audit"));
        var id = await rig.ValueAsync<long>("SELECT id FROM api_token");
        Assert.Contains($"**{id}** Rita", (await rig.AskAsync("token list")).Markdown);
        await rig.DoAsync($"token revoke {id}");
        Assert.NotNull(await rig.ValueAsync<long?>("SELECT revoked_at FROM api_token"));
    }

    [Fact]
    public async Task Narrowing_a_channel_holds_for_what_was_written_and_widening_does_not()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.StoryAsync(1, "News");
        await rig.CommentAsync(1, 1, 3, "words");

        await rig.DoAsync("channel publish off");
        Assert.Equal("off", await rig.ValueAsync<string>("SELECT visibility FROM comment"));

        await rig.DoAsync("channel publish public");
        Assert.Equal("off", await rig.ValueAsync<string>("SELECT visibility FROM comment"));
        Assert.Contains(
            "everybody on the web",
            await rig.ValueAsync<string>("SELECT body FROM post WHERE subject LIKE 'notice:%'")
        );
    }

    [Fact]
    public async Task The_house_can_be_looked_at()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.SqlAsync("UPDATE feed SET failures = 3, last_error = 'No such host' WHERE id = 2");

        Assert.Contains("1 well, 1 in trouble", (await rig.AskAsync("status")).Markdown);
        Assert.Contains("failing (No such host)", (await rig.AskAsync("list")).Markdown);
        Assert.Contains("**#phones**", (await rig.AskAsync("channel list")).Markdown);
        Assert.Contains("Technology", (await rig.AskAsync("bundle list")).Markdown);
        Assert.Contains("`takedown`", (await rig.AskAsync("/news")).Markdown);
        Assert.Equal(CommandEnding.WrongUsage, (await rig.AskAsync("help frobnicate")).Ending);
    }
}
