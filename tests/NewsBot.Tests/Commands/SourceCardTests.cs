using NewsBot.Core.Commands;

namespace NewsBot.Tests.Commands;

/// <summary>What "list" tells about one source, and what it suggests.</summary>
public sealed class SourceCardTests
{
    [Fact]
    public async Task All_about_one_source_is_told_by_its_name()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.StoryAsync(1, "Ferry back after forty days");
        await rig.SqlAsync(
            """
            INSERT INTO feed_day (feed_id, day, polls, entries) VALUES (1, @Now / 86400000, 4, 7);
            UPDATE source SET licence = 'CC BY 4.0' WHERE id = 1;
            UPDATE story SET correction = 'It was thirty-nine.', corrected_at = @Now WHERE id = 1;
            """
        );

        var card = (await rig.AskAsync("list The Daily")).Markdown;

        Assert.Contains("about 7 a day", card);
        Assert.Contains("▁█", card);
        Assert.Contains("None of the 1 story it reported", card);
        Assert.Contains("1 story it led was corrected", card);
        Assert.Contains("CC BY 4.0", card);
        Assert.Contains("#news", card);
        Assert.Contains("/sources/1", card);
    }

    [Fact]
    public async Task Who_was_first_is_told_by_when_reports_came_out_not_by_which_feed_was_read_first()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.StoryAsync(1, "Ferry back after forty days");
        await rig.SqlAsync(
            """
            INSERT INTO feed (id, url, interval_ms, next_poll_at) VALUES (8, 'https://other.example/feed', 900000, @Now);
            INSERT INTO source (id, community_id, feed_id, name, created_at) VALUES (8, 1, 8, 'The Other', @Now);
            INSERT INTO entry (id, feed_id, title, title_key, content_hash, published_at, seen_at)
            VALUES (800, 8, 'Ferry is back', 'ferry is back', 'x', @Now - 7200000, @Now);
            INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at) VALUES (1, 800, 1, 8, @Now);
            UPDATE entry SET published_at = @Now - 3600000, seen_at = @Now WHERE id <> 800;
            """
        );

        Assert.Contains("and 1 of those (100 %) by it first", (await rig.AskAsync("list The Other")).Markdown);
        Assert.Contains("and 0 of those (0 %) by it first", (await rig.AskAsync("list The Daily")).Markdown);
    }

    [Fact]
    public async Task A_source_nobody_has_is_said_to_be_missing()
    {
        await using var rig = await CommandRig.NewAsync();

        Assert.Contains("There is no source", await rig.RefusedAsync("list Nothing like it"));
    }

    [Fact]
    public async Task Outlets_that_report_what_a_channel_talks_about_are_suggested_for_it()
    {
        await using var rig = await CommandRig.NewAsync();
        for (var story = 1; story <= 3; story++)
        {
            await rig.StoryAsync(story, $"Headline {story}");
            await rig.CommentAsync(story, 1, 3, "A word");
        }

        await rig.SqlAsync("UPDATE comment SET channel_id = 2");
        var list = await rig.AskAsync("list");

        Assert.Contains("The Daily: 3 stories of #phones", list.Markdown);
        Assert.Equal(["add https://daily.example/feed --channel channel-2"], list.Suggestions);

        await rig.SqlAsync("INSERT INTO subscription (source_id, channel_id, created_at) VALUES (1, 2, @Now)");
        Assert.Empty((await rig.AskAsync("list")).Suggestions);
    }

    [Fact]
    public async Task What_other_communities_read_is_never_suggested()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.SqlAsync(
            """
            INSERT INTO community (id, name, created_at) VALUES (2, 'Other', @Now);
            INSERT INTO source (id, community_id, feed_id, name, created_at) VALUES (9, 2, 1, 'Their Daily', @Now);
            """
        );
        for (var story = 1; story <= 3; story++)
        {
            await rig.StoryAsync(story, $"Headline {story}");
            await rig.CommentAsync(story, 1, 3, "A word");
        }

        await rig.SqlAsync("UPDATE comment SET channel_id = 2; UPDATE story_entry SET source_id = 9");

        Assert.Empty((await rig.AskAsync("list")).Suggestions);
    }

    [Fact]
    public async Task A_newsroom_without_sources_is_offered_sets_by_topic()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.SqlAsync("DELETE FROM subscription; DELETE FROM source;");

        var list = await rig.AskAsync("list");

        Assert.Contains("Security", list.Markdown);
        Assert.Equal(["bundle list"], list.Suggestions);
        var sets = await rig.AskAsync("bundle list");
        Assert.Contains("bundle add Space", sets.Suggestions);
        Assert.Equal(CommandEnding.Asked, (await rig.AskAsync("bundle add Space")).Ending);
    }
}
