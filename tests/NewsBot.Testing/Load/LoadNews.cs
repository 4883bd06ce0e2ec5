using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NewsBot.Testing.Load;

/// <summary>The words of made-up news; each headline carries a mark that tells it from all others. Pure.</summary>
public static partial class LoadNews
{
    private const int Vocabulary = 20_000;

    // What outlets have in common of one event; the rest of a headline is their own.
    private const int CommonWords = 7;

    private static readonly string[] Syllables =
    [
        .. "b d f g h k l m n p r s t v w br st tr"
            .Split(' ')
            .SelectMany(one => "aeiou".Select(other => $"{one}{other}")),
    ];

    /// <param name="source">Who publishes it.</param>
    /// <param name="number">Its number among what the outlet published.</param>
    /// <param name="news">The event it reports; 0 for news of its own.</param>
    public static string Title(int source, int number, int news)
    {
        var own = new Random(Mix(Mix(source, number), 1));
        var text = new StringBuilder();
        Words(text, news == 0 ? own : new Random(-news), CommonWords);
        text.Append(' ');
        Words(text, own, 2);
        return string.Create(CultureInfo.InvariantCulture, $"{text} Zq{source:x}z{number:x}q");
    }

    /// <summary>Sentences about it, as they stand in an article.</summary>
    /// <param name="source">Who publishes it.</param>
    /// <param name="number">Its number among what the outlet published.</param>
    /// <param name="sentences">How many; more begin with the same ones.</param>
    public static string Text(int source, int number, int sentences)
    {
        var dice = new Random(Mix(Mix(source, number), 2));
        var text = new StringBuilder();
        for (; sentences > 0; sentences--)
        {
            text.Append("The ");
            Words(text, dice, dice.Next(7, 18));
            text.Append(". ");
        }

        return text.ToString();
    }

    /// <summary>Finds the marks in a text.</summary>
    public static IEnumerable<(int Source, int Number)> Marks(string text) =>
        Mark()
            .Matches(text)
            .Select(match => (Number(match.Groups["source"].ValueSpan), Number(match.Groups["number"].ValueSpan)));

    /// <summary>One seed of two, the same in every process; <see cref="HashCode"/> is another one in each.</summary>
    public static int Mix(int one, int other) =>
        (int)(unchecked((((ulong)(uint)one << 32) | (uint)other) * 11_400_714_819_323_198_485) >> 33);

    // As in any language, a few words make most of the text.
    private static void Words(StringBuilder text, Random dice, int count)
    {
        for (var word = 0; word < count; word++)
        {
            var rank = (int)Math.Exp(dice.NextDouble() * Math.Log(Vocabulary)) + 20;
            text.Append(word == 0 ? "" : " ");
            for (; rank > 0; rank /= Syllables.Length)
            {
                text.Append(Syllables[rank % Syllables.Length]);
            }
        }
    }

    private static int Number(ReadOnlySpan<char> text) =>
        int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex("Zq(?<source>[0-9a-f]{1,7})z(?<number>[0-9a-f]{1,7})q", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Mark();
}
