using System.Globalization;
using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Core.Summaries;

/// <summary>Tells whether a sentence may stand first: one that says “he” or “however” needs the one before it.</summary>
internal sealed class Openings
{
    // “On the other hand” is the longest that is known.
    private const int MostWords = 4;

    // The first sentences tell the language.
    private const int Beginning = 400;

    private readonly OpeningWords _words;

    /// <param name="language">What the source says its language is; null where it says nothing.</param>
    /// <param name="text">The article.</param>
    internal Openings(string? language, string text)
    {
        var told = (LanguageGuess.Of(language, text[..Math.Min(text.Length, Beginning)]) ?? ByScript(text))
            .Split('-', '_')[0]
            .ToLowerInvariant();
        _words = OpeningWords.Of(told is "nb" or "nn" ? "no" : told);
    }

    /// <param name="sentence">One line.</param>
    internal bool Lean(string sentence)
    {
        var start = 0;
        while (start < sentence.Length && !char.IsLetterOrDigit(sentence[start]))
        {
            start++;
        }

        if (start == sentence.Length)
        {
            return true;
        }

        var said = sentence[start..];
        var first = Rune.GetRuneAt(sentence, start) is var rune && Folded.IsUnspaced(rune) && rune.Value < 0xAC00;
        return first ? OpeningWords.Begin(said) : IsFragment(said) || LeansByWords(said);
    }

    internal static string Normal(string word) =>
        Normalized.Of(word, NormalizationForm.FormC).ToLowerInvariant().Replace('’', '\'');

    // “iPhone sales” may begin a sentence, “said the minister” does not.
    private static bool IsFragment(string said) =>
        char.IsLower(said[0]) && said.Length > 1 && !char.IsUpper(said[1]) && !char.IsDigit(said[1]);

    private bool LeansByWords(string said)
    {
        var (words, firstIsName) = FirstWords(said);
        if (firstIsName || words.Count == 0)
        {
            return false;
        }

        var phrase = "";
        foreach (var word in words)
        {
            phrase = phrase.Length == 0 ? word : $"{phrase}_{word}";
            if (_words.Always.Contains(phrase))
            {
                return true;
            }
        }

        return _words.Near.Contains(words[0]) && !(words.Count > 1 && _words.Times.Contains(words[1]));
    }

    // Capitals tell “IT” and “US” from the pronouns.
    private static (List<string> Words, bool FirstIsName) FirstWords(string said)
    {
        List<string> words = [];
        var firstIsName = false;
        var at = 0;
        while (at < said.Length && words.Count < MostWords)
        {
            var start = at;
            while (at < said.Length && IsOfWord(said[at]))
            {
                at++;
            }

            if (at > start)
            {
                var word = said[start..at];
                firstIsName |= words.Count == 0 && word.Length > 1 && word.All(char.IsUpper);
                words.Add(Normal(word));
            }

            at++;
        }

        return (words, firstIsName);
    }

    private static bool IsOfWord(char c) =>
        char.IsLetterOrDigit(c)
        || c is '\u200c'
        || CharUnicodeInfo.GetUnicodeCategory(c)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark;

    private static string ByScript(string text)
    {
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, 200)))
        {
            if (char.IsLetter(c))
            {
                return LanguageScripts.Of(c) switch
                {
                    LanguageScripts.Cyrillic => "ru",
                    LanguageScripts.Arabic => "ar",
                    LanguageScripts.Hangul => "ko",
                    { Length: 2 } single => single,
                    _ => "en",
                };
            }
        }

        return "en";
    }
}
