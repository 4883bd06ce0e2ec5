namespace NewsBot.Core.Stories;

/// <summary>What all headlines of a story say together. A story of many reports is known better by it than by any one of them.</summary>
/// <param name="vectors">Weighs words by how rare they are.</param>
internal sealed class StoryVocabulary(ReportVectors vectors)
{
    // Lengths change with every report that is known, but little.
    private const double Stale = 1.05;

    private readonly Dictionary<int, int> _words = [];
    private readonly Dictionary<int, int> _pieces = [];
    private double _wordLength;
    private double _pieceLength;
    private double _measuredAt;

    /// <summary>Adds the headline of a report.</summary>
    internal void Add(ReportFeatures report) => Change(report, 1);

    /// <summary>Takes the headline of a report out again.</summary>
    internal void Remove(ReportFeatures report) => Change(report, -1);

    /// <summary>How alike a headline and the story are, 0 to 1.</summary>
    internal double Similarity(ReportQuery headline)
    {
        Measure();
        return ReportQuery.Together(
            Product(headline.Title, _words) / Math.Max(_wordLength, 1e-9),
            Product(headline.Pieces, _pieces) / Math.Max(_pieceLength, 1e-9)
        );
    }

    /// <summary>How alike the words of two stories are, 0 to 1.</summary>
    internal double Similarity(StoryVocabulary other)
    {
        Measure();
        other.Measure();
        var product = 0.0;
        foreach (var (word, times) in _words)
        {
            if (other._words.TryGetValue(word, out var theirs))
            {
                product += Math.Sqrt((double)times * theirs) * Math.Pow(vectors.Rarity(word), 2);
            }
        }

        return product / Math.Max(_wordLength * other._wordLength, 1e-9);
    }

    /// <summary>The words that tell most of the story.</summary>
    internal IEnumerable<int> Telling(int most) =>
        _words
            .OrderByDescending(word => word.Value * Math.Pow(vectors.Rarity(word.Key), 2))
            .Take(most)
            .Select(word => word.Key);

    private double Product(IReadOnlyList<(int Word, double Weight)> mine, Dictionary<int, int> theirs)
    {
        var product = 0.0;
        foreach (var (word, weight) in mine)
        {
            if (theirs.TryGetValue(word, out var times))
            {
                product += weight * Math.Sqrt(times) * vectors.Rarity(word);
            }
        }

        return product;
    }

    private void Measure()
    {
        if (_measuredAt * Stale >= vectors.Reports && _measuredAt > 0)
        {
            return;
        }

        _measuredAt = vectors.Reports;
        (_wordLength, _pieceLength) = (Length(_words), Length(_pieces));
    }

    // The square root of how often a word stands there: the tenth headline with it says little that is new.
    private double Length(Dictionary<int, int> words) =>
        Math.Sqrt(words.Sum(word => word.Value * Math.Pow(vectors.Rarity(word.Key), 2)));

    private void Change(ReportFeatures report, int sign)
    {
        Count(_words, report.Title, sign);
        Count(_pieces, report.Pieces, sign);
        _measuredAt = 0;
    }

    private static void Count(Dictionary<int, int> counts, ReadOnlySpan<uint> features, int sign)
    {
        foreach (var feature in features)
        {
            var word = ReportFeatures.Word(feature);
            var times = counts.GetValueOrDefault(word) + (sign * ReportFeatures.Times(feature));
            if (times > 0)
            {
                counts[word] = times;
            }
            else
            {
                counts.Remove(word);
            }
        }
    }
}
