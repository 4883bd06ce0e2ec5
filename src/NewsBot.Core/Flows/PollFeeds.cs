using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;
using NewsBot.Core.Summaries;

namespace NewsBot.Core.Flows;

/// <summary>Flow: due feeds → fetched → parsed → read → summarised → taken in.</summary>
public sealed partial class PollFeeds(
    IFeedStore feeds,
    IFetcher fetcher,
    IArticleReader articles,
    Summariser summaries,
    IStoryStore stories,
    IOptions<PollingOptions> options,
    FlowMeter meter,
    TimeProvider time,
    ILogger<PollFeeds> logger
)
{
    // What an admin can do about a page that was rebuilt.
    private const string MendPage = "If the page was rebuilt, /news add with its address finds new selectors.";

    private readonly ArticleTexts _texts = new(articles, summaries, meter);

    /// <summary>Where what goes on beside each other is run.</summary>
    public TaskScheduler Workers { get; init; } = TaskScheduler.Default;

    /// <summary>Polls what is due until nothing is. A feed that fails, or is slow, never stops the others.</summary>
    /// <param name="cancellationToken">Stops at once; what was taken in stays, a claimed feed is polled again.</param>
    /// <returns>How many stories are new or have grown.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var changed = 0;
        var quiet = new QuietPolls(feeds, time);
        await Parallel.ForEachAsync(
            DueAsync(cancellationToken),
            new ParallelOptions
            {
                // The fetcher's budgets keep each host's share small.
                MaxDegreeOfParallelism = options.Value.MaxParallel,
                TaskScheduler = Workers,
                CancellationToken = cancellationToken,
            },
            async (feed, token) => Interlocked.Add(ref changed, await TryPollAsync(feed, quiet, token))
        );
        await quiet.SaveAsync(cancellationToken);
        return changed;
    }

    private async IAsyncEnumerable<Feed> DueAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = options.Value;
        while (
            await feeds.ClaimDueAsync(time.GetUtcNow(), settings.ClaimFor, settings.BatchSize, cancellationToken)
                is { Count: > 0 } due
        )
        {
            foreach (var feed in due)
            {
                yield return feed;
            }
        }
    }

    private async Task<int> TryPollAsync(Feed feed, QuietPolls quiet, CancellationToken cancellationToken)
    {
        using var span = Traces.Start("poll");
        span?.SetTag("feed.id", feed.Id.Value);
        var began = time.GetTimestamp();
        var poll = Polled.Broken;
        try
        {
            poll = await PollAsync(feed, quiet, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The claim runs out by itself, so the feed is not lost.
            LogBroken(error, feed.Id);
        }

        span?.SetTag("outcome", poll.Outcome);
        meter.Count(poll, time.GetElapsedTime(began));
        return poll.Stories;
    }

    private async Task<Polled> PollAsync(Feed feed, QuietPolls quiet, CancellationToken cancellationToken)
    {
        var outcome = await fetcher.FetchAsync(
            new FetchRequest(feed.Url, feed.ETag, feed.LastModified, feed.BodyHash) { Login = feed.Login },
            cancellationToken
        );
        switch (outcome)
        {
            case FetchOutcome.Fetched fetched:
                return await ReadAsync(feed, fetched, cancellationToken);
            case FetchOutcome.NotModified unchanged:
                var facts = Facts(feed, PollEnding.Unchanged) with { FreshFor = unchanged.FreshFor };
                await quiet.AddAsync(
                    Poll(feed, facts, null) with
                    {
                        MovedTo = unchanged.MovedTo,
                        ETag = unchanged.ETag,
                        LastModified = unchanged.LastModified,
                    },
                    cancellationToken
                );
                return Polled.Unchanged;
            case FetchOutcome.Throttled throttled:
                LogThrottled(feed.Id);
                await SaveAsync(
                    feed,
                    Facts(feed, PollEnding.Throttled) with
                    {
                        RetryAfter = throttled.RetryAfter,
                    },
                    "The server asks us to come less often.",
                    cancellationToken
                );
                return Polled.Throttled;
            case FetchOutcome.Gone:
                LogFailed(feed.Id, "gone for good");
                await SaveAsync(
                    feed,
                    Facts(feed, PollEnding.Gone),
                    "The publisher says this feed is gone for good (410). Remove the source, or add its successor.",
                    cancellationToken
                );
                return Polled.Gone;
            case FetchOutcome.Failed failed:
                await FailAsync(feed, failed.Reason, cancellationToken);
                return Polled.Failed(failed.Kind);
            default:
                throw new InvalidOperationException($"Unknown outcome {outcome}.");
        }
    }

    private async Task<Polled> ReadAsync(Feed feed, FetchOutcome.Fetched fetched, CancellationToken cancellationToken)
    {
        var parsed = Parse(feed, fetched);
        fetched.Lease?.Dispose();
        if (parsed is not FeedParseOutcome.Parsed { Feed: var document })
        {
            var reason = ((FeedParseOutcome.NotAFeed)parsed).Reason;
            await FailAsync(feed, feed.Page is null ? reason : $"{reason} {MendPage}", cancellationToken);
            return Polled.NotAFeed;
        }

        var count = feed.Page?.Count.After(document.Entries.Count);
        if (count?.FewInRow > 0)
        {
            // Whether it stays like that is only seen by reading the same page again.
            fetched = fetched with
            {
                ETag = null,
                LastModified = null,
                BodyHash = "",
            };
        }

        var incoming = await ChooseAsync(feed, document, cancellationToken);
        var read = await _texts.ReadAsync(incoming, Workers, cancellationToken);
        var plan = PollSchedule.Plan(
            Facts(feed, PollEnding.Read) with
            {
                NewEntries = feed.IsFirst ? 0 : incoming.Count(entry => entry.Known is null),
                FreshFor = fetched.FreshFor,
                TimeToLive = document.TimeToLive,
                SkipHours = document.SkipHours,
                SkipDays = document.SkipDays,
            }
        );
        var poll = new FeedPoll(feed, plan, time.GetUtcNow(), null, fetched.MovedTo, false, true) { Page = count };
        return Polled.Changed(await TakeInAsync(poll, document, fetched, read, cancellationToken));
    }

    private async Task<List<IncomingEntry>> ChooseAsync(
        Feed feed,
        ParsedFeed document,
        CancellationToken cancellationToken
    )
    {
        var facts = document.Entries.Select(EntryFacts.Of).ToList();
        var known = await stories.FindKnownAsync(feed.Id, facts, cancellationToken);
        return IncomingEntries.Choose(feed, document, facts, known, time.GetUtcNow());
    }

    private async Task<int> TakeInAsync(
        FeedPoll poll,
        ParsedFeed document,
        FetchOutcome.Fetched fetched,
        IReadOnlyList<IncomingEntry> read,
        CancellationToken cancellationToken
    )
    {
        var feed = poll.Feed;
        var isFlood = !feed.IsFirst && FloodBrake.IsFlood(feed.NormalNew, read.Count(entry => entry.IsFresh));
        var result = await stories.TakeInAsync(
            new FeedIntake(poll, document, fetched, read, isFlood),
            cancellationToken
        );
        LogTakenIn(feed.Id, read.Count, result.NewStories, result.Joined);
        meter.Count(result);
        return result.NewStories + result.Joined;
    }

    private static FeedParseOutcome Parse(Feed feed, FetchOutcome.Fetched fetched) =>
        feed.Page is { } page
            ? PageFeed.Read(page.Recipe, fetched.Body, fetched.ContentType, fetched.FinalUrl)
            : FeedParser.Parse(fetched.Body, fetched.ContentType, fetched.FinalUrl);

    private async Task FailAsync(Feed feed, string reason, CancellationToken cancellationToken)
    {
        LogFailed(feed.Id, reason);
        await SaveAsync(feed, Facts(feed, PollEnding.Failed), reason, cancellationToken);
    }

    private Task SaveAsync(Feed feed, PollFacts facts, string error, CancellationToken cancellationToken) =>
        feeds.SavePollsAsync([Poll(feed, facts, error)], cancellationToken);

    private static FeedPoll Poll(Feed feed, PollFacts facts, string? error) =>
        new(
            feed,
            PollSchedule.Plan(facts),
            facts.Now,
            error,
            null,
            facts.Ending is PollEnding.Gone,
            facts.Ending is PollEnding.Unchanged
        );

    private PollFacts Facts(Feed feed, PollEnding ending)
    {
        var settings = options.Value;
        var wish = feed.MinInterval ?? settings.MinInterval;
        var least = wish > settings.MinInterval ? wish : settings.MinInterval;
        return new PollFacts(
            ending,
            time.GetUtcNow(),
            feed.Interval,
            least,
            settings.MaxInterval > least ? settings.MaxInterval : least
        )
        {
            IsPushed = feed.IsPushed,
            FailuresInRow = feed.FailuresInRow,
            Jitter = Spread(feed.Id, time.GetUtcNow()),
        };
    }

    // 0 to 1, by Knuth's multiplicative hash: feeds polled together fall apart, and one instant always gives the same plan.
    private static double Spread(FeedId feed, DateTimeOffset now) =>
        (unchecked((ulong)(feed.Value + now.Ticks) * 11_400_714_819_323_198_485) >> 32) / (double)uint.MaxValue;

    [LoggerMessage(
        LogLevel.Debug,
        "{Feed} brought {Entries} entries: {NewStories} new stories, {Joined} joined others"
    )]
    private partial void LogTakenIn(FeedId feed, int entries, int newStories, int joined);

    [LoggerMessage(LogLevel.Information, "{Feed} asks to be polled less often")]
    private partial void LogThrottled(FeedId feed);

    [LoggerMessage(LogLevel.Information, "Could not read {Feed}: {Reason}")]
    private partial void LogFailed(FeedId feed, string reason);

    [LoggerMessage(LogLevel.Error, "Polling {Feed} broke")]
    private partial void LogBroken(Exception error, FeedId feed);
}
