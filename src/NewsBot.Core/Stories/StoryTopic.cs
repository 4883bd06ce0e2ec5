using System.Globalization;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>Says what a story is about, in a word or two that can head a section. Pure.</summary>
public static class StoryTopic
{
    // A publisher's own label outweighs a word of the headline, which may be meant otherwise.
    private const int LabelValue = 3;
    private const int PlaceValue = 2;
    private const int WordValue = 2;

    // A longer label is a sentence, a shorter one an abbreviation.
    private const int MinLabel = 3;
    private const int MaxLabel = 28;

    // Addresses name their section first: /sport/football/…
    private const int PlacesLookedAt = 2;

    /// <summary>Finds the topic.</summary>
    /// <param name="categories">The feeds' own labels, the leading report's first.</param>
    /// <param name="headline">Plain text.</param>
    /// <param name="url">The article; its path often names a section.</param>
    /// <returns>A title of at most 28 characters; null where nothing says what it is about.</returns>
    public static string? Of(IReadOnlyList<string> categories, string headline, string? url)
    {
        var scores = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var label in categories)
        {
            // Where a script writes no spaces, a label is a word although it has more than two signs.
            var folded = Folded.Of(label);
            Add(scores, WordTokens.Of(folded).Append(folded).Select(TopicWords.InLabel), LabelValue);
        }

        Add(scores, PlacesOf(url).Select(TopicWords.InLabel), PlaceValue);
        Add(scores, WordTokens.Of(Folded.Of(headline)).Select(TopicWords.InHeadline), WordValue);
        // The words stand in a fixed order, so that two topics that are as likely do not change places.
        var best = TopicWords.Titles.MaxBy(title => scores.GetValueOrDefault(title));
        return best is not null && scores.ContainsKey(best) ? best : categories.Select(Label).FirstOrDefault(IsLabel);
    }

    private static void Add(Dictionary<string, int> scores, IEnumerable<string?> titles, int value)
    {
        foreach (var title in titles.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            scores[title] = scores.GetValueOrDefault(title) + value;
        }
    }

    private static IEnumerable<string> PlacesOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
            ? address
                .AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)
                // The last part is the article itself.
                .SkipLast(1)
                .Take(PlacesLookedAt)
                .Select(Folded.Of)
            : [];

    private static string Label(string category)
    {
        var text = string.Join(' ', category.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 0 ? char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..] : text;
    }

    private static bool IsLabel(string label) =>
        label.Length is >= MinLabel and <= MaxLabel
        && label.All(sign => char.IsLetterOrDigit(sign) || sign is ' ' or '&' or '-' or '\'')
        && label.Any(char.IsLetter)
        && !TopicWords.IsEmpty(Folded.Of(label));
}
