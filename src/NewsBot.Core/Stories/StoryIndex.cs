using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>The reports of the last days, ready to tell which story a new one belongs to. Not safe for use by several threads.</summary>
public sealed class StoryIndex
{
    /// <summary>An event is over after this time; what sounds alike later is another one.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(72);

    // Measured on headlines of 2014: here 97 of 100 joined pairs are right in a window of strangers.
    private const double Threshold = 0.16;

    // A story of many reports is known by all its headlines together, so less has to agree with it.
    private const double ThresholdOfMany = 0.11;
    private const double VocabularyShare = 0.6;
    private const int Few = 3;
    private const int Many = 10;

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

    // A headline of fewer words says too little to be recognised by.
    private const int MinTitleWords = 4;

    // Enough to know a story; a bigger one must not cost more.
    private const int MaxCompared = 30;

    // Stories that share the rarest words with a report are compared with it; the words of every day lead to too many.
    private const int MaxCandidates = 60;
    private const int MaxLookedAt = 6_000;

    private readonly ReportVectors _vectors = new();
    private readonly List<Report> _reports = [];
    private readonly Dictionary<StoryId, Known> _byStory = [];
    private readonly Dictionary<string, StoryId> _byUrl = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byTitle = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<int>> _byWord = [];

    /// <summary>How many reports are known.</summary>
    public int Count => _reports.Count;

    /// <summary>Remembers a report as part of a story.</summary>
    /// <param name="story">Its story.</param>
    /// <param name="item">The report.</param>
    public void Add(StoryId story, ClusterItem item)
    {
        var report = new Report(story, item, TitleKey.Of(item.Title), _vectors.Read(item));
        var place = _reports.Count;
        _reports.Add(report);
        _vectors.Count(report.Features);
        if (!_byStory.TryGetValue(story, out var known))
        {
            _byStory[story] = known = new Known(story, new StoryVocabulary(_vectors));
        }

        known.Places.Add(place);
        known.Vocabulary.Add(report.Features);
        Entry(_byTitle, report.Title).Add(place);
        foreach (var word in report.Features.Words)
        {
            Entry(_byWord, word).Add(place);
        }

        if (UrlOf(item) is { } url)
        {
            _byUrl.TryAdd(url, story);
        }
    }

    /// <summary>Finds the story a report belongs to.</summary>
    /// <param name="item">The new report.</param>
    /// <returns>Null where it starts a story of its own.</returns>
    public StoryMatch? Choose(ClusterItem item)
    {
        if (UrlOf(item) is { } url && _byUrl.TryGetValue(url, out var known))
        {
            return new StoryMatch(known, "the same address", 1);
        }

        return ByTitle(item) ?? ByWords(item);
    }

    /// <summary>Another story that a report shows to be the same event: it has the report's address or headline, or its words.</summary>
    /// <param name="item">The report.</param>
    /// <param name="chosen">The story it belongs to, and was added to.</param>
    /// <returns>Null where there is none.</returns>
    public StoryId? Other(ClusterItem item, StoryId chosen)
    {
        StoryId? byUrl = UrlOf(item) is { } url && _byUrl.TryGetValue(url, out var known) ? known : null;
        StoryId?[] found = [byUrl, .. SameTitle(item).Select(report => (StoryId?)report.Story)];
        return found.LastOrDefault(story => story is not null && story != chosen) ?? Alike(chosen);
    }

    /// <summary>Makes one story of two.</summary>
    /// <param name="loser">The one whose reports go over; not known any more afterwards.</param>
    /// <param name="winner">The one that goes on.</param>
    public void Merge(StoryId loser, StoryId winner)
    {
        if (loser == winner || !_byStory.Remove(loser, out var gone))
        {
            return;
        }

        if (!_byStory.TryGetValue(winner, out var known))
        {
            _byStory[winner] = known = new Known(winner, new StoryVocabulary(_vectors));
        }

        foreach (var place in gone.Places)
        {
            var report = _reports[place];
            _reports[place] = report with { Story = winner };
            known.Vocabulary.Add(report.Features);
            if (UrlOf(report.Item) is { } url && _byUrl.GetValueOrDefault(url) == loser)
            {
                _byUrl[url] = winner;
            }
        }

        known.Places.AddRange(gone.Places);
        known.Places.Sort();
    }

    private StoryMatch? ByTitle(ClusterItem item) =>
        SameTitle(item).LastOrDefault() is { } report ? new StoryMatch(report.Story, "the same headline", 1) : null;

    private IEnumerable<Report> SameTitle(ClusterItem item)
    {
        var title = TitleKey.Of(item.Title);
        return
            _byTitle.TryGetValue(title, out var places)
            && WordTokens.Of(title).Take(MinTitleWords).Count() == MinTitleWords
            ? places.Select(place => _reports[place]).Where(report => Apart(report, item) <= Limit(report, item))
            : [];
    }

    private StoryMatch? ByWords(ClusterItem item)
    {
        var features = _vectors.Read(item);
        var candidates = Candidates(features.Words, item.At).ToList();
        if (candidates.Count == 0)
        {
            return null;
        }

        var query = _vectors.Weigh(features);
        StoryMatch? best = null;
        var margin = 0.0;
        foreach (var story in candidates)
        {
            var similarity = Similarity(query, story, item);
            var over = similarity - ThresholdOf(story);
            if (over >= 0 && (best is null || over > margin))
            {
                (best, margin) = (new StoryMatch(story.Id, "the words of the headline", Math.Min(1, similarity)), over);
            }
        }

        return best;
    }

    // Those that share the most telling words; the rarest are looked up first.
    private IEnumerable<Known> Candidates(IEnumerable<int> words, DateTimeOffset at)
    {
        var shared = new Dictionary<StoryId, double>();
        var left = MaxLookedAt;
        foreach (var word in words.OrderByDescending(_vectors.Rarity))
        {
            var seen = new HashSet<StoryId>();
            var rarity = Math.Pow(_vectors.Rarity(word), 2);
            var places = _byWord.GetValueOrDefault(word) ?? [];
            for (var i = places.Count - 1; i >= 0 && left > 0; i--, left--)
            {
                var report = _reports[places[i]];
                if ((report.Item.At - at).Duration() <= Window && seen.Add(report.Story))
                {
                    shared[report.Story] = shared.GetValueOrDefault(report.Story) + rarity;
                }
            }
        }

        return shared.OrderByDescending(pair => pair.Value).Take(MaxCandidates).Select(pair => _byStory[pair.Key]);
    }

    private static double ThresholdOf(Known story)
    {
        var grown = Math.Clamp(Math.Log((double)story.Places.Count / Few) / Math.Log((double)Many / Few), 0, 1);
        return Threshold - ((Threshold - ThresholdOfMany) * grown);
    }

    private double Similarity(ReportVectors.Query query, Known story, ClusterItem item)
    {
        var compared = new List<double>();
        var own = 0.0;
        var title = TitleKey.Of(item.Title);
        var isOwn = false;
        var places = story.Places;
        for (var at = places.Count - 1; at >= 0 && compared.Count < MaxCompared; at--)
        {
            var report = _reports[places[at]];
            if (Apart(report, item) > Window)
            {
                continue;
            }

            var similarity = query.Similarity(report.Features);
            similarity *= query.CommonWords(report.Features) < MinCommonWords ? OneWordPenalty : 1;
            compared.Add(similarity);
            if (report.Item.Publisher == item.Publisher)
            {
                if (report.Title == title && Apart(report, item) > OwnRepeat)
                {
                    return 0;
                }

                (isOwn, own) = (true, Math.Max(own, similarity));
            }
        }

        if (compared.Count == 0 || (isOwn && own < OwnUpdate && places.Count <= Few))
        {
            return 0;
        }

        compared.Sort();
        var nearest = (BestShare * compared[^1]) + ((1 - BestShare) * compared.TakeLast(Nearest).Average());
        return places.Count < Few
            ? nearest
            : ((1 - VocabularyShare) * nearest) + (VocabularyShare * query.Similarity(story.Vocabulary));
    }

    private StoryId? Alike(StoryId chosen)
    {
        if (!_byStory.TryGetValue(chosen, out var story) || story.Places.Count < MinReportsToMerge)
        {
            return null;
        }

        return Candidates(story.Vocabulary.Telling(TellingWords), _reports[story.Places[^1]].Item.At)
            .Where(other => other != story && other.Places.Count >= MinReportsToMerge)
            .Select(other => (other.Id, Similarity: story.Vocabulary.Similarity(other.Vocabulary)))
            .Where(other => other.Similarity >= SameStory)
            .OrderByDescending(other => other.Similarity)
            .Select(other => (StoryId?)other.Id)
            .FirstOrDefault();
    }

    private static TimeSpan Apart(Report report, ClusterItem item) => (report.Item.At - item.At).Duration();

    private static TimeSpan Limit(Report report, ClusterItem item) =>
        report.Item.Publisher == item.Publisher ? OwnRepeat : Window;

    private static string? UrlOf(ClusterItem item) =>
        item.Link is { } link && !CanonicalUrl.IsHomePage(link) ? CanonicalUrl.Of(link) : null;

    private static List<int> Entry<TKey>(Dictionary<TKey, List<int>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        return list;
    }

    private sealed record Known(StoryId Id, StoryVocabulary Vocabulary)
    {
        public List<int> Places { get; } = [];
    }

    private sealed record Report(StoryId Story, ClusterItem Item, string Title, ReportVectors.Features Features);
}
