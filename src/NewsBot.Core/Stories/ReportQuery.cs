namespace NewsBot.Core.Stories;

/// <summary>A new report laid out to be compared with many known ones. One at a time: <see cref="Read"/> begins the next.</summary>
/// <param name="vectors">Weighs words by how rare they are.</param>
internal sealed class ReportQuery(ReportVectors vectors)
{
    // Whole words tell more than their pieces, pieces find more.
    private const double WordShare = 0.4;

    // Leads of one event agree less than its headlines, and confirm them.
    private const double LeadShare = 0.3;

    // Leads without a word in common tell of different events under headlines that sound alike.
    private const int MinCommonLeadWords = 2;
    private const double StrangeLeadsPenalty = 0.45;

    private readonly List<(int Word, double Weight)> _title = [];
    private readonly List<(int Word, double Weight)> _pieces = [];
    private readonly List<(int Word, double Weight)> _lead = [];

    // The weight of each word by its number; 0 for those the report has not. Pieces have numbers of their own.
    private float[] _inTitle = [];
    private float[] _inLead = [];

    /// <summary>The words of the headline that are known.</summary>
    internal IReadOnlyList<(int Word, double Weight)> Title => _title;

    /// <summary>The pieces of the headline's words that are known.</summary>
    internal IReadOnlyList<(int Word, double Weight)> Pieces => _pieces;

    /// <summary>How alike words and their pieces make two texts.</summary>
    internal static double Together(double words, double pieces) => (WordShare * words) + ((1 - WordShare) * pieces);

    /// <summary>Takes up a report.</summary>
    internal void Read(ReportBag bag)
    {
        Clear(_title, _inTitle);
        Clear(_pieces, _inTitle);
        Clear(_lead, _inLead);
        if (_inTitle.Length < vectors.Numbers)
        {
            _inTitle = new float[vectors.Numbers * 2];
            _inLead = new float[vectors.Numbers * 2];
        }

        Lay(bag.Title, _title, _inTitle);
        Lay(bag.Pieces, _pieces, _inTitle);
        Lay(bag.Lead, _lead, _inLead);
        _hasLead = bag.Lead.Count > 0;
        _language = bag.Language;
    }

    /// <summary>How alike the report and a known one are, 0 to 1.</summary>
    internal double Similarity(ReportFeatures other)
    {
        var title = Together(Cosine(_inTitle, other.Title, out _), Cosine(_inTitle, other.Pieces, out _));
        if (!_hasLead || other.Lead.Length == 0)
        {
            return title;
        }

        var lead = Cosine(_inLead, other.Lead, out var common);
        var together = ((1 - LeadShare) * title) + (LeadShare * lead);
        return common >= MinCommonLeadWords ? together : together * StrangeLeadsPenalty;
    }

    internal int CommonWords(ReportFeatures other)
    {
        var common = 0;
        foreach (var feature in other.Title)
        {
            common += _inTitle[ReportFeatures.Word(feature)] > 0 ? 1 : 0;
        }

        return common;
    }

    /// <summary>
    /// Whether all that the headlines have in common is one name: headlines in two languages share names and numbers
    /// only, and a name is a topic.
    /// </summary>
    internal bool IsOneName(ReportFeatures other)
    {
        if (_language is null || other.Language is null || _language == other.Language)
        {
            return false;
        }

        var (names, isInside) = (0, false);
        foreach (var feature in other.Title)
        {
            var isCommon = _inTitle[ReportFeatures.Word(feature)] > 0;
            names += isCommon && !isInside ? 1 : 0;
            isInside = isCommon;
        }

        return names < 2;
    }

    private bool _hasLead;
    private string? _language;

    private double Cosine(float[] mine, ReadOnlySpan<uint> theirs, out int common)
    {
        var (product, square) = (0.0, 0.0);
        common = 0;
        foreach (var feature in theirs)
        {
            var weight = vectors.Weight(feature);
            square += weight * weight;
            var own = mine[ReportFeatures.Word(feature)];
            if (own > 0)
            {
                product += own * weight;
                common++;
            }
        }

        return square > 0 ? product / Math.Sqrt(square) : 0;
    }

    // Words nobody used have no number, and still make the report longer.
    private void Lay(IReadOnlyList<KeyValuePair<string, int>> bag, List<(int, double)> known, float[] weights)
    {
        var square = 0.0;
        foreach (var (word, times) in bag)
        {
            var number = vectors.Find(word);
            var weight = ReportVectors.Often(times) * vectors.Rarity(number);
            square += weight * weight;
            if (number >= 0)
            {
                known.Add((number, weight));
            }
        }

        var length = Math.Max(Math.Sqrt(square), 1e-9);
        for (var i = 0; i < known.Count; i++)
        {
            var (word, weight) = known[i];
            known[i] = (word, weight / length);
            weights[word] = (float)(weight / length);
        }
    }

    private static void Clear(List<(int Word, double Weight)> words, float[] weights)
    {
        foreach (var (word, _) in words)
        {
            weights[word] = 0;
        }

        words.Clear();
    }
}
