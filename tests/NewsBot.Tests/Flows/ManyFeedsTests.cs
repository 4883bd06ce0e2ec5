using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;
using NewsBot.Core.Flows;
using NewsBot.Core.Summaries;
using NewsBot.Storage;
using NewsBot.Testing;

namespace NewsBot.Tests.Flows;

public sealed class ManyFeedsTests : IAsyncLifetime
{
    private NewsDesk _desk = null!;

    [Fact]
    public async Task A_slow_server_holds_up_no_other_feed()
    {
        var feeds = new ListedFeeds(count: 40);
        // The first answers only when the last was asked.
        var flow = Flow(feeds, new SlowFirst(first: 1, last: 40));

        await flow.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(1, 40).Select(number => (long)number), feeds.Saved.Order());
    }

    [Fact]
    public async Task Polls_that_brought_nothing_are_saved_many_at_once()
    {
        var feeds = new ListedFeeds(count: 300);

        await Flow(feeds, new SlowFirst(first: 0, last: 0)).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(300, feeds.Saved.Distinct().Count());
        Assert.Equal(300, feeds.Saved.Count);
        Assert.True(feeds.Saves < 30, $"It took {feeds.Saves} transactions.");
    }

    public async ValueTask InitializeAsync() => _desk = await NewsDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private PollFeeds Flow(IFeedStore feeds, IFetcher fetcher) =>
        new(
            feeds,
            fetcher,
            new NewsDesk.NoArticles(),
            new Summariser(new NewsDesk.NoModel()),
            new StoryStore(_desk.Database, _desk.Reports, _desk.Texts),
            Options.Create(new PollingOptions()),
            UnheardMeter.Flows,
            _desk.Time,
            NullLogger<PollFeeds>.Instance
        );

    /// <summary>Hands feeds out one by one.</summary>
    private sealed class ListedFeeds(int count) : IFeedStore
    {
        private int _given;
        private int _saves;

        public ConcurrentBag<long> Saved { get; } = [];

        public int Saves => _saves;

        public Task<IReadOnlyList<Feed>> ClaimDueAsync(
            DateTimeOffset now,
            TimeSpan claimFor,
            int limit,
            CancellationToken cancellationToken
        ) => Task.FromResult<IReadOnlyList<Feed>>(_given == count ? [] : [Feed(++_given)]);

        public Task<Feed?> FindAsync(FeedId feed, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nothing is pushed here.");

        public Task PollSoonAsync(
            FeedId feed,
            DateTimeOffset now,
            TimeSpan least,
            TimeSpan claimFor,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException("Nothing is pushed here.");

        public Task SavePollsAsync(IReadOnlyList<FeedPoll> polls, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _saves);
            foreach (var poll in polls)
            {
                Saved.Add(poll.Feed.Id.Value);
            }

            return Task.CompletedTask;
        }

        private static Feed Feed(int number) =>
            new(
                new FeedId(number),
                new Uri($"https://outlet.example/{number}"),
                "\"tag\"",
                null,
                null,
                TimeSpan.FromHours(1),
                null,
                0,
                false,
                0,
                1
            );
    }

    /// <summary>Nothing has changed anywhere; the first feed's server says so once the last one was asked.</summary>
    private sealed class SlowFirst(int first, int last) : IFetcher
    {
        private readonly TaskCompletionSource _lastAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
        {
            if (request.Url.AbsolutePath == $"/{last}")
            {
                _lastAsked.SetResult();
            }

            if (request.Url.AbsolutePath == $"/{first}")
            {
                await _lastAsked.Task.WaitAsync(cancellationToken);
            }

            return new FetchOutcome.NotModified(null, null);
        }
    }
}
