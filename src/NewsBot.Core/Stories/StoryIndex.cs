namespace NewsBot.Core.Stories;

/// <summary>
/// The reports of the last days, ready to tell which story a new one belongs to. A report takes about 1 kB, words that
/// left with their last report are forgotten. Not safe for use by several threads.
/// </summary>
/// <param name="maxReports">The oldest are forgotten beyond so many.</param>
public sealed class StoryIndex(int maxReports = StoryIndex.MaxReports)
{
    /// <summary>Three days of 10,000 feeds; more would take more memory than a small server has.</summary>
    public const int MaxReports = 300_000;

    /// <summary>An event is over after this time; what sounds alike later is another one.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(72);

    private static readonly long WindowMs = (long)Window.TotalMilliseconds;

    // Measured on headlines of 2014: here 97 of 100 joined pairs are right in a window of strangers.
    private const double Threshold = 0.16;

    // A story of many reports is known by all its headlines together, so less has to agree with it.
    private const double ThresholdOfMany = 0.11;
    private const double VocabularyShare = 0.6;
    private const int Few = KnownStory.Few;
    private const int Many = 10;

    // Among ten times as many strangers some sound more alike by chance.
    private const double MoreOfTenTimesAsMany = 0.04;
    private const double UsualStrangers = 2_000;

    // Two stories whose words agree so far are one; those of fewer reports are not known well enough to tell.
    private const double SameStory = 0.3;
    private const int MinReportsToMerge = 4;
    private const int TellingWords = 8;

    // One word in common is a topic, not an event.
    private const int MinCommonWords = 2;
    private const double OneWordPenalty = 0.7;

    // How much the nearest report of a story counts beside the average of the nearest few.
    private const double BestShare = 0.6;
    private const int Nearest = 3;

    // Who reported a story of few reports already joins it again only with what is plainly an update; of a big one
    // everybody reports again and again.
    private const double OwnUpdate = 0.35;

    // Columns carry the same headline every day.
    private static readonly TimeSpan OwnRepeat = TimeSpan.FromHours(18);

    // Enough to know a story; a bigger one must not cost more.
    private const int MaxCompared = 30;

    // Stories that share the rarest words with a report are compared with it; the words of every day lead to too many.
    private const int MaxCandidates = 60;
    private const int MaxLookedAt = 2_000;

    // Every day's column; what is the same story stands near the end.
    private const int MaxSameTitle = 100;

    private readonly KnownReports _known = new(maxReports);
    private ReportQuery? _query;
    private (ClusterItem Item, ReportNames Names, ReportBag Bag)? _read;
    private long _look;

    /// <summary>How many reports are known.</summary>
    public int Count => _known.Count;

    /// <summary>How many words are known.</summary>
    public int Words => _known.Vectors.Words;

    /// <summary>Remembers a report as part of a story.</summary>
    /// <param name="story">Its story.</param>
    /// <param name="item">The report.</param>
    public void Add(StoryId story, ClusterItem item)
    {
        var (_, names, bag) = Read(item);
        _known.Add(story, item.At, names, bag);
    }

    /// <summary>Forgets reports, in the order they were added, until one came out later.</summary>
    /// <param name="before">The time.</param>
    public void Forget(DateTimeOffset before) => _known.Forget(before.ToUnixTimeMilliseconds());

    /// <summary>Finds the story a report belongs to.</summary>
    /// <param name="item">The new report.</param>
    /// <returns>Null where it starts a story of its own.</returns>
    public StoryMatch? Choose(ClusterItem item)
    {
        var names = Read(item).Names;
        return _known.WithUrl(names.Url) is { } known
            ? new StoryMatch(known.Story.Id, "the same address", 1)
            : ByTitle(item, names) ?? ByWords(item, names);
    }

    /// <summary>Another story that a report shows to be the same event: it has the report's address or headline, or its words.</summary>
    /// <param name="item">The report.</param>
    /// <param name="chosen">The story it belongs to, and was added to.</param>
    /// <returns>Null where there is none.</returns>
    public StoryId? Other(ClusterItem item, StoryId chosen)
    {
        var names = Read(item).Names;
        var other =
            SameTitle(item, names).FirstOrDefault(report => report.Story.Id != chosen) ?? _known.WithUrl(names.Url);
        return other is not null && other.Story.Id != chosen ? other.Story.Id : Alike(chosen);
    }

    /// <summary>Makes one story of two.</summary>
    /// <param name="loser">The one whose reports go over; not known any more afterwards.</param>
    /// <param name="winner">The one that goes on.</param>
    public void Merge(StoryId loser, StoryId winner) => _known.Merge(loser, winner);

    // A report is asked about, added and asked about again.
    private (ClusterItem Item, ReportNames Names, ReportBag Bag) Read(ClusterItem item)
    {
        if (_read is not { } read || !ReferenceEquals(read.Item, item))
        {
            read = (item, ReportNames.Of(item), ReportBag.Of(item));
            _read = read;
        }

        return read;
    }

    private StoryMatch? ByTitle(ClusterItem item, ReportNames names) =>
        SameTitle(item, names).FirstOrDefault() is { } report
            ? new StoryMatch(report.Story.Id, "the same headline", 1)
            : null;

    private IEnumerable<KnownReport> SameTitle(ClusterItem item, ReportNames names) =>
        names.IsTelling
            ? _known
                .WithTitle(names.Title)
                .Take(MaxSameTitle)
                .Where(report =>
                    Apart(report, item) <= (report.Names.Publisher == names.Publisher ? OwnRepeat : Window)
                )
            : [];

    private StoryMatch? ByWords(ClusterItem item, ReportNames names)
    {
        var bag = Read(item).Bag;
        var candidates = Candidates(
            bag.Title.Select(word => _known.Vectors.Find(word.Key)),
            item.At.ToUnixTimeMilliseconds()
        );
        if (candidates.Count == 0)
        {
            return null;
        }

        var query = _query ??= new ReportQuery(_known.Vectors);
        query.Read(bag);
        StoryMatch? best = null;
        var margin = 0.0;
        foreach (var story in candidates)
        {
            var similarity = Similarity(query, story, item, names);
            var over = similarity - ThresholdOf(story);
            if (over >= 0 && (best is null || over > margin))
            {
                (best, margin) = (new StoryMatch(story.Id, "the words of the headline", Math.Min(1, similarity)), over);
            }
        }

        return best;
    }

    // Those that share the most telling words; the rarest are looked up first.
    private List<KnownStory> Candidates(IEnumerable<int> words, long at)
    {
        var found = new List<KnownStory>();
        var left = MaxLookedAt;
        _look++;
        foreach (var word in words.Where(word => word >= 0).OrderByDescending(_known.Vectors.Rarity))
        {
            var rarity = _known.Vectors.Rarity(word);
            var places = _known.WithWord(word);
            for (var i = places.Length - 1; i >= 0 && left > 0; i--, left--)
            {
                var (story, then) = _known.Place(places[i]);
                if (Math.Abs(then - at) <= WindowMs && story.Share(_look, word, rarity * rarity))
                {
                    found.Add(story);
                }
            }
        }

        found.Sort((one, other) => other.Shared.CompareTo(one.Shared));
        return found.Count > MaxCandidates ? found[..MaxCandidates] : found;
    }

    private double ThresholdOf(KnownStory story)
    {
        var grown = Math.Clamp(Math.Log((double)story.Count / Few) / Math.Log((double)Many / Few), 0, 1);
        var crowd = Math.Max(0, Math.Log10(Count / UsualStrangers));
        return Threshold - ((Threshold - ThresholdOfMany) * grown) + (MoreOfTenTimesAsMany * crowd);
    }

    private static double Similarity(ReportQuery query, KnownStory story, ClusterItem item, ReportNames names)
    {
        Span<double> compared = stackalloc double[MaxCompared];
        var (count, own, isOwn, isTelling) = (0, 0.0, false, false);
        var (isSeries, isOfOthers) = (false, false);
        for (var at = story.Count - 1; at >= 0 && count < MaxCompared; at--)
        {
            var report = story.Reports[at];
            if (Apart(report, item) > Window)
            {
                continue;
            }

            var similarity = query.Similarity(report.Features);
            similarity *= query.CommonWords(report.Features) < MinCommonWords ? OneWordPenalty : 1;
            compared[count++] = similarity;
            isTelling |= !query.IsOneName(report.Features);
            if (report.Names.Publisher == names.Publisher)
            {
                if (report.Names.Title == names.Title && Apart(report, item) > OwnRepeat)
                {
                    return 0;
                }

                isSeries |= report.Names.Frame == names.Frame && report.Names.Title != names.Title;
                (isOwn, own) = (true, Math.Max(own, similarity));
            }
            else
            {
                isOfOthers = true;
            }
        }

        // “Notice 7” and “Notice 8” of one outlet are two notices; where others report too, it is the toll that rises.
        if (!isTelling || (isSeries && !isOfOthers) || (isOwn && own < OwnUpdate && story.Count <= Few))
        {
            return 0;
        }

        var nearest = Near(compared[..count]);
        return story.Vocabulary is { } vocabulary
            ? ((1 - VocabularyShare) * nearest) + (VocabularyShare * vocabulary.Similarity(query))
            : nearest;
    }

    private static double Near(Span<double> compared)
    {
        compared.Sort();
        var few = compared[^Math.Min(Nearest, compared.Length)..];
        var sum = 0.0;
        foreach (var similarity in few)
        {
            sum += similarity;
        }

        return (BestShare * compared[^1]) + ((1 - BestShare) * sum / few.Length);
    }

    private StoryId? Alike(StoryId chosen)
    {
        if (_known.Find(chosen) is not { Vocabulary: { } words, Count: >= MinReportsToMerge } story)
        {
            return null;
        }

        StoryId? best = null;
        var most = SameStory;
        foreach (var other in Candidates(words.Telling(TellingWords), story.Reports[^1].At))
        {
            if (other == story || other is not { Vocabulary: { } theirs, Count: >= MinReportsToMerge })
            {
                continue;
            }

            var similarity = words.Similarity(theirs);
            if (similarity >= most && (best is null || similarity > most))
            {
                (best, most) = (other.Id, similarity);
            }
        }

        return best;
    }

    private static TimeSpan Apart(KnownReport report, ClusterItem item) =>
        TimeSpan.FromMilliseconds(Math.Abs(report.At - item.At.ToUnixTimeMilliseconds()));
}
