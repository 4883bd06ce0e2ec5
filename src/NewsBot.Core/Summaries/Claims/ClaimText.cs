using System.Globalization;
using System.Text.RegularExpressions;
using NewsBot.Core.Text;

namespace NewsBot.Core.Summaries.Claims;

/// <summary>What a sentence claims, as far as it can be compared: its words, names, numbers and quotations, and what turns it round.</summary>
internal sealed partial class ClaimText
{
    // Shorter words are mostly grammar.
    private const int MinTelling = 4;

    private ClaimText(string text)
    {
        var folded = Folded.Of(text);
        Words = [.. WordTokens.Of(folded)];
        Telling = [.. Words.Where(word => Tells(word)).Distinct(StringComparer.Ordinal)];
        Numbers = [.. NumbersOf(text)];
        Quotations = [.. Quotation().Matches(text).Select(match => Plain(match.Groups["words"].Value))];
        Names = [.. NamesOf(text)];
        First = FirstWord().Match(text) is { Success: true } first ? Folded.Of(first.Groups["word"].Value) : "";
        IsNegated = ClaimWords.Negates(Words) || ClaimWords.NegatesInSigns(text);
        Turns = [.. Words.Where(ClaimWords.Turns.Contains)];
        // The month is no doubt.
        IsHedged =
            Turns.Count > 0
            || Words.Exists(word => ClaimWords.Hedges.Contains(word) && !Names.Contains(word, StringComparer.Ordinal));
        Rises = Words.Exists(ClaimWords.Up.Contains);
        Falls = Words.Exists(ClaimWords.Down.Contains);
    }

    /// <summary>All words, folded, in order.</summary>
    internal List<string> Words { get; }

    /// <summary>Its words without grammar, each once.</summary>
    internal IReadOnlyList<string> Telling { get; }

    /// <summary>Numbers with what multiplies them, such as "3.5 million" or "12", in order.</summary>
    internal IReadOnlyList<string> Numbers { get; }

    /// <summary>What stands in quotation marks, folded.</summary>
    internal IReadOnlyList<string> Quotations { get; }

    /// <summary>Words that are written like names, folded, in order.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>The first word, folded: whether it is a name, its capital does not tell.</summary>
    internal string First { get; }

    internal bool IsNegated { get; }

    /// <summary>Whether it says that something may, shall or is said to be.</summary>
    internal bool IsHedged { get; }

    /// <summary>Words such as "denied" or "failed": without them the sentence says the opposite.</summary>
    internal IReadOnlyList<string> Turns { get; }

    internal bool Rises { get; }

    internal bool Falls { get; }

    internal static ClaimText Of(string text) => new(text);

    /// <summary>Whether two words are forms of one.</summary>
    internal static bool IsSameWord(string a, string b)
    {
        if (a == b)
        {
            return true;
        }

        var common = 0;
        while (common < a.Length && common < b.Length && a[common] == b[common])
        {
            common++;
        }

        // “announced” and “announcing”, “Land” and “Landes”; not “inter…” and “inter…”.
        return common >= MinTelling && Math.Max(a.Length, b.Length) - common <= (common > MinTelling ? 3 : 2);
    }

    /// <summary>A quotation as it is compared: without typography.</summary>
    internal static string Plain(string text) => Folded.Of(text).Trim(' ', '.', ',', '"', '\'');

    private static bool Tells(string word) =>
        !ClaimWords.Grammar.Contains(word)
        && (word.Length >= MinTelling || word.Any(char.IsDigit) || word.EnumerateRunes().All(Folded.IsUnspaced));

    private static IEnumerable<string> NamesOf(string text)
    {
        var words = Word().Matches(text).Select(match => match.Value).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var isLong = words[i].Length > 1;
            var inside = isLong && words[i].Skip(1).Any(char.IsUpper);
            var followed = i + 1 < words.Count && char.IsUpper(words[i + 1][0]);
            if (char.IsUpper(words[i][0]) && isLong && (i > 0 || inside || followed) || inside)
            {
                foreach (var part in WordTokens.Of(Folded.Of(Possessive().Replace(words[i], ""))))
                {
                    if (part.Length > 1 && !ClaimWords.Grammar.Contains(part))
                    {
                        yield return part;
                    }
                }
            }
        }
    }

    private static IEnumerable<string> NumbersOf(string text)
    {
        foreach (Match match in Number().Matches(text))
        {
            var digits = Value(match.Groups["digits"].Value);
            var unit = Folded.Of(match.Groups["unit"].Value);
            var power = ClaimWords.Powers.FirstOrDefault(pair => unit.StartsWith(pair.Start, StringComparison.Ordinal));
            yield return power.Start is null ? digits : $"{digits} {power.Name}";
        }

        foreach (var word in WordTokens.Of(Folded.Of(text)))
        {
            if (ClaimWords.Numerals.TryGetValue(word, out var value))
            {
                yield return value;
            }
        }
    }

    // 1,000 and 1.000 are the same thousand; 3,5 and 3.5 the same three and a half.
    private static string Value(string digits)
    {
        var plain = Grouping().Replace(digits, "").Replace(',', '.').TrimEnd('.');
        var ascii = string.Concat(
            plain.Select(c =>
                char.IsDigit(c)
                    ? CharUnicodeInfo.GetDecimalDigitValue(c).ToString(CultureInfo.InvariantCulture)
                    : c.ToString()
            )
        );
        return ascii.Contains('.', StringComparison.Ordinal) ? ascii.TrimEnd('0').TrimEnd('.') : ascii;
    }

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}\p{N}'’.&-]*", RegexOptions.None, 1_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"['’]s?$", RegexOptions.None, 1_000)]
    private static partial Regex Possessive();

    [GeneratedRegex(@"^\W*(?<word>[\p{L}\p{M}]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex FirstWord();

    [GeneratedRegex(
        @"(?<digits>\p{Nd}+([.,'’\u00a0\u202f ]\p{Nd}{3})*([.,]\p{Nd}+)?)(?<unit>[\s\u00a0-]?(%|\p{L}+))?",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Number();

    [GeneratedRegex(@"[.,'’\u00a0\u202f ](?=\p{Nd}{3}(\D|$))", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Grouping();

    [GeneratedRegex(
        "[“”„\"«»「『](?<words>[^“”„\"«»「」『』]{2,500})[“”\"«»」』]",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Quotation();
}
