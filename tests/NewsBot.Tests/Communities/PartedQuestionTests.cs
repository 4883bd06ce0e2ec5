using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Tests.Commands;

namespace NewsBot.Tests.Communities;

/// <summary>What moderators were asked and channels were told of both sides, once these part.</summary>
public sealed class PartedQuestionTests
{
    private const long Desk = 2;
    private const long Story = 30;

    [Fact]
    public async Task A_reply_that_waits_is_asked_about_anew_on_its_own_side()
    {
        await using var both = await OpenAsync();
        await SayAsync(both, "Hanna says barge", member: 22, channel: 21);
        await SayAsync(both, "Rita says barge", member: 3, channel: 1);
        Assert.Equal(2, await PanelsAsync(both));

        await both.PartAsync();

        var twin = await both.Rig.ValueAsync<long>("SELECT twin_id FROM story_twin WHERE story_id = 30");
        Assert.Empty(await both.ListAsync("SELECT body FROM post WHERE body LIKE '%Hanna%'"));
        Assert.Equal(1, await PanelsAsync(both));
        var told = Assert.Single(
            await both.ListAsync("SELECT body FROM private_message WHERE member_id = 21 AND cause LIKE 'review:%'")
        );
        Assert.Contains("Hanna says barge", told, StringComparison.Ordinal);
        Assert.Contains($"/news review {twin}#1 show", told, StringComparison.Ordinal);
        // Their own list has no such word.
        Assert.Contains("was held back while two communities were one", told, StringComparison.Ordinal);
        var ours = (await both.Rig.AskAsync("review")).Markdown;
        Assert.Contains("Rita says barge", ours, StringComparison.Ordinal);
        Assert.Contains("contains the word `barge`", ours, StringComparison.Ordinal);
        Assert.DoesNotContain("Hanna", ours, StringComparison.Ordinal);
        await both.Rig.AskAsync($"review {twin}#1 show", TwoCommunities.Hal);
        Assert.Equal(
            "visible",
            await both.Rig.ValueAsync<string>("SELECT state FROM comment WHERE body = 'Hanna says barge'")
        );
    }

    [Fact]
    public async Task Who_decided_about_the_other_sides_reply_is_not_named_any_more()
    {
        await using var both = await OpenAsync();
        await SayAsync(both, "Rita says barge", member: 3, channel: 1);
        await both.Rig.AskAsync($"review {Story}#1 keep --reason \"Harbour rules\"", TwoCommunities.HalWithin);
        Assert.Contains("by Hal", await PanelAsync(both), StringComparison.Ordinal);

        await both.PartAsync();

        Assert.Contains("**Kept hidden** by a moderator", await PanelAsync(both), StringComparison.Ordinal);
        var again = await both.Rig.RefusedAsync($"review {Story}#1 show");
        Assert.DoesNotContain("Hal", again, StringComparison.Ordinal);
        var theirs = (await both.Rig.AskAsync("audit", TwoCommunities.Hal)).Markdown;
        Assert.DoesNotContain("Harbour rules", theirs, StringComparison.Ordinal);
        Assert.Contains("something of the other community", theirs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_of_discussions_counts_and_quotes_the_other_side_no_more()
    {
        await using var both = await OpenAsync();
        var digest = PostSubject.Talk(1, 5);
        var hanna = new BestComment(new StoryId(Story), 1, "Hanna", "Hanna says ferry");
        var rita = new BestComment(new StoryId(Story), 2, "Rita", "Rita says ferry");
        await both.CommentAsync(Story, 22, 21, "Hanna says ferry");
        await both.CommentAsync(Story, 3, 1, "Rita says ferry", parent: 1);
        await PostAsync(both, digest, 0, new PostBody.DigestHeading("What you said", "2 comments by 2 people"));
        await PostAsync(
            both,
            digest,
            1,
            new PostBody.DigestList(
                [new DigestLine(new StoryId(Story), "Bridge opens", "", "The Daily", 2, null)],
                null
            )
            {
                Title = "Most discussed",
                MostAnswered = [hanna, rita],
            }
        );

        await both.PartAsync();

        var heading = Assert.IsType<PostBody.DigestHeading>(await NewestAsync(both, digest, 0));
        var list = Assert.IsType<PostBody.DigestList>(await NewestAsync(both, digest, 1));
        Assert.Equal(("What you said", ""), (heading.Title, heading.Subtitle));
        Assert.Equal(1, Assert.Single(list.Lines).Comments);
        Assert.Equal([rita], list.MostAnswered);
        Assert.Empty(await both.ListAsync("SELECT body FROM post WHERE body LIKE '%Hanna%'"));
    }

    [Fact]
    public async Task A_card_names_a_source_of_the_other_side_no_more()
    {
        await using var both = await OpenAsync();
        await both.StoryAsync(40, 40, 1, "Lock repaired", 1);
        await both.Rig.SqlAsync(
            """
            INSERT INTO entry (id, feed_id, url, url_key, title, title_key, content_hash, seen_at)
            VALUES (41, 4, 'https://crew.example/41', 'e41', 'Lock repaired', 'l', '', @Now);
            INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at) VALUES (40, 41, 1, 23, @Now);
            UPDATE post SET body = REPLACE(body, '"also":[]', '"also":["Crew wire"]') WHERE subject = 'story:40';
            """
        );
        Assert.Equal(
            ["Crew wire"],
            Assert.IsType<PostBody.Card>(await NewestAsync(both, PostSubject.Of(new StoryId(40)), 0)).Also
        );

        await both.PartAsync();

        Assert.Empty(Assert.IsType<PostBody.Card>(await NewestAsync(both, PostSubject.Of(new StoryId(40)), 0)).Also);
    }

    // Joined, with a moderators' channel and one word on the list of the first, and a story in a channel of each.
    private static async Task<TwoCommunities> OpenAsync()
    {
        var both = await TwoCommunities.OpenAsync();
        await both.Rig.SqlAsync($"UPDATE channel SET publication = 'off', name = 'desk' WHERE id = {Desk}");
        await both.Rig.DoAsync("moderation channel #desk");
        await both.Rig.DoAsync("words add barge", CommandRig.Moderator);
        await both.JoinAsync();
        await both.StoryAsync(Story, 30, 1, "Bridge opens", 1, 21);
        return both;
    }

    private static Task SayAsync(TwoCommunities both, string text, long member, long channel) =>
        both.Rig.Database.WriteAsync(
            connection =>
                CommentLedger.ApplyAsync(
                    connection,
                    new ReplyEvent.Created(
                        new ChannelId(channel),
                        text,
                        5,
                        new StoryId(Story),
                        0,
                        new MemberId(member),
                        text
                    ),
                    both.Rig.Clock.GetUtcNow()
                ),
            TestContext.Current.CancellationToken
        );

    private static Task PostAsync(TwoCommunities both, PostSubject subject, int part, PostBody body) =>
        both.Rig.Database.WriteAsync(
            connection =>
                Outbox.CreateAsync(
                    connection,
                    new PostDraft(new ChannelId(1), subject, part, body, both.Rig.Clock.GetUtcNow())
                ),
            TestContext.Current.CancellationToken
        );

    // What still stands, or will.
    private static Task<long> PanelsAsync(TwoCommunities both) =>
        both.Rig.ValueAsync<long>(
            $"""
            SELECT COUNT(*) FROM post
            WHERE subject LIKE 'review:%' AND operation = 'create' AND state <> 'dropped' AND channel_id = {Desk}
            """
        );

    private static async Task<string> PanelAsync(TwoCommunities both) =>
        (
            (PostBody.Panel)
                PostBodies.Read(
                    (
                        await both.Rig.ValueAsync<string>(
                            "SELECT body FROM post WHERE subject LIKE 'review:%' ORDER BY revision DESC LIMIT 1"
                        )
                    )!
                )
        ).Markdown;

    private static async Task<PostBody> NewestAsync(TwoCommunities both, PostSubject subject, int part) =>
        PostBodies.Read(
            (
                await both.Rig.ValueAsync<string>(
                    $"SELECT body FROM post WHERE subject = '{subject.Value}' AND part = {part} ORDER BY revision DESC LIMIT 1"
                )
            )!
        );
}
