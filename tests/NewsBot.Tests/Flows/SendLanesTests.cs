using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using NewsBot.Core.Channels;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Storage;
using NewsBot.Testing;

namespace NewsBot.Tests.Flows;

/// <summary>Channels are lanes: what one waits for is nothing to the others.</summary>
public sealed class SendLanesTests : IAsyncLifetime
{
    private readonly Gate _gate = new();
    private NewsDesk _desk = null!;
    private SendPosts _flow = null!;
    private ChannelId _slow;
    private ChannelId _quick;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_that_waits_holds_no_other_back()
    {
        await PostAsync(_slow, "s1", "s2");
        await PostAsync(_quick, "a", "b", "c", "d");

        var run = _flow.RunAsync(Token);
        await _gate.WaitAsync(5);

        Assert.Equal(["a", "b", "c", "d", "s1"], _gate.Begun.Order(StringComparer.Ordinal));
        Assert.Equal(["a", "b", "c", "d"], _gate.Begun.Where(text => text != "s1"));
        Assert.False(run.IsCompleted);

        _gate.Open();
        Assert.Equal(6, await run);
        Assert.Equal("s2", _gate.Begun[^1]);
    }

    [Fact]
    public async Task What_is_written_while_a_channel_waits_is_sent_as_soon_as_it_is_told()
    {
        await PostAsync(_slow, "s1");
        var run = _flow.RunAsync(Token);
        await _gate.WaitAsync(1);

        await PostAsync(_quick, "a");
        _flow.Wake();
        await _gate.WaitAsync(2);

        Assert.Equal(["s1", "a"], _gate.Begun);
        _gate.Open();
        Assert.Equal(2, await run);
    }

    [Fact]
    public async Task What_another_process_wrote_is_found_within_a_second()
    {
        await PostAsync(_slow, "s1");
        var run = _flow.RunAsync(Token);
        await _gate.WaitAsync(1);

        await PostAsync(_quick, "a");
        _desk.Time.Advance(TimeSpan.FromSeconds(1));
        await _gate.WaitAsync(2);

        _gate.Open();
        Assert.Equal(2, await run);
    }

    [Fact]
    public async Task What_was_confirmed_before_a_stop_is_not_sent_again()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await PostAsync(_slow, "s1");
        await PostAsync(_quick, "a");
        _gate.StopAt = "a";
        _gate.Stop = stop;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _flow.RunAsync(stop.Token));
        _gate.Open();
        await _flow.RunAsync(Token);

        Assert.Equal(1, _gate.Begun.Count(text => text == "a"));
        Assert.Equal(2, _gate.Begun.Count(text => text == "s1"));
        Assert.Equal(2, _desk.Number("SELECT COUNT(*) FROM post WHERE state = 'sent'"));
    }

    [Fact]
    public async Task Only_a_post_whose_fate_is_open_says_since_when()
    {
        await PostAsync(_quick, "a");
        _gate.Answers.Enqueue(new PublishOutcome.Throttled(TimeSpan.FromSeconds(5)));
        _gate.Answers.Enqueue(new PublishOutcome.Failed("No answer."));
        await _flow.RunAsync(Token);
        Assert.Null(_gate.Tried[^1].TriedSince);

        _desk.Time.Advance(TimeSpan.FromSeconds(5));
        var second = _desk.Now;
        await _flow.RunAsync(Token);
        Assert.Null(_gate.Tried[^1].TriedSince);

        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        await _flow.RunAsync(Token);
        Assert.Equal(second, _gate.Tried[^1].TriedSince);
    }

    [Fact]
    public async Task A_post_whose_fate_is_open_is_looked_for_even_after_it_was_put_off()
    {
        await PostAsync(_quick, "a");
        var first = _desk.Now;
        _gate.Answers.Enqueue(new PublishOutcome.Failed("No answer."));
        await _flow.RunAsync(Token);
        _gate.Answers.Enqueue(new PublishOutcome.Postponed(TimeSpan.FromHours(1)));
        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        await _flow.RunAsync(Token);

        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        await _flow.RunAsync(Token);

        Assert.Equal([null, first, first], _gate.Tried.Select(post => post.TriedSince));
        Assert.Equal([1, 2, 3], _gate.Tried.Select(post => post.Attempts));
    }

    [Fact]
    public async Task To_look_for_a_post_is_not_to_try_it()
    {
        await PostAsync(_quick, "a");
        var first = _desk.Now;
        _gate.Answers.Enqueue(new PublishOutcome.Failed("No answer."));
        await _flow.RunAsync(Token);
        _gate.Answers.Enqueue(new PublishOutcome.Postponed(TimeSpan.FromSeconds(1)));
        _gate.Answers.Enqueue(new PublishOutcome.Failed("No answer."));
        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        await _flow.RunAsync(Token);
        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        var second = _desk.Now;
        await _flow.RunAsync(Token);

        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        await _flow.RunAsync(Token);

        Assert.Equal([null, first, first, second], _gate.Tried.Select(post => post.TriedLast));
    }

    [Fact]
    public async Task A_postponed_post_lets_those_behind_it_pass_and_is_still_the_newest_text()
    {
        await PostAsync(_quick, "a");
        await _flow.RunAsync(Token);
        await EditAsync("a", "a 1", priority: 1);
        _gate.Answers.Enqueue(new PublishOutcome.Postponed(TimeSpan.FromSeconds(5)));
        await _flow.RunAsync(Token);

        await PostAsync(_quick, "b");
        await EditAsync("a", "a 2", priority: 1);
        await _flow.RunAsync(Token);
        Assert.Equal(["a", "a 1", "b"], _gate.Begun);

        _desk.Time.Advance(TimeSpan.FromSeconds(5));
        await _flow.RunAsync(Token);
        Assert.Equal(["a", "a 1", "b", "a 2"], _gate.Begun);
    }

    [Fact]
    public async Task A_message_that_is_gone_ends_all_that_was_to_be_done_to_it()
    {
        await PostAsync(_quick, "a");
        await _flow.RunAsync(Token);
        await EditAsync("a", "a 1", priority: 0);
        _gate.Answers.Enqueue(new PublishOutcome.MessageGone());
        await _flow.RunAsync(Token);

        await EditAsync("a", "a 2", priority: 0);
        await _flow.RunAsync(Token);

        Assert.Equal(["a", "a 1"], _gate.Begun);
        Assert.Equal(0, _desk.Number("SELECT COUNT(*) FROM post WHERE state <> 'dropped'"));
    }

    [Fact]
    public async Task What_is_changed_while_it_is_put_off_is_posted_and_changed_afterwards()
    {
        await PutOffWhileAsync(connection => Outbox.EditAsync(connection, Draft(_slow, "a", "a 1")));
        Assert.Equal(["a"], _gate.Begun);

        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        await _flow.RunAsync(Token);
        _desk.Time.Advance(TimeSpan.FromSeconds(2));
        await _flow.RunAsync(Token);

        Assert.Equal(["a", "a", "a 1"], _gate.Begun);
        Assert.Equal(2, _desk.Number("SELECT COUNT(*) FROM post WHERE state = 'sent'"));
    }

    [Fact]
    public async Task What_is_taken_back_while_it_is_put_off_is_never_posted()
    {
        await PutOffWhileAsync(connection =>
            Outbox.DeleteAsync(connection, Draft(_slow, "a", "a") with { Priority = -1 })
        );

        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        await _flow.RunAsync(Token);

        Assert.Equal(["a"], _gate.Begun);
        Assert.Equal(2, _desk.Number("SELECT COUNT(*) FROM post WHERE state = 'dropped'"));
    }

    public async ValueTask InitializeAsync()
    {
        _desk = await NewsDesk.OpenAsync();
        _slow = _desk.Channel("slow");
        _quick = _desk.Channel("quick");
        _gate.Closed = _slow;
        _flow = new SendPosts(_desk.Posts, [_gate], UnheardMeter.Flows, _desk.Time, NullLogger<SendPosts>.Instance);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private Task PostAsync(ChannelId channel, params string[] texts) =>
        _desk.OutboxAsync(async connection =>
        {
            foreach (var text in texts)
            {
                await Outbox.CreateAsync(connection, Draft(channel, text, text));
            }
        });

    // While it is on its way, somebody wants something else of it; then it turns out that it has to come later.
    private async Task PutOffWhileAsync(Func<DbConnection, Task> change)
    {
        await PostAsync(_slow, "a");
        _gate.Answers.Enqueue(new PublishOutcome.Postponed(TimeSpan.FromMinutes(1)));
        var run = _flow.RunAsync(Token);
        await _gate.WaitAsync(1);
        await _desk.OutboxAsync(change);
        _gate.Open();
        await run;
    }

    private Task EditAsync(string subject, string text, int priority) =>
        _desk.OutboxAsync(connection =>
            Outbox.EditAsync(
                connection,
                Draft(_quick, subject, text) with
                {
                    Priority = priority,
                    // Counts are collected for a while before they are sent.
                    NotBefore =
                        _desk.Now + (priority > 0 && _gate.Begun.Count > 1 ? TimeSpan.FromSeconds(30) : default),
                }
            )
        );

    private PostDraft Draft(ChannelId channel, string subject, string text) =>
        new(channel, PostSubject.Notice(subject), 0, new PostBody.Notice(text), _desk.Now);

    /// <summary>A platform whose one channel waits until it is opened.</summary>
    private sealed class Gate : IPublisher
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _lock = new();
        private readonly List<OutgoingPost> _tried = [];
        private (int Count, TaskCompletionSource Reached)? _wanted;

        public Platform Platform => Platform.Web;

        public ChannelId Closed { get; set; }

        public string? StopAt { get; set; }

        public CancellationTokenSource? Stop { get; set; }

        public Queue<PublishOutcome> Answers { get; } = new();

        public IReadOnlyList<OutgoingPost> Tried
        {
            get
            {
                lock (_lock)
                {
                    return [.. _tried];
                }
            }
        }

        public IReadOnlyList<string> Begun => [.. Tried.Select(Words)];

        public void Open() => _open.TrySetResult();

        /// <summary>Until so many posts were begun.</summary>
        public Task WaitAsync(int count)
        {
            lock (_lock)
            {
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _wanted = (count, reached);
                Reach();
                return reached.Task.WaitAsync(Token);
            }
        }

        public async Task<PublishOutcome> PublishAsync(OutgoingPost post, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                _tried.Add(post);
                Reach();
            }

            if (post.Channel == Closed)
            {
                await _open.Task.WaitAsync(cancellationToken);
            }

            if (Words(post) == StopAt)
            {
                await Stop!.CancelAsync();
            }

            return Answers.TryDequeue(out var answer) ? answer : new PublishOutcome.Sent("m");
        }

        private void Reach()
        {
            if (_wanted is { } wanted && _tried.Count >= wanted.Count)
            {
                wanted.Reached.TrySetResult();
            }
        }

        private static string Words(OutgoingPost post) => ((PostBody.Notice)post.Body).Markdown;
    }
}
