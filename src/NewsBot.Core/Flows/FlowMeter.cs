using System.Diagnostics;
using System.Diagnostics.Metrics;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Core.Summaries;

namespace NewsBot.Core.Flows;

/// <summary>What the flows count and time. Labels are words of closed sets, never an address, a story or a person.</summary>
/// <param name="meter">The newsroom's; see <see cref="Name"/>.</param>
public sealed class FlowMeter(Meter meter)
{
    /// <summary>The meter that all of NewsBot counts on.</summary>
    public const string Name = "NewsBot";

    // From a poll within the minute to a card that waited for the end of the quiet hours.
    private static readonly InstrumentAdvice<double> Lags = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 43_200],
    };

    // A fetch may take two minutes, and a flood of articles as long again.
    private static readonly InstrumentAdvice<double> Polls = new()
    {
        HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60, 300],
    };

    private readonly Counter<long> _polls = meter.CreateCounter<long>(
        "newsbot.polls",
        "{poll}",
        "Polls of sources, by how they ended."
    );

    private readonly Histogram<double> _pollDuration = meter.CreateHistogram(
        "newsbot.poll.duration",
        "s",
        "Time from asking a source to having taken in what is new.",
        advice: Polls
    );

    private readonly Counter<long> _stories = meter.CreateCounter<long>(
        "newsbot.stories",
        "{story}",
        "Stories that are new or have grown."
    );

    private readonly Counter<long> _summaries = meter.CreateCounter<long>(
        "newsbot.summaries",
        "{summary}",
        "Summaries, by how they were made."
    );

    private readonly Counter<long> _posts = meter.CreateCounter<long>(
        "newsbot.posts",
        "{post}",
        "Tries to send a post, by how they ended."
    );

    private readonly Histogram<double> _postLag = meter.CreateHistogram(
        "newsbot.post.lag",
        "s",
        "Time from the publication of a report, or another cause, to the message in the chat.",
        advice: Lags
    );

    private readonly Counter<long> _digests = meter.CreateCounter<long>(
        "newsbot.digests",
        "{digest}",
        "Digests, by how making them ended."
    );

    /// <summary>Begins what is watched for a rise at nothing, so that the first one is seen as a rise.</summary>
    /// <param name="platforms">Which are set up.</param>
    public void Begin(IEnumerable<Platform> platforms)
    {
        foreach (var outcome in new[] { "changed", "unchanged", "failed" })
        {
            _polls.Add(0, Tag("outcome", outcome));
        }

        Count(new IntakeResult(0, 0, 0));
        _summaries.Add(0, Tag("method", "extractive"));
        _summaries.Add(0, Tag("method", "model"));
        _digests.Add(0, Tag("outcome", "made"));
        _digests.Add(0, Tag("outcome", "failed"));
        foreach (var platform in platforms)
        {
            foreach (var outcome in new[] { "sent", "given_up" })
            {
                _posts.Add(0, Tags(platform, PostOperation.Create, outcome));
            }
        }
    }

    /// <summary>A value of a closed set as it stands in a label.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    internal void Count(Polled poll, TimeSpan duration)
    {
        var tags = new TagList { { "outcome", poll.Outcome } };
        if (poll.Error is { } error)
        {
            tags.Add("error.type", error);
        }

        _polls.Add(1, tags);
        _pollDuration.Record(duration.TotalSeconds);
    }

    internal void Count(IntakeResult intake)
    {
        _stories.Add(intake.NewStories, Tag("kind", "new"));
        _stories.Add(intake.Joined, Tag("kind", "grown"));
    }

    internal void Count(Summary summary) =>
        _summaries.Add(1, Tag("method", SummaryMethods.Model(summary.Method) is null ? "extractive" : "model"));

    internal void CountDigest(bool isMade) => _digests.Add(1, Tag("outcome", isMade ? "made" : "failed"));

    internal void Count(PostEnding ending, DateTimeOffset now)
    {
        var post = ending.Post;
        _posts.Add(1, Tags(post.Platform, post.Operation, Outcome(ending)));
        if (ending is PostEnding.Sent && post is { Operation: PostOperation.Create, CausedAt: { } cause })
        {
            // A source may date its reports ahead.
            var lag = Math.Max(0, (now - cause).TotalSeconds);
            _postLag.Record(lag, Tag("platform", Word(post.Platform)), Tag("subject", Subject(post.Body)));
        }
    }

    /// <summary>How a try ended, as it is counted.</summary>
    internal static string Outcome(PostEnding ending) =>
        ending switch
        {
            PostEnding.Sent => "sent",
            PostEnding.Later { Reason: null } => "limited",
            PostEnding.Later => "failed",
            PostEnding.Postponed => "postponed",
            PostEnding.Parked => "parked",
            PostEnding.GivenUp => "given_up",
            PostEnding.Gone => "gone",
            PostEnding.TakenBack => "taken_back",
            _ => throw new InvalidOperationException($"Unknown ending {ending}."),
        };

    private static string Subject(PostBody body) =>
        body switch
        {
            PostBody.Card => "story",
            PostBody.DigestHeading or PostBody.DigestList => "digest",
            PostBody.Copy or PostBody.More or PostBody.SoFar => "comment",
            _ => "notice",
        };

    private static TagList Tags(Platform platform, PostOperation operation, string outcome) =>
        new()
        {
            { "platform", Word(platform) },
            { "operation", Word(operation) },
            { "outcome", outcome },
        };

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
