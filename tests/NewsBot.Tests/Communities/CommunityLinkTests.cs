using NewsBot.Core.Commands;
using NewsBot.Tests.Commands;

namespace NewsBot.Tests.Communities;

/// <summary>Joining two communities by a code.</summary>
public sealed class CommunityLinkTests
{
    [Fact]
    public async Task An_admin_gets_a_code_and_nothing_is_changed_by_it()
    {
        await using var both = await TwoCommunities.OpenAsync();

        var shown = await both.Rig.AskAsync("community link", TwoCommunities.Hal);

        Assert.Equal(CommandEnding.Done, shown.Ending);
        Assert.Matches("`[a-z2-9]{5}-[a-z2-9]{5}`", shown.Markdown);
        Assert.Equal(0, await both.Rig.ValueAsync<long>("SELECT COUNT(*) FROM community_link"));
        var code = shown.Markdown.Split('`')[1].Replace("-", "", StringComparison.Ordinal);
        Assert.Equal(0, await both.Rig.ValueAsync<long>($"SELECT COUNT(*) FROM community_code WHERE hash = '{code}'"));
    }

    [Fact]
    public async Task Nobody_but_an_admin_gets_or_enters_a_code()
    {
        await using var both = await TwoCommunities.OpenAsync();
        var code = await both.CodeAsync();

        await both.Rig.RefusedAsync("community link", CommandRig.Moderator);
        await both.Rig.RefusedAsync($"community link {code}", CommandRig.Moderator);
        await both.Rig.RefusedAsync("community unlink", CommandRig.Reader);

        Assert.Equal(2, await both.Rig.ValueAsync<long>("SELECT community_id FROM workspace WHERE id = 2"));
    }

    [Fact]
    public async Task Whoever_enters_it_sees_in_words_what_will_happen()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.StoryAsync(5, 5, 1, "Tide", 1);
        await both.StoryAsync(6, 5, 21, "Tide", 21);

        var shown = await both.Rig.AskAsync($"community link {await both.CodeAsync()}");

        Assert.Equal(CommandEnding.Asked, shown.Ending);
        Assert.Contains("**Test** and **Harbour** will be one community", shown.Markdown, StringComparison.Ordinal);
        Assert.Contains("#quay, #crew", shown.Markdown, StringComparison.Ordinal);
        Assert.Contains(
            "3 sources (Our Daily, Pilots), 1 of them with a login",
            shown.Markdown,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "in both: 1 source, read once from now on, and 1 story",
            shown.Markdown,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Crew wire", shown.Markdown, StringComparison.Ordinal);
        Assert.Equal(2, await both.Rig.ValueAsync<long>("SELECT community_id FROM workspace WHERE id = 2"));
    }

    [Fact]
    public async Task Once_confirmed_places_people_sources_and_stories_are_one_communitys()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.StoryAsync(6, 6, 22, "Pilot strike", 21);

        await both.JoinAsync();

        Assert.Empty(
            await both.ListAsync(
                """
                SELECT 'channel ' || name FROM channel WHERE community_id <> 1
                UNION ALL SELECT 'member ' || name FROM member WHERE community_id <> 1
                UNION ALL SELECT 'story ' || headline FROM story WHERE community_id <> 1
                UNION ALL SELECT 'source ' || name FROM source WHERE community_id <> 1 AND joined_to IS NULL
                """
            )
        );
        Assert.Contains("Pilot strike", (await both.Rig.AskAsync("latest")).Markdown, StringComparison.Ordinal);
        Assert.Contains("pause", (await both.Rig.AskAsync("audit")).Markdown, StringComparison.Ordinal);
        Assert.Empty(await both.CrossingRowsAsync());
    }

    [Fact]
    public async Task A_feed_of_both_is_one_source_with_the_subscriptions_of_both()
    {
        await using var both = await TwoCommunities.OpenAsync();

        await both.JoinAsync();

        Assert.Equal(
            ["1:", "21:-rumor"],
            await both.ListAsync(
                "SELECT channel_id || ':' || COALESCE(filter, '') FROM subscription WHERE source_id = 1 ORDER BY channel_id"
            )
        );
        Assert.Equal(
            1,
            await both.Rig.ValueAsync<long>(
                "SELECT COUNT(*) FROM source WHERE feed_id = 1 AND paused_at IS NULL AND joined_to IS NULL"
            )
        );
    }

    [Fact]
    public async Task A_story_of_both_points_to_the_one_that_goes_on()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.StoryAsync(5, 5, 1, "Tide", 1);
        await both.StoryAsync(6, 5, 21, "High tide", 21);
        await both.CommentAsync(6, 22, 21, "Seen from the quay");

        await both.JoinAsync();

        Assert.Equal(5, await both.Rig.ValueAsync<long>("SELECT merged_into FROM story WHERE id = 6"));
        Assert.Equal(1, await both.Rig.ValueAsync<long>("SELECT comment_count FROM story WHERE id = 6"));
        Assert.Contains(
            "This story goes on as",
            await both.Rig.ValueAsync<string>(
                "SELECT body FROM post WHERE subject = 'story:6' AND operation = 'edit' ORDER BY id DESC LIMIT 1"
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_code_works_once_and_not_for_long()
    {
        await using var both = await TwoCommunities.OpenAsync();
        var old = await both.CodeAsync();
        both.Rig.Clock.Advance(TimeSpan.FromMinutes(16));

        Assert.Contains(
            "its time is over",
            await both.Rig.RefusedAsync($"community link {old}"),
            StringComparison.Ordinal
        );
        var first = await both.CodeAsync();
        var second = await both.CodeAsync();

        Assert.Contains("not known", await both.Rig.RefusedAsync($"community link {first}"), StringComparison.Ordinal);
        await both.Rig.DoAsync($"community link {second}");
        Assert.Contains("not known", await both.Rig.RefusedAsync($"community link {second}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_five_wrong_codes_also_the_right_one_has_to_wait()
    {
        await using var both = await TwoCommunities.OpenAsync();
        for (var i = 0; i < 5; i++)
        {
            await both.Rig.RefusedAsync($"community link wrong-{i}");
        }

        var code = await both.CodeAsync();

        Assert.Contains("Too many", await both.Rig.RefusedAsync($"community link {code}"), StringComparison.Ordinal);
        both.Rig.Clock.Advance(TimeSpan.FromMinutes(61));
        await both.Rig.DoAsync($"community link {await both.CodeAsync()}");
        Assert.Equal(1, await both.Rig.ValueAsync<long>("SELECT community_id FROM workspace WHERE id = 2"));
    }

    [Fact]
    public async Task A_code_is_of_no_use_where_it_was_shown()
    {
        await using var both = await TwoCommunities.OpenAsync();
        var code = await both.CodeAsync();

        var refusal = await both.Rig.AskAsync($"community link {code}", TwoCommunities.Hal);

        Assert.Contains("on the other side", refusal.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confirmation_that_comes_after_the_codes_time_joins_nothing()
    {
        await using var both = await TwoCommunities.OpenAsync();
        var code = await both.CodeAsync();
        both.Rig.Clock.Advance(TimeSpan.FromMinutes(14));
        var shown = await both.Rig.AskAsync($"community link {code}");
        both.Rig.Clock.Advance(TimeSpan.FromMinutes(2));

        var late = await both.Rig.AskAsync($"confirm {shown.ConfirmCode}");

        Assert.Equal(CommandEnding.Refused, late.Ending);
        Assert.Equal(2, await both.Rig.ValueAsync<long>("SELECT community_id FROM workspace WHERE id = 2"));
    }
}
