using System.Text;

namespace NewsBot.Core.Tests.Stories;

/// <summary>Articles whose words are those of no other article.</summary>
internal static class Prose
{
    private static readonly string[] Parts =
        "ba re mi to ka len dor vis an el su pra ti ged on ur ste lo fin mar".Split(' ');

    /// <summary>A text of paragraphs, sentences, names and numbers.</summary>
    /// <param name="seed">The same makes the same text.</param>
    /// <param name="words">How many words.</param>
    public static string Text(int seed, int words)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        var isFirst = true;
        for (var i = 0; i < words; i++)
        {
            var word =
                i % 9 == 5
                    ? random.Next(10, 9_999).ToString(System.Globalization.CultureInfo.InvariantCulture)
                    : Word(random);
            text.Append(isFirst || i % 7 == 3 ? char.ToUpperInvariant(word[0]) + word[1..] : word);
            isFirst = i % 12 == 11;
            text.Append(
                (isFirst, i % 60 == 59) switch
                {
                    (true, true) => ".\n\n",
                    (true, false) => ". ",
                    _ => " ",
                }
            );
        }

        return text.ToString().Trim();
    }

    /// <summary>The same text in which some words were put otherwise.</summary>
    /// <param name="text">The text.</param>
    /// <param name="seed">The same makes the same changes.</param>
    /// <param name="every">One word in so many.</param>
    public static string Edited(string text, int seed, int every)
    {
        var random = new Random(seed);
        return string.Join(' ', text.Split(' ').Select(word => random.Next(every) == 0 ? Word(random) : word));
    }

    private static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(2, 4)).Select(_ => Parts[random.Next(Parts.Length)]));
}
