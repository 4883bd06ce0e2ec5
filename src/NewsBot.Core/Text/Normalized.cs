using System.Text;

namespace NewsBot.Core.Text;

/// <summary>Unicode's normal forms of text from outside, which may hold what is no character.</summary>
public static class Normalized
{
    private const char NoCharacter = '\ufffe';

    /// <param name="text">Any text; lone surrogates and U+FFFE become U+FFFD.</param>
    /// <param name="form">Which of the forms.</param>
    public static string Of(string text, NormalizationForm form) =>
#pragma warning disable RS0030 // This is where its exception is avoided.
        Whole(text).Normalize(form);
#pragma warning restore RS0030

    private static string Whole(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0)
        {
            return text.Replace(NoCharacter, (char)Rune.ReplacementChar.Value);
        }

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Folded.Append(whole, rune.Value == NoCharacter ? Rune.ReplacementChar : rune);
        }

        return whole.ToString();
    }
}
