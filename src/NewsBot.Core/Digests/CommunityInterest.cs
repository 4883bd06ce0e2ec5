namespace NewsBot.Core.Digests;

/// <summary>What a community cares for, learned from what it talks about and reacts to. Old talk fades. Pure.</summary>
public sealed class CommunityInterest
{
    /// <summary>Older talk says nothing of what people care for now.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(28);

    // After a week talk counts half: interests outlive a day, but not a season.
    private const double HalfLifeDays = 7;

    // A reaction costs a click, a comment a thought; beyond ten they tell of the comment and no more of the story.
    private const double ReactionValue = 0.3;
    private const int MostReactions = 10;

    // More people than these who only click say no more of what a community cares for, and no crowd can be hired to click.
    private const int MostReactors = 20;

    // Talk about this many stories of a source is half of all the interest there can be.
    private const double HalfInterest = 3;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly Dictionary<string, Liking> _sources;
    private readonly Dictionary<string, Liking> _topics;

    private CommunityInterest(Dictionary<string, Liking> sources, Dictionary<string, Liking> topics) =>
        (_sources, _topics) = (sources, topics);

    /// <summary>Of a community that has not said anything yet.</summary>
    public static CommunityInterest None { get; } = new([], []);

    /// <summary>Learns from what was said.</summary>
    /// <param name="signs">In any order; what is older than <see cref="Memory"/> is left out.</param>
    /// <param name="now">The present.</param>
    public static CommunityInterest Of(IEnumerable<InterestSign> signs, DateTimeOffset now)
    {
        var stories = signs
            .Where(sign => now - sign.At < Memory)
            .GroupBy(sign => sign.Story)
            .Select(story => Talk.Of([.. story], now))
            .ToList();
        return new CommunityInterest(Likings(stories, story => story.Source), Likings(stories, story => story.Topic));
    }

    /// <summary>How much is cared for a source.</summary>
    /// <param name="name">Its name.</param>
    public Liking ForSource(string name) => _sources.GetValueOrDefault(name);

    /// <summary>How much is cared for a topic.</summary>
    /// <param name="title">Its title; null for none.</param>
    public Liking ForTopic(string? title) => title is null ? Liking.None : _topics.GetValueOrDefault(title);

    private static Dictionary<string, Liking> Likings(List<Talk> stories, Func<Talk, string?> key) =>
        stories
            .Where(story => key(story) is not null)
            .GroupBy(story => key(story)!, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group =>
                {
                    var sum = group.Sum(story => story.Value);
                    return new Liking(
                        sum / (sum + HalfInterest),
                        group.Count(story => story.IsRecent),
                        group.Count(story => story is { IsRecent: true, IsSilent: true })
                    );
                },
                StringComparer.Ordinal
            );

    // One heated discussion is one story, however long it gets: its length counts by its logarithm.
    private sealed record Talk(string Source, string? Topic, double Value, bool IsRecent, bool IsSilent)
    {
        public static Talk Of(List<InterestSign> signs, DateTimeOffset now)
        {
            var said =
                signs.Where(sign => sign.IsComment).Sum(sign => Faded(sign, now))
                + signs
                    .Where(sign => !sign.IsComment)
                    .Select(sign => Faded(sign, now))
                    .OrderDescending()
                    .Take(MostReactors)
                    .Sum();
            return new Talk(
                signs[0].Source,
                signs[0].Topic,
                Math.Log2(1 + said),
                signs.Exists(sign => now - sign.At < Week),
                !signs.Exists(sign => sign.IsComment && now - sign.At < Week)
            );
        }

        private static double Faded(InterestSign sign, DateTimeOffset now)
        {
            var days = Math.Max(0, (now - sign.At).TotalDays);
            var value = (sign.IsComment ? 1 : 0) + ReactionValue * Math.Clamp(sign.Reactions, 0, MostReactions);
            return value * Math.Pow(2, -days / HalfLifeDays);
        }
    }
}
