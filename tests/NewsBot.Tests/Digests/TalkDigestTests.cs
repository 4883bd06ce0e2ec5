using NewsBot.Core.Posts;
using NewsBot.Storage;
using NewsBot.Tests.Commands;

namespace NewsBot.Tests.Digests;

/// <summary>What people said, told to a channel.</summary>
public sealed class TalkDigestTests : IAsyncLifetime
{
    private CommandRig _rig = null!;

    public async ValueTask InitializeAsync()
    {
        // A Monday at nine.
        _rig = await CommandRig.NewAsync();
        await _rig.StoryAsync(12, "Tide");
        await _rig.StoryAsync(13, "Bridge");
        await _rig.SqlAsync(
            "INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (1, 12, 'carded', @Now), (1, 13, 'carded', @Now)"
        );
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task It_comes_when_it_is_due_with_the_most_discussed_and_the_most_answered()
    {
        await _rig.DoAsync("digest discussion weekly monday 9:00");
        await SayAsync(12, 1, 3, "The pier is under water");
        await SayAsync(12, 2, 2, "So is the road", parent: 1);
        await SayAsync(13, 1, 3, "Nice bridge");
        Assert.Equal(0, await RunAsync());
        _rig.Clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());

        var (heading, list) = await PostedAsync();
        Assert.Equal("What you said", heading.Title);
        Assert.Contains("3 comments by 2 people on 2 stories", heading.Subtitle, StringComparison.Ordinal);
        Assert.Contains("2 wrote here for the first time", heading.Subtitle, StringComparison.Ordinal);
        Assert.Equal([12L, 13L], list.Lines.Select(line => line.Story.Value));
        Assert.Equal("The pier is under water", Assert.Single(list.MostAnswered).Text);
    }

    [Fact]
    public async Task Who_wrote_for_the_first_time_is_named_and_of_many_five()
    {
        for (var member = 30; member < 38; member++)
        {
            await _rig.SqlAsync(
                $"INSERT INTO member (id, community_id, name, first_seen_at) VALUES ({member}, 1, 'New {member}', @Now)"
            );
            await SayAsync(12, member - 29, member, "Hello");
        }

        await _rig.SqlAsync(
            """
            UPDATE member SET pseudonym = 'Nightowl' WHERE id = 30;
            UPDATE member SET muted_until = @Now + 1000000000000 WHERE id = 31;
            UPDATE member SET opted_out_at = @Now WHERE id = 32;
            UPDATE comment SET state = 'hidden' WHERE member_id = 33;
            """
        );

        var preview = (await _rig.AskAsync("digest discussion preview")).Markdown;
        await _rig.SqlAsync("UPDATE comment SET state = 'hidden' WHERE member_id > 35");
        var few = (await _rig.AskAsync("digest discussion preview")).Markdown;

        // The muted one is counted.
        Assert.Contains(
            "New here: Nightowl, New 34, New 35, New 36, New 37 and 1 more",
            preview,
            StringComparison.Ordinal
        );
        Assert.Contains("6 wrote here for the first time", preview, StringComparison.Ordinal);
        Assert.Contains("New here: Nightowl, New 34, New 35 and 1 more", few, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newcomer_is_named_as_they_wish_for_as_long_as_they_wish()
    {
        await _rig.StoryAsync(14, "Something else");
        await _rig.SqlAsync(
            "INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (1, 14, 'carded', @Now)"
        );
        await SayAsync(12, 1, 3, "The pier is under water");
        await SayAsync(14, 1, 2, "So is the road");
        await _rig.DoAsync("digest discussion now");
        await RunAsync();
        var (_, before) = await PostedAsync();

        await _rig.AskAsync("me pseudonym Nightowl", CommandRig.Reader);
        var (_, after) = await PostedAsync();
        await _rig.AskAsync("me opt-out", CommandRig.Reader);
        var (_, gone) = await PostedAsync();

        Assert.Equal([2L, 3L], before.Newcomers.Select(one => one.Member));
        Assert.Equal("Nightowl", after.Newcomers.Single(one => one.Member == CommandRig.Reader.Id.Value).Name);
        Assert.DoesNotContain(gone.Newcomers, one => one.Member == CommandRig.Reader.Id.Value);
        Assert.Equal(0, await _rig.ValueAsync<long>("SELECT COUNT(*) FROM post WHERE body LIKE '%Nightowl%'"));
    }

    [Fact]
    public async Task Nothing_is_posted_when_nobody_said_anything()
    {
        await _rig.DoAsync("digest discussion monday 9:00");
        _rig.Clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal(0, await RunAsync());

        Assert.Equal(0, await _rig.ValueAsync<long>("SELECT COUNT(*) FROM post WHERE subject LIKE 'talk:%'"));
        Assert.True(
            await _rig.ValueAsync<long>("SELECT next_discussion_at FROM channel WHERE id = 1")
                > _rig.Clock.GetUtcNow().Ms()
        );
        Assert.Contains(
            "Nobody said anything",
            await _rig.RefusedAsync("digest discussion now"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_the_channel_may_not_read_is_neither_told_nor_counted()
    {
        await SayAsync(12, 1, 3, "In the open");
        await SayAsync(12, 2, 2, "From the cellar", parent: 1, channel: 2);
        await SayAsync(12, 3, 2, "Hidden words", parent: 2);
        await _rig.SqlAsync(
            """
            UPDATE comment SET visibility = 'off' WHERE number = 2;
            UPDATE comment SET state = 'hidden' WHERE number = 3;
            """
        );

        var preview = (await _rig.AskAsync("digest discussion preview")).Markdown;

        Assert.Contains("1 comment by 1 person on 1 story", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("cellar", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", preview, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quoted_comment_that_is_hidden_is_quoted_no_more()
    {
        await SayAsync(12, 1, 3, "The pier is under water");
        await SayAsync(12, 2, 2, "So is the road", parent: 1);
        await _rig.DoAsync("digest discussion now");
        await RunAsync();

        await _rig.DoAsync("hide 12#1");

        var (_, list) = await PostedAsync();
        Assert.Empty(list.MostAnswered);
        Assert.Equal(0, await _rig.ValueAsync<long>("SELECT COUNT(*) FROM post WHERE body LIKE '%pier is under%'"));
    }

    [Theory]
    [InlineData("whenever", "Besides a schedule")]
    [InlineData("off", "has no digest of discussions")]
    public async Task What_cannot_be_is_explained(string asked, string words)
    {
        Assert.Contains(words, await _rig.RefusedAsync($"digest discussion {asked}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_ended()
    {
        await _rig.DoAsync("digest discussion monday 9:00");

        await _rig.DoAsync("digest discussion off");

        Assert.Equal(
            0,
            await _rig.ValueAsync<long>("SELECT COUNT(*) FROM channel WHERE next_discussion_at IS NOT NULL")
        );
    }

    [Fact]
    public async Task A_line_of_the_news_digest_shows_its_storys_liveliest_comment_and_loses_it_with_the_comment()
    {
        await SayAsync(12, 1, 3, "The pier is under water");
        await SayAsync(12, 2, 2, "So is the road", parent: 1);
        await SayAsync(13, 1, 3, "Nice bridge");
        await _rig.StoryAsync(14, "Something new");
        await _rig.SqlAsync(
            """
            INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (1, 14, 'waiting', @Now);
            UPDATE channel SET mode = 'digest', next_digest_at = @Now WHERE id = 1;
            """
        );
        var digests = new DigestStore(_rig.Database, _rig.Clock);
        await digests.PublishAsync(new(1), _rig.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

        var before = await NewsListAsync();
        await _rig.DoAsync("hide 13#1");

        // The most answered of all stands below the list already.
        Assert.Equal("The pier is under water", before.BestComment?.Text);
        Assert.Equal("Nice bridge", before.Lines.Single(line => line.Story.Value == 13).Quote?.Text);
        Assert.Null((await NewsListAsync()).Lines.Single(line => line.Story.Value == 13).Quote);
        Assert.Equal(0, await _rig.ValueAsync<long>("SELECT COUNT(*) FROM post WHERE body LIKE '%Nice bridge%'"));
    }

    private async Task<PostBody.DigestList> NewsListAsync() =>
        (PostBody.DigestList)
            PostBodies.Read(
                (
                    await _rig.ValueAsync<string>(
                        "SELECT body FROM post WHERE subject LIKE 'digest:%' AND part = 1 ORDER BY id DESC LIMIT 1"
                    )
                )!
            );

    private async Task<(PostBody.DigestHeading Heading, PostBody.DigestList List)> PostedAsync() =>
        (
            (PostBody.DigestHeading)
                PostBodies.Read(
                    (await _rig.ValueAsync<string>("SELECT body FROM post WHERE subject LIKE 'talk:%' AND part = 0"))!
                ),
            (PostBody.DigestList)
                PostBodies.Read(
                    (
                        await _rig.ValueAsync<string>(
                            "SELECT body FROM post WHERE subject LIKE 'talk:%' AND part = 1 ORDER BY id DESC"
                        )
                    )!
                )
        );

    private Task<int> RunAsync() =>
        new TalkDigests(_rig.Database, _rig.Clock).RunAsync(TestContext.Current.CancellationToken);

    private async Task SayAsync(long story, int number, long member, string text, int parent = 0, long channel = 1)
    {
        _rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await _rig.CommentAsync(story, number, member, text);
        await _rig.SqlAsync(
            $"UPDATE comment SET parent = {parent}, channel_id = {channel} WHERE story_id = {story} AND number = {number}"
        );
    }
}
