using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Tests.Commands;

namespace NewsBot.Tests.Moderation;

/// <summary>Replies that are held back, and what moderators do with them.</summary>
public sealed class ReviewTests : IAsyncLifetime
{
    private CommandRig _rig = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await CommandRig.NewAsync();
        await _rig.StoryAsync(12, "Tide");
        await _rig.CardAsync(12);
        await _rig.SqlAsync("UPDATE channel SET publication = 'off', name = 'desk' WHERE id = 2");
        await _rig.DoAsync("words add viagra", CommandRig.Moderator);
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_held_reply_is_put_before_the_moderators_in_their_channel()
    {
        await _rig.DoAsync("moderation channel #desk");

        await SayAsync("Buy *Viagra* now");

        var panel = await PanelAsync();
        Assert.Equal("hidden", await StateAsync());
        Assert.Contains("contains the word `viagra`", panel.Markdown, StringComparison.Ordinal);
        Assert.Contains("Buy \\*Viagra\\* now", panel.Markdown, StringComparison.Ordinal);
        Assert.Equal(
            ["review 12#1 show", "review 12#1 keep", "review 12#1 mute"],
            panel.Buttons.Select(button => button.Line)
        );
        Assert.Equal(2, await _rig.ValueAsync<long>("SELECT channel_id FROM post WHERE subject LIKE 'review:%'"));
    }

    [Fact]
    public async Task Without_a_channel_moderators_are_asked_privately()
    {
        await SayAsync("Buy viagra now");

        Assert.Equal(
            2,
            await _rig.ValueAsync<long>(
                "SELECT COUNT(*) FROM private_message WHERE body LIKE '%/news review 12#1 show%'"
            )
        );
        Assert.Contains(
            "Buy viagra now",
            (await _rig.AskAsync("review", CommandRig.Moderator)).Markdown,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("show", "visible", "**Shown** by Mo")]
    [InlineData("keep", "hidden", "**Kept hidden** by Mo")]
    [InlineData("mute", "hidden", "its author muted,** by Mo")]
    public async Task One_press_decides_and_the_question_says_who_did(string decision, string state, string words)
    {
        await _rig.DoAsync("moderation channel #desk");
        await SayAsync("Buy viagra now");

        var done = await _rig.AskAsync($"review 12#1 {decision}", CommandRig.Moderator);

        var panel = await PanelAsync();
        Assert.Equal(CommandEnding.Done, done.Ending);
        Assert.Equal(state, await StateAsync());
        Assert.Contains(words, panel.Markdown, StringComparison.Ordinal);
        Assert.Empty(panel.Buttons);
        Assert.DoesNotContain("viagra now", panel.Markdown, StringComparison.Ordinal);
        Assert.Equal(
            decision == "mute",
            await _rig.ValueAsync<long>("SELECT COALESCE(muted_until, 0) FROM member WHERE id = 3") > 0
        );
    }

    [Fact]
    public async Task Who_is_no_moderator_decides_nothing()
    {
        await SayAsync("Buy viagra now");

        await _rig.RefusedAsync("review 12#1 show", CommandRig.Reader);

        Assert.Equal("hidden", await StateAsync());
    }

    [Fact]
    public async Task What_was_decided_is_not_decided_again()
    {
        await SayAsync("Buy viagra now");
        await _rig.AskAsync("review 12#1 keep", CommandRig.Moderator);

        var refusal = await _rig.RefusedAsync("review 12#1 show");

        Assert.Contains("**Kept hidden** by Mo", refusal, StringComparison.Ordinal);
        Assert.Equal("hidden", await StateAsync());
    }

    [Fact]
    public async Task A_reply_its_author_deletes_waits_no_more_and_its_words_are_forgotten()
    {
        await _rig.DoAsync("moderation channel #desk");
        await SayAsync("Buy viagra now");

        await ApplyAsync(new ReplyEvent.Deleted(new ChannelId(1), "m1", 9));

        Assert.Contains("Deleted by its author", (await PanelAsync()).Markdown, StringComparison.Ordinal);
        Assert.Equal(0, await _rig.ValueAsync<long>("SELECT COUNT(*) FROM post WHERE body LIKE '%viagra now%'"));
    }

    [Fact]
    public async Task A_shown_reply_that_is_edited_into_a_held_one_waits_again()
    {
        await _rig.DoAsync("moderation channel #desk");
        await SayAsync("Buy viagra now");
        await _rig.AskAsync("review 12#1 show", CommandRig.Moderator);

        await ApplyAsync(new ReplyEvent.Edited(new ChannelId(1), "m1", 9, "More viagra"));

        Assert.Equal("hidden", await StateAsync());
        Assert.Contains("More viagra", (await PanelAsync()).Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("see https://example.org/x", true)]
    [InlineData("see www.shop.example.org", true)]
    [InlineData("see example.org.uk", false)]
    [InlineData("see notexample.org", false)]
    public async Task A_host_on_the_list_holds_links_to_it_and_its_parts(string text, bool isHeld)
    {
        await _rig.DoAsync("words add link:https://www.example.org/", CommandRig.Moderator);

        await SayAsync(text);

        Assert.Equal(isHeld ? "hidden" : "visible", await StateAsync());
        Assert.Contains("`link:example.org`", (await _rig.AskAsync("words list")).Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("let-through", 1, false)]
    [InlineData("hold-new-members", 1, true)]
    [InlineData("hold-new-members", 30, false)]
    [InlineData("hold-all", 30, true)]
    public async Task Links_of_newcomers_or_of_all_can_be_held(string rule, int daysKnown, bool isHeld)
    {
        if (rule != "let-through")
        {
            await _rig.DoAsync($"words links {rule}", CommandRig.Moderator);
        }

        for (var number = 101; number < 104; number++)
        {
            await _rig.CommentAsync(12, number, 3, "earlier");
        }

        _rig.Clock.Advance(TimeSpan.FromDays(daysKnown));

        await SayAsync("look: https://example.com");

        Assert.Equal(isHeld ? "hidden" : "visible", await StateAsync());
    }

    [Fact]
    public async Task A_channel_that_is_published_is_no_place_for_what_was_held_back()
    {
        Assert.Contains("is published", await _rig.RefusedAsync("moderation channel #news"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_channel_where_moderators_are_asked_cannot_be_published()
    {
        await _rig.DoAsync("moderation channel #desk");

        var refusal = await _rig.RefusedAsync("channel publish members --channel desk");

        Assert.Contains("would be in the open", refusal, StringComparison.Ordinal);
        Assert.Equal("off", await _rig.ValueAsync<string>("SELECT publication FROM channel WHERE id = 2"));
    }

    [Fact]
    public async Task Hiding_says_that_the_original_is_untouched_and_where_it_stands()
    {
        await SayAsync("A fair word");

        var shown = await _rig.AskAsync("hide 12#1 --reason \"off topic\"", CommandRig.Moderator);
        var done = await _rig.AskAsync($"confirm {shown.ConfirmCode}", CommandRig.Moderator);

        Assert.Contains(
            "The original is untouched: [it stands in its chat](/chat/news",
            shown.Markdown,
            StringComparison.Ordinal
        );
        Assert.Contains("who runs that chat can delete it there", done.Markdown, StringComparison.Ordinal);
        Assert.Contains("“off topic”", (await _rig.AskAsync("audit")).Markdown, StringComparison.Ordinal);
    }

    private Task SayAsync(string text) =>
        ApplyAsync(new ReplyEvent.Created(new ChannelId(1), "m1", 5, new StoryId(12), 0, new MemberId(3), text));

    private Task ApplyAsync(ReplyEvent reply) =>
        _rig.Database.WriteAsync(
            connection => CommentLedger.ApplyAsync(connection, reply, _rig.Clock.GetUtcNow()),
            TestContext.Current.CancellationToken
        );

    private Task<string?> StateAsync() => _rig.ValueAsync<string>("SELECT state FROM comment WHERE message_id = 'm1'");

    private async Task<PostBody.Panel> PanelAsync() =>
        (PostBody.Panel)
            PostBodies.Read(
                (
                    await _rig.ValueAsync<string>(
                        "SELECT body FROM post WHERE subject LIKE 'review:%' ORDER BY id LIMIT 1"
                    )
                )!
            );
}
