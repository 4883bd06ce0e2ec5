namespace NewsBot.Core.Stories;

/// <summary>Weighs the features of reports by how rare they are among the reports known.</summary>
internal sealed class ReportVectors
{
    // As if so many other headlines were known: a small newsroom's counts say little about how rare a word is.
    private const double Strangers = 500;

    // Whole words tell more than their pieces, pieces find more.
    private const double WordShare = 0.4;

    // Leads of one event agree less than its headlines, and confirm them.
    private const double LeadShare = 0.3;

    // Leads without a word in common tell of different events under headlines that sound alike.
    private const int MinCommonLeadWords = 2;
    private const double StrangeLeadsPenalty = 0.45;

    // A shorter lead is a caption.
    private const int MinLeadWords = 8;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<int> _reportsWith = [];
    private int _reports;

    /// <summary>Reads the features of a report.</summary>
    internal Features Read(ClusterItem item)
    {
        var words = ReportWords.OfTitle(item.Title);
        var lead = ReportWords.OfLead(item.Lead);
        return new Features(
            Bag(words),
            Bag(ReportWords.Pieces(words), "#"),
            Bag(lead.Count >= MinLeadWords ? lead : [])
        );
    }

    /// <summary>Counts a report among those known.</summary>
    internal void Count(Features features)
    {
        _reports++;
        foreach (var id in features.Title.Concat(features.Pieces).Concat(features.Lead).Select(f => f.Id).Distinct())
        {
            _reportsWith[id]++;
        }
    }

    /// <summary>Prepares a report to be compared with many.</summary>
    internal Query Weigh(Features features) => new(this, features);

    /// <summary>How many reports are known.</summary>
    internal int Reports => _reports;

    /// <summary>How much a feature tells: the more, the fewer reports have it.</summary>
    internal double Rarity(int feature) => Math.Log((_reports + 1 + Strangers) / (_reportsWith[feature] + 1.5));

    /// <summary>How alike words and their pieces make two texts.</summary>
    internal static double Together(double words, double pieces) => (WordShare * words) + ((1 - WordShare) * pieces);

    private double Weight(Feature feature) => (1 + Math.Log(feature.Times)) * Rarity(feature.Id);

    private Feature[] Bag(IEnumerable<string> words, string kind = "") =>
        [
            .. words
                .CountBy(word => kind + word, StringComparer.Ordinal)
                .Select(pair => new Feature(Id(pair.Key), pair.Value)),
        ];

    private int Id(string feature)
    {
        if (!_ids.TryGetValue(feature, out var id))
        {
            id = _ids[feature] = _reportsWith.Count;
            _reportsWith.Add(0);
        }

        return id;
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    internal readonly record struct Feature(int Id, int Times);

    internal sealed record Features(Feature[] Title, Feature[] Pieces, Feature[] Lead)
    {
        internal IEnumerable<int> Words => Title.Select(word => word.Id);
    }

    /// <summary>One report's weights, laid out for quick comparison.</summary>
    internal sealed class Query(ReportVectors vectors, Features features)
    {
        private readonly Dictionary<int, double> _title = Unit(vectors, features.Title);
        private readonly Dictionary<int, double> _pieces = Unit(vectors, features.Pieces);
        private readonly Dictionary<int, double> _lead = Unit(vectors, features.Lead);

        internal double Similarity(Features other)
        {
            var title = Together(Cosine(_title, other.Title), Cosine(_pieces, other.Pieces));
            var hasLeads = _lead.Count > 0 && other.Lead.Length > 0;
            if (!hasLeads)
            {
                return title;
            }

            var agree = other.Lead.Count(word => _lead.ContainsKey(word.Id)) >= MinCommonLeadWords;
            var together = ((1 - LeadShare) * title) + (LeadShare * Cosine(_lead, other.Lead));
            return agree ? together : together * StrangeLeadsPenalty;
        }

        /// <summary>How alike the headline and all headlines of a story are.</summary>
        internal double Similarity(StoryVocabulary story) => story.Similarity(_title, _pieces);

        internal int CommonWords(Features other) => other.Title.Count(word => _title.ContainsKey(word.Id));

        private double Cosine(Dictionary<int, double> mine, Feature[] theirs)
        {
            var (product, square) = (0.0, 0.0);
            foreach (var feature in theirs)
            {
                var weight = vectors.Weight(feature);
                square += weight * weight;
                product += mine.TryGetValue(feature.Id, out var own) ? own * weight : 0;
            }

            return square > 0 ? product / Math.Sqrt(square) : 0;
        }

        private static Dictionary<int, double> Unit(ReportVectors vectors, Feature[] features)
        {
            var length = Math.Sqrt(features.Sum(feature => Math.Pow(vectors.Weight(feature), 2)));
            return features.ToDictionary(
                feature => feature.Id,
                feature => vectors.Weight(feature) / Math.Max(length, 1e-9)
            );
        }
    }
}
