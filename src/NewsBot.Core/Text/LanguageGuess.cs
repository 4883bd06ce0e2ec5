using System.Buffers;
using System.Text;

namespace NewsBot.Core.Text;

/// <summary>
/// Tells the language of a text by its script and by the small words every sentence of a language has. It knows the
/// common ones, and says nothing where it is not sure: of a few names no one could tell.
/// </summary>
public static class LanguageGuess
{
    // The first sentences tell as much as the whole.
    private const int MaxChars = 1_200;

    // Fewer letters are a name or two.
    private const int FewestLetters = 8;

    // One small word may stand in a title of another language: “Le Monde wins …”.
    private const int FewestWords = 2;

    // Related languages share small words; the right one has clearly more of them.
    private const double Lead = 1.3;

    // A foreign name in brackets does not change a text's script.
    private const double ScriptShare = 0.6;

    // Hardly a sentence of Persian, Urdu, Pashto or Kurdish does without a letter that Arabic has not.
    private const int ArabicLetters = 24;
    private static readonly SearchValues<char> NotArabic = SearchValues.Create("پچژگکیٹڈڑںےہھټډړښڼېۍێۆەڵڕڤ");

    /// <summary>Guesses the language.</summary>
    /// <param name="text">Plain text; headline and first sentences do best.</param>
    /// <returns>A code of two letters (ISO 639-1); null where it cannot be told.</returns>
    public static string? Of(string text)
    {
        var start = text.Length <= MaxChars ? text : text[..MaxChars];
        var letters = new Dictionary<string, int>(StringComparer.Ordinal);
        var all = 0;
        foreach (var rune in start.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                all++;
                var script = LanguageScripts.Of(rune.Value);
                letters[script] = letters.GetValueOrDefault(script) + 1;
            }
        }

        // A sign that is a word or a syllable says as much as several letters.
        var (best, count) = letters.OrderByDescending(pair => pair.Value).FirstOrDefault();
        if (best is null || count < (LanguageScripts.IsDense(best) ? FewestLetters / 2 : FewestLetters))
        {
            return null;
        }

        return LanguageScripts.IsDense(best) || letters.ContainsKey(LanguageScripts.Kana) ? Dense(letters, all)
            : count < all * ScriptShare ? null
            : LanguageScripts.Single(best)
                ?? ByWords(start, best == LanguageScripts.Latin ? LanguageWords.Latin : LanguageWords.Of(best))
                ?? (
                    best == LanguageScripts.Arabic && count >= ArabicLetters && !start.AsSpan().ContainsAny(NotArabic)
                        ? "ar"
                        : null
                );
    }

    /// <summary>Whether a text is in one of some languages, as far as anybody can tell.</summary>
    /// <param name="language">A language tag such as “en-GB”; null where it is not known.</param>
    /// <param name="wanted">Codes of languages, such as “en”.</param>
    /// <returns>True where the language is not known.</returns>
    public static bool IsOneOf(string? language, IReadOnlyCollection<string> wanted) =>
        language is null
        || wanted.Any(one => Primary(one).Equals(Primary(language), StringComparison.OrdinalIgnoreCase));

    /// <summary>The language of a text of which somebody said what it is.</summary>
    /// <param name="declared">What the feed says; null for nothing. Many feeds say what their software was set to.</param>
    /// <param name="text">Headline and first sentences.</param>
    /// <returns>What the text shows, else what was said; null where neither says anything.</returns>
    public static string? Of(string? declared, string text)
    {
        var guess = Of(text);
        return
            guess is null
            || (declared is not null && Primary(declared).Equals(guess, StringComparison.OrdinalIgnoreCase))
            ? declared
            : guess;
    }

    private static string Primary(string tag) => tag.Split('-', '_')[0];

    // Japanese is written with Chinese signs as well, but hardly a sentence of it without its own.
    private static string? Dense(Dictionary<string, int> letters, int all)
    {
        var kana = letters.GetValueOrDefault(LanguageScripts.Kana);
        var han = letters.GetValueOrDefault(LanguageScripts.Han);
        var hangul = letters.GetValueOrDefault(LanguageScripts.Hangul);
        return hangul > kana + han ? "ko"
            // A Chinese headline may name a Japanese product; a Japanese one has a sign of its own in ten.
            : kana * 10 >= kana + han && kana > 1 ? "ja"
            : han * 2 > all ? "zh"
            : null;
    }

    private static string? ByWords(string text, IReadOnlyDictionary<string, IReadOnlyList<string>> languages)
    {
        var scores = new Dictionary<string, (int Words, double Value)>(StringComparer.Ordinal);
        foreach (var word in Words(text))
        {
            if (languages.TryGetValue(word, out var having))
            {
                foreach (var language in having)
                {
                    var (words, value) = scores.GetValueOrDefault(language);
                    scores[language] = (words + 1, value + 1.0 / having.Count);
                }
            }
        }

        var ranked = scores.OrderByDescending(score => score.Value.Value).Take(2).ToList();
        return
            ranked is [var best, ..]
            && best.Value.Words >= FewestWords
            && (ranked.Count == 1 || best.Value.Value >= ranked[1].Value.Value * Lead)
            ? best.Key
            : null;
    }

    // Accents tell languages apart, so they stay.
    private static List<string> Words(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var sign in Normalized.Of(text, NormalizationForm.FormC).ToLowerInvariant().Append(' '))
        {
            if (
                char.IsLetter(sign)
                || char.GetUnicodeCategory(sign) is System.Globalization.UnicodeCategory.NonSpacingMark
            )
            {
                word.Append(sign);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return words;
    }
}
