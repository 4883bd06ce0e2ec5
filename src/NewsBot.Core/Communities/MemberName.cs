using System.Globalization;
using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Core.Communities;

/// <summary>A name somebody may write under.</summary>
/// <param name="Value">As shown: 1 to 40 characters, single spaces, no control or direction characters.</param>
/// <param name="Key">Folded for comparison: two names that look alike apart from case and width are one.</param>
public sealed record MemberName(string Value, string Key)
{
    public const int MaxChars = 40;

    // Scripts that stack marks need fewer; more of them climb over the lines above.
    private const int MaxMarksInRow = 4;

    // The bot's own name, and words that chat platforms turn into pings of everybody.
    private static readonly string[] Reserved = ["newsbot", "everyone", "here", "channel"];

    // Nobody speaks in the bot's name, however it is spelled.
    private static readonly string Own = Lookalikes.OfLetters(Reserved[0]);

    /// <summary>What it looks like, see <see cref="Lookalikes"/>: two names that look alike are taken for one by who reads them.</summary>
    public string Look => Lookalikes.Of(Value);

    /// <param name="text">What was typed.</param>
    /// <param name="name">The name; null where it cannot be one.</param>
    /// <param name="problem">One sentence saying what is wrong; null where nothing is.</param>
    public static bool TryParse(string? text, out MemberName? name, out string? problem)
    {
        name = null;
        var value = string.Join(' ', Clean(text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        problem = value switch
        {
            "" => "A name needs at least one letter or digit.",
            { Length: > MaxChars } => string.Create(
                CultureInfo.InvariantCulture,
                $"A name may have at most {MaxChars} characters; this one has {value.Length}."
            ),
            _ when !value.EnumerateRunes().Any(Rune.IsLetterOrDigit) => "A name needs at least one letter or digit.",
            _ when Reserved.Contains(Fold(value).TrimStart('@'), StringComparer.Ordinal)
                    || Lookalikes.OfLetters(value) == Own => $"“{value}” is reserved. Pick another name.",
            _ => null,
        };
        if (problem is null)
        {
            name = new MemberName(value, Fold(value));
        }

        return name is not null;
    }

    private static string Fold(string value) => Normalized.Of(value, NormalizationForm.FormKC).ToLowerInvariant();

    private static string Clean(string text)
    {
        var cleaned = new StringBuilder();
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            switch (category)
            {
                // Fillers count as letters, and a name of them could not be seen.
                case var _ when marks > MaxMarksInRow || Invisible.IsFiller(rune):
                    break;
                case UnicodeCategory.Control
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator:
                    cleaned.Append(' ');
                    break;
                // Format characters turn the text around or hide in it.
                case UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                    break;
                default:
                    cleaned.Append(rune);
                    break;
            }
        }

        return Normalized.Of(cleaned.ToString(), NormalizationForm.FormC);
    }
}
