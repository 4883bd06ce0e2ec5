using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Tests.Mirroring;

/// <summary>Copies follow what becomes of the original.</summary>
public sealed class CopyChangeTests : IAsyncLifetime
{
    private MirrorDesk _desk = null!;
    private ChannelId _discord;
    private ChannelId _slack;
    private StoryId _story;
    private Member _ines = null!;
    private Member _bo = null!;

    [Fact]
    public async Task An_edit_carries_over_to_copies_and_to_what_quotes_them()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Frist");
        await _desk.SayAsync(_discord, _story, _bo, "d2", "Agreed", parent: 1);
        await _desk.SendAsync();

        await EditAsync("d1", "First", 1);
        await _desk.SendAsync();
        Assert.Equal("#1 Inês (Discord): First", _desk.Shown(_slack)[0]);

        _desk.News.Time.Advance(TimeSpan.FromSeconds(31));
        await _desk.SendAsync();
        Assert.StartsWith("#2 Bo (Discord) to #1 Inês “First”", _desk.Shown(_slack)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_hundred_edits_in_a_row_cost_one_edit()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Version 0");
        await _desk.SayAsync(_discord, _story, _bo, "d2", "Agreed", parent: 1);
        await _desk.SendAsync();

        for (var edit = 1; edit <= 500; edit++)
        {
            _desk.News.Time.Advance(TimeSpan.FromMilliseconds(20));
            await EditAsync("d1", $"Version {edit}", edit);
        }

        _desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();

        Assert.Equal("#1 Inês (Discord): Version 500", _desk.Shown(_slack)[0]);
        Assert.StartsWith("#2 Bo (Discord) to #1 Inês “Version 500”", _desk.Shown(_slack)[1], StringComparison.Ordinal);
        Assert.Equal(4, _desk.Tried(_slack).Count);
    }

    [Fact]
    public async Task Edits_while_one_is_on_its_way_cost_one_more()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Version 0");
        await _desk.SendAsync();
        await EditAsync("d1", "Version 1", 1);
        _desk.On(Platform.Slack).LoseAnswer(_slack);
        await _desk.SendAsync();

        for (var edit = 2; edit <= 100; edit++)
        {
            await EditAsync("d1", $"Version {edit}", edit);
        }

        _desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();

        Assert.Equal(["#1 Inês (Discord): Version 100"], _desk.Shown(_slack));
        Assert.Equal(4, _desk.Tried(_slack).Count);
    }

    [Fact]
    public async Task A_deletion_takes_every_copy_and_every_quote_away()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Secret");
        await _desk.SayAsync(_discord, _story, _bo, "d2", "Really?", parent: 1);
        await _desk.SendAsync();

        await _desk.ApplyAsync(new ReplyEvent.Deleted(_discord, "d1", 2));
        await _desk.SendAsync();

        Assert.Equal(["#2 Bo (Discord) to #1  “” at -: Really?"], _desk.Shown(_slack));
        var delete = Assert.Single(_desk.Tried(_slack), post => post.Operation is PostOperation.Delete);
        var copy = Assert.IsType<PostBody.Copy>(delete.Body);
        Assert.Equal(CopyState.Deleted, copy.Comment!.State);
        Assert.Empty(copy.Comment.Markdown);
        Assert.Empty(copy.Comment.Author);
    }

    [Fact]
    public async Task What_is_deleted_before_its_copy_was_tried_is_never_sent()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Secret");
        await _desk.ApplyAsync(new ReplyEvent.Deleted(_discord, "d1", 2));
        await _desk.SendAsync();

        Assert.Empty(_desk.Tried(_slack));
    }

    [Fact]
    public async Task What_is_deleted_while_its_copy_is_on_its_way_is_gone_in_the_end()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Secret");
        _desk.On(Platform.Slack).LoseAnswer(_slack);
        await _desk.SendAsync();

        await _desk.ApplyAsync(new ReplyEvent.Deleted(_discord, "d1", 2));
        _desk.News.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();

        Assert.Empty(_desk.Shown(_slack));
        Assert.Equal(PostOperation.Delete, _desk.Tried(_slack)[^1].Operation);
        // The second try says nothing any more.
        var again = Assert.IsType<PostBody.Copy>(_desk.Tried(_slack)[1].Body);
        Assert.Equal(CopyState.Deleted, again.Comment!.State);
    }

    [Fact]
    public async Task A_reply_to_something_deleted_says_what_it_answers_without_its_words()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Secret");
        await _desk.ApplyAsync(new ReplyEvent.Deleted(_discord, "d1", 2));
        await _desk.SayAsync(_discord, _story, _bo, "d2", "What was that?", parent: 1);
        await _desk.SendAsync();

        Assert.Equal(["#2 Bo (Discord) to #1  “” at -: What was that?"], _desk.Shown(_slack));
    }

    [Fact]
    public async Task A_moderator_hides_and_shows_copies()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Rude words");
        await _desk.SendAsync();

        await _desk.DoAsync($"/news hide {_story.Value}#1");
        Assert.Equal(["#1 [Hidden]"], _desk.Shown(_slack));

        await _desk.DoAsync($"/news show {_story.Value}#1");
        Assert.Equal(["#1 Inês (Discord): Rude words"], _desk.Shown(_slack));
    }

    [Fact]
    public async Task What_a_held_word_holds_back_is_copied_when_a_moderator_shows_it()
    {
        _desk.News.Run("INSERT INTO word (community_id, word, added_by, created_at) VALUES (1, 'rude', 'Ada', 0)");
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Rude words");
        await _desk.SendAsync();
        Assert.Empty(_desk.Tried(_slack));

        await _desk.DoAsync($"/news show {_story.Value}#1");

        Assert.Equal(["#1 Inês (Discord): Rude words"], _desk.Shown(_slack));
    }

    [Fact]
    public async Task An_edit_that_brings_a_held_word_hides_the_copy()
    {
        _desk.News.Run("INSERT INTO word (community_id, word, added_by, created_at) VALUES (1, 'rude', 'Ada', 0)");
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Kind words");
        await _desk.SendAsync();

        await EditAsync("d1", "Rude words", 1);
        await _desk.SendAsync();

        Assert.Equal(["#1 [Hidden]"], _desk.Shown(_slack));
    }

    [Fact]
    public async Task A_copy_that_a_moderator_of_the_other_side_removed_is_left_alone()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        await _desk.SendAsync();
        await EditAsync("d1", "Two", 1);
        _desk.On(Platform.Slack).Answer(_slack, new PublishOutcome.MessageGone());
        await _desk.SendAsync();

        await EditAsync("d1", "Three", 2);
        await _desk.DoAsync($"/news hide {_story.Value}#1");
        await _desk.DoAsync($"/news show {_story.Value}#1");
        await _desk.ApplyAsync(new ReplyEvent.Deleted(_discord, "d1", 9));
        await _desk.SendAsync();

        Assert.Equal(2, _desk.Tried(_slack).Count);
    }

    [Fact]
    public async Task The_removal_of_a_copy_is_no_removal_of_its_comment()
    {
        await _desk.SayAsync(_discord, _story, _ines, "d1", "One");
        await _desk.SendAsync();

        var copy = _desk.MessageOf(_slack, _story, 1)!;
        Assert.Null(await _desk.ApplyAsync(new ReplyEvent.Deleted(_slack, copy, 1)));
        await EditAsync("d1", "Two", 1);
        await _desk.SendAsync();

        Assert.Equal("visible", _desk.News.Word("SELECT state FROM comment"));
        Assert.Single(_desk.Tried(_slack));
    }

    [Fact]
    public async Task What_was_deleted_before_it_was_told_of_is_copied_nowhere()
    {
        await _desk.ApplyAsync(new ReplyEvent.Deleted(_discord, "d1", 2));
        await _desk.SayAsync(_discord, _story, _ines, "d1", "Secret");
        await _desk.SendAsync();

        Assert.Empty(_desk.Tried(_slack));
    }

    private Task EditAsync(string message, string text, long stamp) =>
        _desk.ApplyAsync(new ReplyEvent.Edited(_discord, message, _desk.Now.Ms() + stamp, text));

    public async ValueTask InitializeAsync()
    {
        _desk = await MirrorDesk.OpenAsync();
        _discord = _desk.Channel(Platform.Discord, "news");
        _slack = _desk.Channel(Platform.Slack, "talk");
        _story = _desk.News.Story();
        _ines = _desk.News.Member();
        _bo = _desk.News.Member("Bo");
        await _desk.CardAsync(_story, _discord, _slack);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
