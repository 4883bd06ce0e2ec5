using System.Runtime.InteropServices;

namespace NewsBot.Core.Stories;

/// <summary>Weighs the words of reports by how rare they are among the reports known. Words nobody uses any more are forgotten.</summary>
internal sealed class ReportVectors
{
    // As if so many other headlines were known: a small newsroom's counts say little about how rare a word is.
    private const double Strangers = 500;
    private const double Unseen = 1.5;
    private const int MaxTable = 4_096;

    private static readonly double[] Logs =
    [
        .. Enumerable.Range(0, MaxTable).Select(times => Math.Log(times + Unseen)),
    ];

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private readonly List<int> _reportsWith = [];
    private readonly Stack<int> _free = [];
    private double _logOfAll = Math.Log(1 + Strangers);

    /// <summary>How many reports are known.</summary>
    internal int Reports { get; private set; }

    /// <summary>How many words have a number; all numbers are below it.</summary>
    internal int Numbers => _words.Count;

    /// <summary>How many words are known.</summary>
    internal int Words => _numbers.Count;

    /// <summary>Counts a report among those known.</summary>
    internal ReportFeatures Add(ReportBag bag)
    {
        var features = new ReportFeatures(bag, Number);
        Change(features, 1);
        return features;
    }

    /// <summary>Takes a report out again.</summary>
    /// <param name="features">What <see cref="Add"/> gave.</param>
    /// <param name="forgotten">Told the number of each word that nobody uses any more.</param>
    internal void Remove(ReportFeatures features, Action<int> forgotten)
    {
        Change(features, -1);
        foreach (var feature in features.All)
        {
            var number = ReportFeatures.Word(feature);
            if (_reportsWith[number] == 0 && _numbers.Remove(_words[number]))
            {
                _words[number] = "";
                _free.Push(number);
                forgotten(number);
            }
        }
    }

    /// <summary>The number of a word; -1 for one nobody used.</summary>
    internal int Find(string word) => _numbers.GetValueOrDefault(word, -1);

    /// <summary>How much a word tells: the more, the fewer reports have it.</summary>
    /// <param name="number">Its number; -1 for one nobody used.</param>
    internal double Rarity(int number)
    {
        var times = number < 0 ? 0 : CollectionsMarshal.AsSpan(_reportsWith)[number];
        return _logOfAll - (times < MaxTable ? Logs[times] : Math.Log(times + Unseen));
    }

    /// <summary>How much a word counts that stands in a text more than once.</summary>
    internal static double Often(int times) => times == 1 ? 1 : 1 + Math.Log(times);

    /// <summary>The weight of a known report's word.</summary>
    internal double Weight(uint feature) => Often(ReportFeatures.Times(feature)) * Rarity(ReportFeatures.Word(feature));

    // A word that stands in headline and lead is one word of the report.
    private void Change(ReportFeatures features, int by)
    {
        Reports += by;
        _logOfAll = Math.Log(Reports + 1 + Strangers);
        var counts = CollectionsMarshal.AsSpan(_reportsWith);
        foreach (var feature in features.Title)
        {
            counts[ReportFeatures.Word(feature)] += by;
        }

        foreach (var feature in features.Pieces)
        {
            counts[ReportFeatures.Word(feature)] += by;
        }

        foreach (var feature in features.Lead)
        {
            if (!Has(features.Title, ReportFeatures.Word(feature)))
            {
                counts[ReportFeatures.Word(feature)] += by;
            }
        }
    }

    private static bool Has(ReadOnlySpan<uint> features, int word)
    {
        foreach (var feature in features)
        {
            if (ReportFeatures.Word(feature) == word)
            {
                return true;
            }
        }

        return false;
    }

    private int Number(string word)
    {
        if (_numbers.TryGetValue(word, out var number))
        {
            return number;
        }

        if (_free.TryPop(out number))
        {
            _words[number] = word;
        }
        else
        {
            number = _words.Count;
            _words.Add(word);
            _reportsWith.Add(0);
        }

        _numbers[word] = number;
        return number;
    }
}
