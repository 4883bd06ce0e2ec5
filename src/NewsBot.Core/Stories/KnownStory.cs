namespace NewsBot.Core.Stories;

/// <summary>A story by its reports, oldest first.</summary>
/// <param name="id">Which.</param>
/// <param name="vectors">Weighs words by how rare they are.</param>
internal sealed class KnownStory(StoryId id, ReportVectors vectors)
{
    /// <summary>From so many reports on a story is known by all its headlines together.</summary>
    public const int Few = 3;

    private readonly List<KnownReport> _reports = [];

    public StoryId Id => id;

    public IReadOnlyList<KnownReport> Reports => _reports;

    public int Count => _reports.Count;

    /// <summary>All its headlines together; null for a story of few reports.</summary>
    public StoryVocabulary? Vocabulary { get; private set; }

    /// <summary>How much it has in common with the report of the last look for candidates.</summary>
    public double Shared { get; private set; }

    private long _look;
    private int _word;

    public void Add(KnownReport report)
    {
        report.Story = this;
        _reports.Add(report);
        Learn(report);
    }

    /// <summary>Takes over the reports of another story.</summary>
    public void TakeOver(KnownStory other)
    {
        foreach (var report in other._reports)
        {
            Add(report);
        }

        _reports.Sort((one, two) => one.Number.CompareTo(two.Number));
    }

    public void Remove(KnownReport report)
    {
        _reports.Remove(report);
        Vocabulary?.Remove(report.Features);
        Vocabulary = _reports.Count < Few ? null : Vocabulary;
    }

    /// <summary>Counts a word in common, once for each word.</summary>
    /// <param name="look">The number of the look for candidates.</param>
    /// <param name="word">The word.</param>
    /// <param name="weight">How much it tells.</param>
    /// <returns>True the first time in this look.</returns>
    public bool Share(long look, int word, double weight)
    {
        var isNew = _look != look;
        if (isNew)
        {
            (_look, Shared) = (look, 0);
        }
        else if (_word == word)
        {
            return false;
        }

        _word = word;
        Shared += weight;
        return isNew;
    }

    private void Learn(KnownReport report)
    {
        if (Vocabulary is not null)
        {
            Vocabulary.Add(report.Features);
        }
        else if (_reports.Count >= Few)
        {
            Vocabulary = new StoryVocabulary(vectors);
            foreach (var known in _reports)
            {
                Vocabulary.Add(known.Features);
            }
        }
    }
}
