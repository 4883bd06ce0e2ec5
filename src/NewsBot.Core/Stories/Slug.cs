using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>The readable part of a story's address.</summary>
public static class Slug
{
    /// <summary>No slug is longer, in UTF-16 units.</summary>
    public const int MaxLength = 80;

    /// <summary>Makes a slug of a headline.</summary>
    /// <param name="title">Plain text.</param>
    /// <returns>Lower-case letters and digits of any script, words joined by “-”; “story” where nothing is left.</returns>
    public static string Of(string title)
    {
        var slug = new StringBuilder(MaxLength);
        var wordEnd = 0;
        foreach (var rune in Folded.Of(title).EnumerateRunes())
        {
            if (rune.Value == '\'')
            {
                continue;
            }

            var fits = slug.Length + rune.Utf16SequenceLength <= MaxLength;
            if (!fits)
            {
                // A whole word less reads better than half a word more, unless that would leave little.
                slug.Length = wordEnd > MaxLength / 2 && Rune.IsLetterOrDigit(rune) ? wordEnd : slug.Length;
                break;
            }

            if (Rune.IsLetterOrDigit(rune))
            {
                slug.Append(rune.ToString());
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                wordEnd = slug.Length;
                slug.Append('-');
            }
        }

        var text = slug.ToString().Trim('-');
        return text.Length > 0 ? text : "story";
    }
}
