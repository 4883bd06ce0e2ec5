using System.Globalization;
using System.Text;

namespace NewsBot.Core.Text;

/// <summary>Tells characters that nobody sees. Pure.</summary>
public static class Invisible
{
    /// <summary>Whether a text shows nothing at all.</summary>
    public static bool IsAll(string text) => text.EnumerateRunes().All(Is);

    /// <summary>Fillers: they count as letters, marks or signs, and no font draws them.</summary>
    public static bool IsFiller(Rune rune) =>
        rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x034F or 0x17B4 or 0x17B5 or 0x2800;

    private static bool Is(Rune rune) =>
        IsFiller(rune)
        // These choose between the forms of the sign before them.
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF)
        || Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.OtherNotAssigned;
}
