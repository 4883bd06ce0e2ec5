using System.Buffers;
using System.Globalization;
using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>A headline as it is compared: without the outlet's name, punctuation, case and accents.</summary>
public static class TitleKey
{
    // An outlet's name is short; what is longer belongs to the headline.
    private const int MaxSiteWords = 4;

    // A headline that would keep fewer words is better left whole.
    private const int MinHeadWords = 3;

    private static readonly string[] Separators = [" | ", " :: ", " » ", " · ", " • ", " — ", " – ", " - "];
    private static readonly SearchValues<char> InSeparators = SearchValues.Create("|:»·•—–-");

    /// <summary>The key of a headline.</summary>
    /// <param name="title">Plain text.</param>
    /// <returns>Folded words with one space between; empty where the title has neither letter nor digit.</returns>
    public static string Of(string title) => string.Join(' ', Words(WithoutSite(title)));

    /// <summary>Cuts “ | Outlet” and “ - The Outlet” from the end of a headline.</summary>
    /// <param name="title">Plain text.</param>
    public static string WithoutSite(string title)
    {
        var head = title.Trim();
        while (head.AsSpan().ContainsAny(InSeparators))
        {
            var (at, separator) = Separators
                .Select(separator => (At: head.LastIndexOf(separator, StringComparison.Ordinal), Separator: separator))
                .MaxBy(found => found.At);
            if (at <= 0 || !IsSite(head[(at + separator.Length)..], separator) || !StandsAlone(head[..at]))
            {
                return head;
            }

            head = head[..at].TrimEnd();
        }

        return head;
    }

    private static string[] Words(string title)
    {
        var bare = new StringBuilder(title.Length);
        foreach (var rune in Folded.Of(title).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark)
            {
                Folded.Append(bare, rune);
            }
            else if (rune.Value != '\'')
            {
                bare.Append(' ');
            }
        }

        return bare.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool StandsAlone(string head) =>
        Words(head).Length >= MinHeadWords || head.EnumerateRunes().Count(Folded.IsUnspaced) >= 6;

    // A dash also joins clauses, so behind one only a name in capitals is cut.
    private static bool IsSite(string tail, string separator)
    {
        var words = tail.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isClear = separator is not (" — " or " – " or " - ");
        return words.Length is > 0 and <= MaxSiteWords
            && (
                isClear
                || Array.TrueForAll(words, word => char.IsUpper(word[0]) || word is "of" or "the" or "&" or "de")
            )
            && !tail.EndsWith('?')
            && !tail.EndsWith('!');
    }
}
