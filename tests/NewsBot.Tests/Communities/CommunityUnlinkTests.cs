using NewsBot.Core.Commands;
using NewsBot.Storage;
using NewsBot.Tests.Commands;

namespace NewsBot.Tests.Communities;

/// <summary>Parting: each side gets back its own and nothing of the other's.</summary>
public sealed class CommunityUnlinkTests
{
    [Fact]
    public async Task Joining_and_parting_at_once_leaves_everything_as_it_was()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.StoryAsync(5, 5, 1, "Tide", 1);
        await both.StoryAsync(6, 5, 21, "High tide", 21);
        await both.StoryAsync(7, 7, 22, "Pilot strike", 21);
        await both.StoryAsync(8, 8, 23, "Mutiny", 22);
        await both.CommentAsync(6, 22, 21, "Seen from the quay");
        var before = await SnapshotAsync(both);

        await both.JoinAsync();
        await both.PartAsync();

        Assert.Equal(before, await SnapshotAsync(both));
        Assert.Empty(await both.CrossingRowsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Either_side_can_part_and_sees_first_what_will_happen(bool byGuest)
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.JoinAsync();
        var asker = byGuest ? TwoCommunities.HalWithin : CommandRig.Admin;

        var shown = await both.Rig.AskAsync("community unlink", asker);
        Assert.Equal(1, await both.Rig.ValueAsync<long>("SELECT community_id FROM channel WHERE id = 21"));
        var done = await both.Rig.AskAsync($"confirm {shown.ConfirmCode}", asker);

        Assert.Contains("**Harbour** will part from **Test**", shown.Markdown, StringComparison.Ordinal);
        Assert.Equal(CommandEnding.Done, done.Ending);
        Assert.Equal(2, await both.Rig.ValueAsync<long>("SELECT community_id FROM channel WHERE id = 21"));
    }

    [Fact]
    public async Task A_story_both_wrote_about_goes_on_twice_and_no_text_crosses()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.JoinAsync();
        await both.StoryAsync(30, 30, 1, "Bridge opens", 1, 21);
        var ours = await both.CommentAsync(30, 3, 1, "Rita says ferry");
        var theirs = await both.CommentAsync(30, 22, 21, "Hanna says barge", parent: 1);
        await both.CommentAsync(30, 3, 1, "Rita says thanks", parent: 2);
        await both.CopyAsync(ours, 30, 1, 21);
        await both.CopyAsync(theirs, 30, 2, 1);

        await both.PartAsync();

        var twin = await both.Rig.ValueAsync<long>("SELECT twin_id FROM story_twin WHERE story_id = 30");
        Assert.Equal(
            ["1:0:Rita says ferry", "2:1:", "3:2:Rita says thanks"],
            await both.ListAsync(
                "SELECT number || ':' || parent || ':' || body FROM comment WHERE story_id = 30 ORDER BY number"
            )
        );
        Assert.Equal(
            ["1:0:", "2:1:Hanna says barge", "3:2:"],
            await both.ListAsync(
                $"SELECT number || ':' || parent || ':' || body FROM comment WHERE story_id = {twin} ORDER BY number"
            )
        );
        Assert.Equal(4, await both.Rig.ValueAsync<long>($"SELECT next_number FROM story WHERE id = {twin}"));
        Assert.Equal(
            [$"{twin}:1", "30:2"],
            await both.ListAsync("SELECT id || ':' || comment_count FROM story WHERE id >= 30 ORDER BY comment_count")
        );
        Assert.Equal(
            [$"comment:{theirs} 1", $"comment:{ours} 21"],
            await both.ListAsync(
                "SELECT subject || ' ' || channel_id FROM post WHERE operation = 'delete' ORDER BY channel_id"
            )
        );
        Assert.Empty(await both.CrossingRowsAsync());
    }

    [Fact]
    public async Task The_cards_of_a_story_that_goes_on_twice_belong_to_the_story_of_their_side()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.JoinAsync();
        await both.StoryAsync(30, 30, 1, "Bridge opens", 1, 21);

        await both.PartAsync();

        var twin = await both.Rig.ValueAsync<long>("SELECT twin_id FROM story_twin WHERE story_id = 30");
        Assert.Equal(
            ["1:story:30", $"21:story:{twin}"],
            await both.ListAsync(
                "SELECT channel_id || ':' || subject FROM post WHERE subject LIKE 'story:%' AND operation = 'create' ORDER BY channel_id"
            )
        );
        Assert.Contains(
            $"\"story\":{{\"value\":{twin}}}",
            await both.Rig.ValueAsync<string>(
                $"SELECT body FROM post WHERE subject = 'story:{twin}' AND operation = 'edit'"
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_digest_of_discussions_names_nobody_of_the_other_side_any_more()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.JoinAsync();
        await both.StoryAsync(30, 30, 1, "Bridge opens", 1, 21);
        await both.CommentAsync(30, 22, 21, "Hanna says barge");
        await both.CommentAsync(30, 3, 1, "Rita says ferry", parent: 1);
        await both.Rig.DoAsync("digest discussion now");
        await new TalkDigests(both.Rig.Database, both.Rig.Clock).RunAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(await TalksAsync(both, "Hanna"));

        await both.PartAsync();

        Assert.Empty(await TalksAsync(both, "Hanna"));
        Assert.NotEmpty(await TalksAsync(both, "Rita"));
    }

    private static Task<IReadOnlyList<string>> TalksAsync(TwoCommunities both, string name) =>
        both.ListAsync($"SELECT body FROM post WHERE subject LIKE 'talk:%' AND body LIKE '%{name}%'");

    [Fact]
    public async Task A_source_that_came_meanwhile_is_each_sides_own_and_one_with_a_login_its_owners()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.JoinAsync();
        await both.Rig.SqlAsync(
            """
            INSERT INTO feed (id, url, interval_ms, next_poll_at) VALUES (9, 'https://lock.example/feed', 900000, @Now);
            INSERT INTO source (id, community_id, feed_id, name, created_at) VALUES (90, 1, 9, 'Lock keeper', @Now);
            INSERT INTO subscription (source_id, channel_id, created_at) VALUES (90, 1, @Now), (90, 21, @Now), (23, 1, @Now);
            """
        );

        await both.PartAsync();

        Assert.Equal(
            ["1:Lock keeper", "2:Lock keeper"],
            await both.ListAsync(
                "SELECT community_id || ':' || name FROM source WHERE feed_id = 9 ORDER BY community_id"
            )
        );
        Assert.Equal(
            ["2:Crew wire"],
            await both.ListAsync("SELECT community_id || ':' || name FROM source WHERE feed_id = 4")
        );
        Assert.Equal(
            ["22"],
            await both.ListAsync("SELECT CAST(channel_id AS TEXT) FROM subscription WHERE source_id = 23")
        );
        Assert.Empty(await both.CrossingRowsAsync());
    }

    [Fact]
    public async Task Of_a_source_with_a_login_the_other_side_keeps_neither_story_nor_card()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.JoinAsync();
        await both.Rig.SqlAsync("INSERT INTO subscription (source_id, channel_id, created_at) VALUES (23, 1, @Now)");
        await both.StoryAsync(31, 31, 23, "Mutiny", 22, 1);
        await both.CommentAsync(31, 3, 1, "Rita heard");

        await both.PartAsync();

        Assert.Equal(2, await both.Rig.ValueAsync<long>("SELECT community_id FROM story WHERE id = 31"));
        Assert.Equal(
            0,
            await both.Rig.ValueAsync<long>("SELECT COUNT(*) FROM story WHERE community_id = 1 AND headline = 'Mutiny'")
        );
        Assert.Equal(
            1,
            await both.Rig.ValueAsync<long>("SELECT COUNT(*) FROM post WHERE channel_id = 1 AND operation = 'delete'")
        );
        Assert.Equal(1, await both.Rig.ValueAsync<long>("SELECT COUNT(*) FROM comment WHERE body = 'Rita heard'"));
        Assert.Empty(await both.CrossingRowsAsync());
    }

    [Fact]
    public async Task Somebody_on_both_sides_is_two_members_again_and_stays_muted_on_both()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.JoinAsync();
        await both.Rig.SqlAsync(
            "UPDATE identity SET member_id = 3 WHERE external_id = '802'; UPDATE member SET muted_until = 5, opted_out_at = 6 WHERE id = 3"
        );
        await both.StoryAsync(30, 30, 1, "Bridge opens", 1, 21);
        await both.CommentAsync(30, 3, 1, "here");
        await both.CommentAsync(30, 3, 21, "there");

        await both.PartAsync();

        Assert.Equal(
            ["1:5:6:here", "2:5:6:there"],
            await both.ListAsync(
                """
                SELECT m.community_id || ':' || m.muted_until || ':' || m.opted_out_at || ':' || c.body
                FROM comment c JOIN member m ON m.id = c.member_id WHERE c.body <> '' ORDER BY m.community_id
                """
            )
        );
        Assert.Empty(await both.CrossingRowsAsync());
    }

    [Fact]
    public async Task What_was_done_meanwhile_stays_with_who_did_it_without_what_was_the_others()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.JoinAsync();
        await both.Rig.DoAsync("pause Pilots");
        await both.Rig.DoAsync("pause \"Gadgets & Co\"", TwoCommunities.HalWithin);
        await both.Rig.DoAsync("resume Pilots", TwoCommunities.HalWithin);

        await both.PartAsync();

        var ours = (await both.Rig.AskAsync("audit")).Markdown;
        var theirs = (await both.Rig.AskAsync("audit", TwoCommunities.Hal)).Markdown;
        Assert.DoesNotContain("Pilots", ours, StringComparison.Ordinal);
        Assert.Contains("something of the other community", ours, StringComparison.Ordinal);
        Assert.DoesNotContain("Gadgets", theirs, StringComparison.Ordinal);
        Assert.Contains("`resume` Pilots", theirs, StringComparison.Ordinal);
        Assert.Contains("`pause` Pilots", theirs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_settings_join_is_not_parted_by_a_command()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.JoinAsync();
        await both.Rig.SqlAsync("UPDATE community_link SET made_by = 'settings'");

        Assert.Contains(
            "The settings of this server",
            await both.Rig.RefusedAsync("community unlink"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task They_can_join_again()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.StoryAsync(5, 5, 1, "Tide", 1);
        await both.StoryAsync(6, 5, 21, "High tide", 21);
        await both.JoinAsync();
        await both.StoryAsync(30, 30, 1, "Bridge opens", 1, 21);
        await both.CommentAsync(30, 22, 21, "Hanna says barge");
        await both.PartAsync();

        await both.JoinAsync();

        Assert.Equal(5, await both.Rig.ValueAsync<long>("SELECT merged_into FROM story WHERE id = 6"));
        Assert.Equal(1, await both.Rig.ValueAsync<long>("SELECT COUNT(*) FROM story WHERE merged_into = 30"));
        await both.PartAsync();
        Assert.Empty(await both.CrossingRowsAsync());
    }

    private static async Task<string> SnapshotAsync(TwoCommunities both) =>
        string.Join(
            '\n',
            await both.ListAsync(
                """
                SELECT 'w' || id || community_id FROM workspace
                UNION ALL SELECT 'c' || id || community_id FROM channel
                UNION ALL SELECT 'm' || id || community_id FROM member
                UNION ALL SELECT 's' || id || community_id || name || COALESCE(paused_at, '') FROM source
                UNION ALL SELECT 'u' || id || ' ' || source_id || ' ' || channel_id || COALESCE(filter, '') FROM subscription
                UNION ALL SELECT 't' || id || community_id || headline || COALESCE(merged_into, '') || COALESCE(correction, '') FROM story
                UNION ALL SELECT 'e' || story_id || ' ' || entry_id || ' ' || community_id || ' ' || source_id FROM story_entry
                UNION ALL SELECT 'k' || id || story_id || number || body FROM comment
                UNION ALL SELECT 'v' || community_id || word FROM word
                UNION ALL SELECT 'x' || channel_id || ' ' || story_id FROM channel_story
                ORDER BY 1
                """
            )
        );
}
