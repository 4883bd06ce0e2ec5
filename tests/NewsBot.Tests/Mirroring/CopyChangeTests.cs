using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Posts;
using NewsBot.Storage;

namespace NewsBot.Tests.Mirroring;

/// <summary>Copies follow what becomes of the original.</summary>
public sealed class CopyChangeTests : MirroredStory
{
    [Fact]
    public async Task An_edit_carries_over_to_copies_and_to_what_quotes_them()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Frist");
        await Desk.SayAsync(InDiscord, Story, Bo, "d2", "Agreed", parent: 1);
        await Desk.SendAsync();

        await EditAsync("d1", "First", 1);
        await Desk.SendAsync();
        Assert.Equal("#1 Inês (Discord): First", Desk.Shown(InSlack)[0]);

        Desk.News.Time.Advance(TimeSpan.FromSeconds(31));
        await Desk.SendAsync();
        Assert.StartsWith("#2 Bo (Discord) to #1 Inês “First”", Desk.Shown(InSlack)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_hundred_edits_in_a_row_cost_one_edit()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Version 0");
        await Desk.SayAsync(InDiscord, Story, Bo, "d2", "Agreed", parent: 1);
        await Desk.SendAsync();

        for (var edit = 1; edit <= 500; edit++)
        {
            Desk.News.Time.Advance(TimeSpan.FromMilliseconds(20));
            await EditAsync("d1", $"Version {edit}", edit);
        }

        Desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await Desk.SendAsync();

        Assert.Equal("#1 Inês (Discord): Version 500", Desk.Shown(InSlack)[0]);
        Assert.StartsWith("#2 Bo (Discord) to #1 Inês “Version 500”", Desk.Shown(InSlack)[1], StringComparison.Ordinal);
        Assert.Equal(4, Desk.Tried(InSlack).Count);
    }

    [Fact]
    public async Task Edits_while_one_is_on_its_way_cost_one_more()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Version 0");
        await Desk.SendAsync();
        await EditAsync("d1", "Version 1", 1);
        Desk.On(Platform.Slack).LoseAnswer(InSlack);
        await Desk.SendAsync();

        for (var edit = 2; edit <= 100; edit++)
        {
            await EditAsync("d1", $"Version {edit}", edit);
        }

        Desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await Desk.SendAsync();

        Assert.Equal(["#1 Inês (Discord): Version 100"], Desk.Shown(InSlack));
        Assert.Equal(4, Desk.Tried(InSlack).Count);
    }

    [Fact]
    public async Task A_deletion_takes_every_copy_and_every_quote_away()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Secret");
        await Desk.SayAsync(InDiscord, Story, Bo, "d2", "Really?", parent: 1);
        await Desk.SendAsync();

        await Desk.ApplyAsync(new ReplyEvent.Deleted(InDiscord, "d1", 2));
        await Desk.SendAsync();

        Assert.Equal(["#2 Bo (Discord) to #1  “” at -: Really?"], Desk.Shown(InSlack));
        var delete = Assert.Single(Desk.Tried(InSlack), post => post.Operation is PostOperation.Delete);
        var copy = Assert.IsType<PostBody.Copy>(delete.Body);
        Assert.Equal(CopyState.Deleted, copy.Comment!.State);
        Assert.Empty(copy.Comment.Markdown);
        Assert.Empty(copy.Comment.Author);
    }

    [Fact]
    public async Task What_is_deleted_before_its_copy_was_tried_is_never_sent()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Secret");
        await Desk.ApplyAsync(new ReplyEvent.Deleted(InDiscord, "d1", 2));
        await Desk.SendAsync();

        Assert.Empty(Desk.Tried(InSlack));
    }

    [Fact]
    public async Task What_is_deleted_while_its_copy_is_on_its_way_is_gone_in_the_end()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Secret");
        Desk.On(Platform.Slack).LoseAnswer(InSlack);
        await Desk.SendAsync();

        await Desk.ApplyAsync(new ReplyEvent.Deleted(InDiscord, "d1", 2));
        Desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await Desk.SendAsync();

        Assert.Empty(Desk.Shown(InSlack));
        Assert.Equal(PostOperation.Delete, Desk.Tried(InSlack)[^1].Operation);
        // The second try says nothing any more.
        var again = Assert.IsType<PostBody.Copy>(Desk.Tried(InSlack)[1].Body);
        Assert.Equal(CopyState.Deleted, again.Comment!.State);
    }

    [Fact]
    public async Task A_reply_to_something_deleted_says_what_it_answers_without_its_words()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Secret");
        await Desk.ApplyAsync(new ReplyEvent.Deleted(InDiscord, "d1", 2));
        await Desk.SayAsync(InDiscord, Story, Bo, "d2", "What was that?", parent: 1);
        await Desk.SendAsync();

        Assert.Equal(["#2 Bo (Discord) to #1  “” at -: What was that?"], Desk.Shown(InSlack));
    }

    [Fact]
    public async Task A_moderator_hides_and_shows_copies()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Rude words");
        await Desk.SendAsync();

        await Desk.DoAsync($"/news hide {Story.Value}#1");
        Assert.Equal(["#1 [Hidden]"], Desk.Shown(InSlack));

        await Desk.DoAsync($"/news show {Story.Value}#1");
        Assert.Equal(["#1 Inês (Discord): Rude words"], Desk.Shown(InSlack));
    }

    [Fact]
    public async Task What_a_held_word_holds_back_is_copied_when_a_moderator_shows_it()
    {
        Desk.News.Run("INSERT INTO word (community_id, word, added_by, created_at) VALUES (1, 'rude', 'Ada', 0)");
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Rude words");
        await Desk.SendAsync();
        Assert.Empty(Desk.Tried(InSlack));

        await Desk.DoAsync($"/news show {Story.Value}#1");

        Assert.Equal(["#1 Inês (Discord): Rude words"], Desk.Shown(InSlack));
    }

    [Fact]
    public async Task An_edit_that_brings_a_held_word_hides_the_copy()
    {
        Desk.News.Run("INSERT INTO word (community_id, word, added_by, created_at) VALUES (1, 'rude', 'Ada', 0)");
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Kind words");
        await Desk.SendAsync();

        await EditAsync("d1", "Rude words", 1);
        await Desk.SendAsync();

        Assert.Equal(["#1 [Hidden]"], Desk.Shown(InSlack));
    }

    [Fact]
    public async Task A_copy_that_a_moderator_of_the_other_side_removed_is_left_alone()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "One");
        await Desk.SendAsync();
        await EditAsync("d1", "Two", 1);
        Desk.On(Platform.Slack).Answer(InSlack, new PublishOutcome.MessageGone());
        await Desk.SendAsync();

        await EditAsync("d1", "Three", 2);
        await Desk.DoAsync($"/news hide {Story.Value}#1");
        await Desk.DoAsync($"/news show {Story.Value}#1");
        await Desk.ApplyAsync(new ReplyEvent.Deleted(InDiscord, "d1", 9));
        await Desk.SendAsync();

        Assert.Equal(2, Desk.Tried(InSlack).Count);
    }

    [Fact]
    public async Task The_removal_of_a_copy_is_no_removal_of_its_comment()
    {
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "One");
        await Desk.SendAsync();

        var copy = Desk.MessageOf(InSlack, Story, 1)!;
        Assert.Null(await Desk.ApplyAsync(new ReplyEvent.Deleted(InSlack, copy, 1)));
        await EditAsync("d1", "Two", 1);
        await Desk.SendAsync();

        Assert.Equal("visible", Desk.News.Word("SELECT state FROM comment"));
        Assert.Single(Desk.Tried(InSlack));
    }

    [Fact]
    public async Task What_was_deleted_before_it_was_told_of_is_copied_nowhere()
    {
        await Desk.ApplyAsync(new ReplyEvent.Deleted(InDiscord, "d1", 2));
        await Desk.SayAsync(InDiscord, Story, Ines, "d1", "Secret");
        await Desk.SendAsync();

        Assert.Empty(Desk.Tried(InSlack));
    }

    private Task EditAsync(string message, string text, long stamp) =>
        Desk.ApplyAsync(new ReplyEvent.Edited(InDiscord, message, Desk.Now.Ms() + stamp, text));
}
