using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Storage;
using NewsBot.Tests.Flows;

namespace NewsBot.Tests.Storage;

/// <summary>What is written into the outbox, and what its sender sees of it.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private NewsDesk _desk = null!;
    private ChannelId _channel;

    [Fact]
    public async Task The_same_cause_twice_is_one_post()
    {
        await CreateAsync("a");
        await CreateAsync("a again");

        await _desk.SendAsync();

        Assert.Equal(["a"], _desk.Shown(_channel));
        Assert.Single(_desk.Publisher.Tried);
    }

    [Fact]
    public async Task An_edit_of_a_post_that_was_never_tried_changes_it_in_place()
    {
        await CreateAsync("a");
        await EditAsync("b");

        await _desk.SendAsync();

        Assert.Equal(["b"], _desk.Shown(_channel));
        Assert.Single(_desk.Publisher.Tried);
    }

    [Fact]
    public async Task Edits_that_were_not_sent_become_one()
    {
        await CreateAsync("a");
        await _desk.SendAsync();

        await EditAsync("b");
        await EditAsync("c");
        await EditAsync("d");
        await _desk.SendAsync();

        Assert.Equal(["d"], _desk.Shown(_channel));
        Assert.Equal([PostOperation.Create, PostOperation.Edit], _desk.Publisher.Tried.Select(post => post.Operation));
    }

    [Fact]
    public async Task An_edit_that_says_nothing_new_is_not_sent()
    {
        await CreateAsync("a");
        await _desk.SendAsync();
        await EditAsync("b");
        await _desk.SendAsync();

        await EditAsync("b");
        await _desk.SendAsync();

        Assert.Equal(2, _desk.Publisher.Tried.Count);
    }

    [Fact]
    public async Task An_edit_waits_until_it_is_known_what_became_of_the_post()
    {
        await CreateAsync("a");
        _desk.Publisher.LoseAnswer(_channel);
        await _desk.SendAsync();

        await EditAsync("b");
        await _desk.SendAsync();
        Assert.Single(_desk.Publisher.Tried);

        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();

        Assert.Equal(["b"], _desk.Shown(_channel));
        Assert.Equal(
            [PostOperation.Create, PostOperation.Create, PostOperation.Edit],
            _desk.Publisher.Tried.Select(post => post.Operation)
        );
    }

    [Fact]
    public async Task Deleting_a_post_that_was_never_tried_sends_nothing_at_all()
    {
        await CreateAsync("a");
        await DeleteAsync();
        await EditAsync("b");

        await _desk.SendAsync();

        Assert.Empty(_desk.Publisher.Tried);
    }

    [Fact]
    public async Task Deleting_a_sent_post_takes_it_away_once_and_its_waiting_edit_with_it()
    {
        await CreateAsync("a");
        await _desk.SendAsync();

        await EditAsync("b");
        await DeleteAsync();
        await DeleteAsync();
        await EditAsync("c");
        await _desk.SendAsync();

        Assert.Empty(_desk.Shown(_channel));
        Assert.Equal(
            [PostOperation.Create, PostOperation.Delete],
            _desk.Publisher.Tried.Select(post => post.Operation)
        );
    }

    [Fact]
    public async Task Deleting_a_post_whose_fate_is_unknown_takes_away_what_may_have_appeared()
    {
        await CreateAsync("a");
        _desk.Publisher.LoseAnswer(_channel);
        await _desk.SendAsync();

        await DeleteAsync();
        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();

        Assert.Empty(_desk.Shown(_channel));
    }

    [Fact]
    public async Task Counts_come_last_and_become_one()
    {
        await CreateAsync("a");
        await _desk.SendAsync();

        await EditAsync("a 1", priority: 1);
        await EditAsync("a 2", priority: 1);
        await CreateAsync("b", "second");
        await _desk.SendAsync();

        Assert.Equal(["a", "b", "a 2"], _desk.Publisher.Tried.Select(post => ((PostBody.Notice)post.Body).Markdown));
    }

    [Fact]
    public async Task A_failed_count_never_overwrites_the_newer_text()
    {
        await CreateAsync("a");
        await _desk.SendAsync();
        await EditAsync("a 1", priority: 1);
        _desk.Publisher.Answer(_channel, new PublishOutcome.Failed("The platform is down."));
        await _desk.SendAsync();

        await EditAsync("corrected");
        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        await _desk.SendAsync();

        Assert.Equal(["corrected"], _desk.Shown(_channel));
    }

    [Fact]
    public async Task A_post_with_a_later_start_waits_and_lets_others_pass()
    {
        await CreateAsync("later", "first", _desk.Now.AddHours(1));
        await CreateAsync("now", "second");

        await _desk.SendAsync();
        Assert.Equal(["now"], _desk.Shown(_channel));

        _desk.Time.Advance(TimeSpan.FromHours(1));
        await _desk.SendAsync();
        Assert.Equal(["now", "later"], _desk.Shown(_channel));
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await NewsDesk.OpenAsync();
        _channel = _desk.Channel();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private Task CreateAsync(string text, string cause = "first", DateTimeOffset? notBefore = null) =>
        _desk.OutboxAsync(connection =>
            Outbox.CreateAsync(connection, Draft(text, cause) with { NotBefore = notBefore })
        );

    private Task EditAsync(string text, int priority = 0) =>
        _desk.OutboxAsync(connection =>
            Outbox.EditAsync(connection, Draft(text, "first") with { Priority = priority })
        );

    private Task DeleteAsync() =>
        _desk.OutboxAsync(connection => Outbox.DeleteAsync(connection, Draft("gone", "first")));

    private PostDraft Draft(string text, string cause) =>
        new(_channel, PostSubject.Notice(cause), 0, new PostBody.Notice(text), _desk.Now);
}
