using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Core.Text;

namespace NewsBot.Benchmarks;

/// <summary>Stories by the words of their titles alone, as they come in: TF-IDF, and the most similar story so far.</summary>
internal static class TitleClusters
{
    /// <summary>The least likeness that seldom merges what does not belong together.</summary>
    public const double Careful = 0.2;

    /// <summary>The one that finds most of big stories.</summary>
    public const double Bold = 0.08;

    /// <param name="items">Lines with id and title, in order of time.</param>
    /// <param name="like">The least cosine at which a title joins a story.</param>
    /// <returns>The story of each.</returns>
    public static Dictionary<string, string> Of(IReadOnlyList<JsonNode> items, double like)
    {
        var stories = new List<Dictionary<string, double>>();
        var having = new Dictionary<string, int>(StringComparer.Ordinal);
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (number, item) in items.Index())
        {
            var words = WordTokens
                .Of(Folded.Of(item["title"]!.ToString()))
                .CountBy(word => word, StringComparer.Ordinal)
                .ToList();
            words.ForEach(word => having[word.Key] = having.GetValueOrDefault(word.Key) + 1);
            var title = Unit(
                words.ToDictionary(
                    word => word.Key,
                    word => (1 + Math.Log(word.Value)) * (1 + Math.Log((2.0 + number) / (1 + having[word.Key]))),
                    StringComparer.Ordinal
                )
            );
            var (likeness, at) = stories
                .Select((story, place) => (Likeness(title, story), place))
                .DefaultIfEmpty()
                .Max();
            if (likeness < like)
            {
                at = stories.Count;
                stories.Add(new Dictionary<string, double>(StringComparer.Ordinal));
            }

            foreach (var (word, weight) in title)
            {
                stories[at][word] = stories[at].GetValueOrDefault(word) + weight;
            }

            made[item["id"]!.ToString()] = at.ToString(CultureInfo.InvariantCulture);
        }

        return made;
    }

    private static double Likeness(Dictionary<string, double> title, Dictionary<string, double> story) =>
        title.Sum(word => word.Value * story.GetValueOrDefault(word.Key)) / Length(story);

    private static Dictionary<string, double> Unit(Dictionary<string, double> words)
    {
        var length = Math.Max(Length(words), double.Epsilon);
        return words.ToDictionary(word => word.Key, word => word.Value / length, StringComparer.Ordinal);
    }

    private static double Length(Dictionary<string, double> words) =>
        Math.Sqrt(words.Values.Sum(weight => weight * weight));
}
