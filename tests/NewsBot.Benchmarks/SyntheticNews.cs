using System.Text;
using NewsBot.Core.Stories;

namespace NewsBot.Benchmarks;

/// <summary>News made of words as frequent as those of a language: each rank a little less than the one before, to ones that come once.</summary>
/// <param name="seed">The same seed makes the same news.</param>
internal sealed class SyntheticNews(int seed)
{
    private const int Vocabulary = 60_000;

    // The most frequent words of a language are those that headlines do without.
    private const int Grammar = 30;
    private const int Draws = 1 << 20;
    private const int RecentTexts = 2_000;
    private const int Outlets = 10_000;

    private static readonly string[] Syllables =
    [
        .. "b d f g h k l m n p r s t v st tr sch br pl"
            .Split(' ')
            .SelectMany(_ => "a e i o u ai ea".Split(' '), (one, other) => one + other),
    ];
    private static readonly string[] Words = [.. Enumerable.Range(0, Vocabulary).Select(Word)];
    private static readonly int[] Draw = [.. Zipf()];

    private readonly Random _random = new(seed);
    private readonly List<(string Title, string Text)> _recent = [];
    private readonly List<(StoryId Story, string[] Words)> _events = [];
    private long _stories;

    /// <summary>An article; every fifth copies one of the last two thousand: whole, trimmed, edited or with a wire's words around it.</summary>
    public (string Title, string Text) Article()
    {
        if (_recent.Count > 100 && _random.Next(5) == 0)
        {
            var (title, text) = _recent[_random.Next(_recent.Count)];
            return (title, Copied(text));
        }

        var article = (Sentence(8), Text(80 + _random.Next(500)));
        if (_recent.Count < RecentTexts)
        {
            _recent.Add(article);
        }
        else
        {
            _recent[_random.Next(RecentTexts)] = article;
        }

        return article;
    }

    /// <summary>A report of an event: two of three tell of one that nobody told of yet.</summary>
    /// <param name="at">When it comes out.</param>
    public (StoryId Story, ClusterItem Item) Report(DateTimeOffset at)
    {
        var isNew = _events.Count < 10 || _random.Next(3) > 0;
        var (story, words) = isNew
            ? (new StoryId(++_stories), Enumerable.Range(0, 12).Select(_ => Next()).ToArray())
            : _events[^(1 + _random.Next(Math.Min(_events.Count, 3_000)))];
        if (isNew)
        {
            _events.Add((story, words));
        }

        // Each outlet says it with two words in three of its event, and some of its own.
        var title = words.Take(9).Where(_ => _random.Next(3) > 0).Append(Next()).Append(Next());
        var lead = words.Concat(Enumerable.Range(0, 28).Select(_ => Next()));
        return (
            story,
            new ClusterItem(
                null,
                string.Join(' ', title),
                string.Join(' ', lead),
                $"Outlet {_random.Next(Outlets)}",
                at
            )
        );
    }

    private string Next() => Words[Draw[_random.Next(Draws)]];

    private string Sentence(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Next()));

    private string Text(int words)
    {
        var text = new StringBuilder();
        for (var i = 0; i < words; i++)
        {
            text.Append(Next()).Append(i % 14 == 13 ? ". " : " ");
        }

        return text.ToString();
    }

    private string Copied(string text) =>
        _random.Next(4) switch
        {
            0 => text,
            1 => text[..(text.Length * 6 / 10)],
            2 => $"(Wire) - {text} All rights reserved.",
            _ => string.Join(' ', text.Split(' ').Select(word => _random.Next(20) == 0 ? Next() : word)),
        };

    // Frequent words are short; the ending makes each different from all others.
    private static string Word(int rank)
    {
        var random = new Random(rank);
        var syllables = Enumerable
            .Range(0, random.Next(1, 3 + (rank / 20_000)))
            .Select(_ => Syllables[random.Next(Syllables.Length)]);
        return string.Concat(syllables) + Ending(rank);
    }

    private static string Ending(int rank) => rank == 0 ? "" : (char)('a' + (rank % 26)) + Ending(rank / 26);

    private static IEnumerable<int> Zipf()
    {
        var all = Enumerable.Range(1, Vocabulary).Sum(rank => 1.0 / (rank + Grammar));
        var drawn = 0;
        for (var (rank, share) = (0, 0.0); rank < Vocabulary && drawn < Draws; rank++)
        {
            share += 1.0 / (rank + 1 + Grammar) / all;
            for (; drawn < share * Draws && drawn < Draws; drawn++)
            {
                yield return rank;
            }
        }

        for (; drawn < Draws; drawn++)
        {
            yield return Vocabulary - 1;
        }
    }
}
