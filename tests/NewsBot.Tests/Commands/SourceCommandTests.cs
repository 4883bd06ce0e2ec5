using NewsBot.Core.Commands;

namespace NewsBot.Tests.Commands;

public sealed class SourceCommandTests
{
    private const string Feed = """
        <rss version="2.0"><channel><title>Planet *News*</title><link>https://planet.example/</link>
        <item><title>First</title><link>https://planet.example/1</link><pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate></item>
        <item><title>[click](javascript:x)</title><link>https://planet.example/2</link></item>
        </channel></rss>
        """;

    [Fact]
    public async Task A_feed_is_shown_before_it_is_added_and_comes_to_the_askers_channel()
    {
        await using var rig = await CommandRig.NewAsync();
        rig.Web["https://planet.example/feed"] = ("application/rss+xml", Feed);

        var shown = await rig.AskAsync("/news add planet.example/feed --offer 2");

        Assert.Equal(CommandEnding.Asked, shown.Ending);
        Assert.Contains("RSS, 2 entries", shown.Markdown);
        Assert.Contains("[First](<https://planet.example/1>)", shown.Markdown);
        Assert.Contains(@"\[click\]", shown.Markdown);
        Assert.Contains("It will come to #news. Its newest 2 entries", shown.Markdown);
        Assert.Equal(2, await rig.ValueAsync<long>("SELECT COUNT(*) FROM source"));

        await rig.AskAsync($"confirm {shown.ConfirmCode}");

        Assert.Equal("Planet *News*", await rig.ValueAsync<string>("SELECT name FROM source WHERE id > 2"));
        Assert.Equal(
            2,
            await rig.ValueAsync<long>("SELECT offer FROM subscription WHERE source_id > 2 AND channel_id = 1")
        );
        Assert.Contains("is in #news already", await rig.RefusedAsync("add https://planet.example/feed"));
    }

    [Fact]
    public async Task A_feed_that_others_read_already_is_looked_at_at_once_for_who_adds_it()
    {
        await using var rig = await CommandRig.NewAsync();
        rig.Web["https://daily.example/feed"] = ("application/rss+xml", Feed);
        var due = await rig.ValueAsync<long>("SELECT next_poll_at FROM feed WHERE id = 1");

        await rig.DoAsync("add https://daily.example/feed --channel phones --offer 0");
        Assert.Equal(due, await rig.ValueAsync<long>("SELECT next_poll_at FROM feed WHERE id = 1"));
        await rig.SqlAsync("DELETE FROM subscription WHERE channel_id = 2 AND source_id = 1");
        await rig.DoAsync("add https://daily.example/feed --channel phones");

        Assert.True(await rig.ValueAsync<long>("SELECT next_poll_at FROM feed WHERE id = 1") < due);
    }

    [Fact]
    public async Task A_page_leads_to_the_feed_it_names()
    {
        await using var rig = await CommandRig.NewAsync();
        rig.Web["https://planet.example/"] = (
            "text/html",
            "<html><head><link rel=alternate type=application/rss+xml href=/feed></head><body>Hi</body></html>"
        );
        rig.Web["https://planet.example/feed"] = ("application/rss+xml", Feed);

        await rig.DoAsync("add https://planet.example");

        Assert.Equal("https://planet.example/feed", await rig.ValueAsync<string>("SELECT url FROM feed WHERE id > 2"));
        Assert.Equal(3, await rig.ValueAsync<long>("SELECT offer FROM subscription WHERE source_id > 2"));
    }

    [Fact]
    public async Task Where_news_waits_for_a_digest_the_answer_says_when_it_comes()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.SqlAsync("UPDATE channel SET mode = 'digest', next_digest_at = @Now + 7200000 WHERE id = 1");
        rig.Web["https://planet.example/feed"] = ("application/rss+xml", Feed);

        var shown = await rig.AskAsync("add https://planet.example/feed --channel news");
        var done = await rig.AskAsync($"confirm {shown.ConfirmCode}");

        Assert.Contains("comes with the digest in 2 hours; `/news digest now` posts it at once", done.Markdown);
    }

    [Fact]
    public async Task A_page_with_several_feeds_lets_the_asker_choose()
    {
        await using var rig = await CommandRig.NewAsync();
        rig.Web["https://planet.example/"] = (
            "text/html",
            "<html><head><link rel=alternate type=application/rss+xml href=/a><link rel=alternate type=application/rss+xml href=/b></head></html>"
        );
        rig.Web["https://planet.example/a"] = ("application/rss+xml", Feed);
        rig.Web["https://planet.example/b"] = ("application/rss+xml", Feed);

        var reply = await rig.AskAsync("add https://planet.example");

        Assert.Contains("several feeds", reply.Markdown);
        Assert.Equal(["add https://planet.example/a", "add https://planet.example/b"], reply.Suggestions);
    }

    [Theory]
    [InlineData("add not an address", "is not a web address")]
    [InlineData("add ftp://x.example/feed", "is not a web address")]
    [InlineData("add https://me:secret@x.example/feed", "user name or password")]
    [InlineData("add https://gone.example/feed", "404")]
    [InlineData("add https://page.example/", "neither the page nor the usual places")]
    [InlineData("add https://x.example --offer many", "from 0 to 20")]
    public async Task What_cannot_be_added_is_said_in_a_sentence(string line, string expected)
    {
        await using var rig = await CommandRig.NewAsync();
        rig.Web["https://page.example/"] = ("text/html", "<html><body>No feeds here</body></html>");

        Assert.Contains(expected, await rig.RefusedAsync(line));
    }

    [Fact]
    public async Task Test_shows_and_adds_nothing()
    {
        await using var rig = await CommandRig.NewAsync();
        rig.Web["https://planet.example/feed"] = ("application/rss+xml", Feed);

        var reply = await rig.AskAsync("test https://planet.example/feed");

        Assert.Equal(CommandEnding.Done, reply.Ending);
        Assert.Equal(2, await rig.ValueAsync<long>("SELECT COUNT(*) FROM feed"));
    }

    [Theory]
    [InlineData("edit \"The Daily\" interval 30 minutes", "SELECT min_interval_ms FROM source WHERE id = 1", "1800000")]
    [InlineData("edit \"The Daily\" licence CC BY 4.0", "SELECT licence FROM source WHERE id = 1", "CC BY 4.0")]
    [InlineData("edit \"The Daily\" excerpt 0", "SELECT excerpt_chars FROM source WHERE id = 1", "0")]
    [InlineData("edit \"The Daily\" category World", "SELECT category FROM source WHERE id = 1", "World")]
    [InlineData(
        "filter set daily title:(xiaomi OR huawei) -rumor",
        "SELECT CASE WHEN filter IS NULL THEN 0 ELSE 1 END FROM subscription WHERE id = 1",
        "1"
    )]
    [InlineData("channel quiet 22:00-7:00 --days say", "SELECT quiet_day FROM channel WHERE id = 1", "say")]
    [InlineData("channel layout compact 3", "SELECT digest_cards FROM channel WHERE id = 1", "3")]
    [InlineData("channel mirror post-only", "SELECT mirror FROM channel WHERE id = 1", "post-only")]
    [InlineData("words add Spam", "SELECT word FROM word", "spam")]
    [InlineData("mute Rita 2 hours", "SELECT (muted_until - first_seen_at) / 60000 FROM member WHERE id = 3", "120")]
    [InlineData("role Rita moderator", "SELECT role FROM member WHERE id = 3", "moderator")]
    public async Task A_setting_changes_and_undo_takes_it_back(string line, string sql, string expected)
    {
        await using var rig = await CommandRig.NewAsync();
        var before = await rig.ValueAsync<string>(sql);

        await rig.DoAsync(line);
        Assert.Equal(expected, await rig.ValueAsync<string>(sql));

        await rig.DoAsync("undo");
        Assert.Equal(before, await rig.ValueAsync<string>(sql));
    }

    [Theory]
    [InlineData("edit \"The Daily\" weight heavy", "0.1 to 10")]
    [InlineData("edit \"The Daily\" interval soon", "`30 minutes`")]
    [InlineData("filter set daily title:(xiaomi OR", "This is not a filter:\n```\ntitle:(xiaomi OR")]
    [InlineData("filter set daily title:(xiaomi OR", "^")]
    [InlineData("channel mode digest", "has no digest times yet")]
    [InlineData("channel limits 0 10", "Give two numbers")]
    [InlineData("channel quiet sometimes", "channel quiet off")]
    [InlineData("channel ping newsroom", "no roles to ping")]
    [InlineData("channel create news", "already")]
    [InlineData("mute Rita forever", "not a length of time")]
    [InlineData("mute Ada 1 hour", "is an admin")]
    [InlineData("role Ada member", "last admin")]
    [InlineData("community link abcde-fghjk", "This code is not known")]
    [InlineData("community unlink", "not joined with another")]
    public async Task A_value_that_cannot_be_is_explained(string line, string expected)
    {
        await using var rig = await CommandRig.NewAsync();

        Assert.Contains(expected, await rig.RefusedAsync(line));
    }

    [Fact]
    public async Task A_replay_tells_what_a_filter_would_have_let_through_and_why_not()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.StoryAsync(1, "Xiaomi shows a phone");
        await rig.StoryAsync(2, "A rumor about Xiaomi");
        await rig.StoryAsync(3, "Something else");
        rig.Clock.Advance(TimeSpan.FromDays(31));
        await rig.StoryAsync(4, "Huawei shows a phone");
        rig.Clock.Advance(TimeSpan.FromDays(-1 + 1));

        var late = await rig.AskAsync("filter replay daily title:(xiaomi OR huawei) -rumor");

        Assert.Contains("Of 1 entry of The Daily", late.Markdown);
        Assert.Contains("**1** would pass", late.Markdown);

        await rig.SqlAsync("UPDATE entry SET seen_at = @Now");
        var all = await rig.AskAsync("filter replay daily title:(xiaomi OR huawei) -rumor");

        Assert.Contains("**2** would pass", all.Markdown);
        Assert.Contains("**2** would not", all.Markdown);
        Assert.Contains("Something else", all.Markdown);
        Assert.Contains("-rumor", all.Markdown);
        Assert.Null(await rig.ValueAsync<string>("SELECT filter FROM subscription WHERE id = 1"));
    }

    [Fact]
    public async Task A_schedule_is_stored_in_its_canonical_form_with_its_next_run()
    {
        await using var rig = await CommandRig.NewAsync();

        var done = await rig.DoAsync("/news digest set “weekdays 8:30, 17:00 Europe/Berlin”");

        // Monday 2 March 2026, 9:00 UTC; the next is 17:00 in Berlin.
        var due = new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        Assert.Equal(due, await rig.ValueAsync<long>("SELECT next_digest_at FROM channel WHERE id = 1"));
        Assert.Equal("Europe/Berlin", await rig.ValueAsync<string>("SELECT time_zone FROM channel WHERE id = 1"));
        Assert.Equal("digest+breaking", await rig.ValueAsync<string>("SELECT mode FROM channel WHERE id = 1"));
        Assert.Contains("Mon 2 Mar 2026, 17:00 (Europe/Berlin)", done.Markdown);
        Assert.Contains("17:00", (await rig.AskAsync("digest show")).Markdown);

        await rig.DoAsync("digest now");
        Assert.Equal(
            rig.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            await rig.ValueAsync<long>("SELECT next_digest_at FROM channel WHERE id = 1")
        );
    }

    [Fact]
    public async Task A_schedule_nobody_can_read_says_how_one_looks()
    {
        await using var rig = await CommandRig.NewAsync();

        var problem = await rig.RefusedAsync("digest set wekdays 8:30 Europe/Berlin");

        Assert.Contains("weekdays", problem);
        Assert.Null(await rig.ValueAsync<string>("SELECT schedule FROM channel WHERE id = 1"));
    }

    [Fact]
    public async Task A_preview_shows_what_waits()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.DoAsync("digest set daily 8:00 Europe/Berlin");
        Assert.Contains("Nothing waits", (await rig.AskAsync("digest preview")).Markdown);
        await rig.StoryAsync(1, "Waiting *news*");
        await rig.SqlAsync(
            "INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (1, 1, 'waiting', @Now)"
        );

        Assert.Contains(@"Waiting \*news\*", (await rig.AskAsync("digest preview")).Markdown);
    }
}
