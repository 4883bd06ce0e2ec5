using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>The reports of the last days, ready to tell which story a new one belongs to. Not safe for use by several threads.</summary>
public sealed class StoryIndex
{
    /// <summary>An event is over after this time; what sounds alike later is another one.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(72);

    // Measured on headlines of 2014: here 98 of 100 joined pairs are right in a window of strangers.
    private const double Threshold = 0.18;

    // One word in common is a topic, not an event.
    private const int MinCommonWords = 2;
    private const double OneWordPenalty = 0.7;

    // How much the nearest report of a story counts beside the average of the nearest few.
    private const double BestShare = 0.6;
    private const int Nearest = 3;

    // Who reported a story already joins it again only with what is plainly an update.
    private const double OwnUpdate = 0.35;

    // Columns carry the same headline every day.
    private static readonly TimeSpan OwnRepeat = TimeSpan.FromHours(18);

    // A headline of fewer words says too little to be recognised by.
    private const int MinTitleWords = 4;

    // Enough to know a story; a bigger one must not cost more.
    private const int MaxCompared = 30;

    private readonly ReportVectors _vectors = new();
    private readonly List<Report> _reports = [];
    private readonly Dictionary<StoryId, List<int>> _byStory = [];
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
        Entry(_byStory, story).Add(place);
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

    /// <summary>Another story that has the same address or headline as a report: it is plainly the same event.</summary>
    /// <param name="item">The report.</param>
    /// <param name="chosen">The story it belongs to.</param>
    /// <returns>Null where there is none.</returns>
    public StoryId? Other(ClusterItem item, StoryId chosen)
    {
        StoryId? byUrl = UrlOf(item) is { } url && _byUrl.TryGetValue(url, out var known) ? known : null;
        StoryId?[] found = [byUrl, ByTitle(item)?.Story];
        return found.FirstOrDefault(story => story is not null && story != chosen);
    }

    /// <summary>A copy without the reports from before an instant.</summary>
    /// <param name="before">What came out earlier is left out.</param>
    public StoryIndex Since(DateTimeOffset before)
    {
        var index = new StoryIndex();
        foreach (var report in _reports.Where(report => report.Item.At >= before))
        {
            index.Add(report.Story, report.Item);
        }

        return index;
    }

    private StoryMatch? ByTitle(ClusterItem item)
    {
        var title = TitleKey.Of(item.Title);
        if (
            !_byTitle.TryGetValue(title, out var places)
            || WordTokens.Of(title).Take(MinTitleWords).Count() < MinTitleWords
        )
        {
            return null;
        }

        var same = places.Select(place => _reports[place]).Where(report => Apart(report, item) <= Limit(report, item));
        return same.LastOrDefault() is { } report ? new StoryMatch(report.Story, "the same headline", 1) : null;
    }

    private StoryMatch? ByWords(ClusterItem item)
    {
        var features = _vectors.Read(item);
        var stories = features
            .Words.SelectMany(word => _byWord.GetValueOrDefault(word) ?? [])
            .Where(place => Apart(_reports[place], item) <= Window)
            .Select(place => _reports[place].Story)
            .Distinct()
            .ToList();
        if (stories.Count == 0)
        {
            return null;
        }

        var query = _vectors.Weigh(features);
        StoryMatch? best = null;
        foreach (var story in stories)
        {
            var similarity = Similarity(query, story, item);
            if (similarity >= Threshold && similarity > (best?.Similarity ?? 0))
            {
                best = new StoryMatch(story, "the words of the headline", Math.Min(1, similarity));
            }
        }

        return best;
    }

    private double Similarity(ReportVectors.Query query, StoryId story, ClusterItem item)
    {
        var compared = new List<double>();
        var own = 0.0;
        var title = TitleKey.Of(item.Title);
        var isOwn = false;
        var places = _byStory[story];
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

        if (compared.Count == 0 || (isOwn && own < OwnUpdate))
        {
            return 0;
        }

        compared.Sort();
        return (BestShare * compared[^1]) + ((1 - BestShare) * compared.TakeLast(Nearest).Average());
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

    private sealed record Report(StoryId Story, ClusterItem Item, string Title, ReportVectors.Features Features);
}
