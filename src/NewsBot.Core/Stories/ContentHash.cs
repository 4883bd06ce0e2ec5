using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>A hash of what an entry says, blind to how it is typed.</summary>
public static partial class ContentHash
{
    // 128 bits: no two texts of a newsroom will meet by chance.
    private const int Length = 32;

    /// <summary>Hashes headline and text.</summary>
    /// <param name="title">Plain text.</param>
    /// <param name="text">Plain text; may be empty.</param>
    /// <returns>
    /// 32 hexadecimal digits, equal where only white space, punctuation, case, typographic signs, a note such as
    /// “Updated 10:32” or a counter such as “12 comments” differ.
    /// </returns>
    public static string Of(string title, string text)
    {
        var normal = Normal(title) + "\n" + Normal(text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normal)))[..Length];
    }

    internal static string Normal(string text)
    {
        var folded = Folded.Of(text);
        // Both are made of digits, and looking for them takes longer than all the rest.
        if (folded.AsSpan().ContainsAnyInRange('0', '9'))
        {
            folded = Counter().Replace(TimeNote().Replace(folded, " "), " ");
        }

        var words = new StringBuilder(folded.Length);
        foreach (var rune in folded.EnumerateRunes())
        {
            // A sign before a digit changes what is said.
            var isWord = !Rune.IsWhiteSpace(rune) && !Rune.IsPunctuation(rune) && !Rune.IsSymbol(rune);
            if (isWord || rune.Value is '%' or '€' or '$' or '£')
            {
                Folded.Append(words, rune);
            }
            else if (rune.Value != '\'' && words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return words.ToString().TrimEnd();
    }

    // What readers did is counted anew at each look, and is no news. Words that sports and markets count as well, such as
    // points and shares, are counters only where a colon follows them.
    [GeneratedRegex(
        @"\(?\b[0-9][0-9.,]{0,12}[km]? ?(comments?|replies|views|likes|upvotes|retweets|kommentare?|aufrufe|antworten|commentaires?|vues|reponses|comentarios?|vistas|visualizacoes|commenti|visualizzazioni|reacties|комментари(й|я|ев)|просмотр(а|ов)?)\b\)?"
            + @"|\b(comments?|replies|views|likes|upvotes|points|score|votes|kommentare|aufrufe|commentaires|comentarios|commenti|комментарии|просмотры) ?: ?[0-9][0-9.,]{0,12}[km]?\b",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Counter();

    [GeneratedRegex(
        @"\b(last |zuletzt )?(updated?|published|posted|modified|aktualisiert|veroffentlicht|stand|mis a jour|publie|actualizado|publicado|aggiornato|обновлено)\b(?=[^.!?]{0,12}[0-9])"
            + @"([ :,.|/-]|[0-9]|\b(at|on|am|pm|a|p|m|um|den|vom|le|la|las|el|il|les|alle|de|h|uhr|ago|vor|minutes?|mins?|hours?|minuten|stunden|gmt|utc|bst|est|edt|cet|cest|mez|mesz|et|pt|ist|"
            + @"mon(day)?|tue(sday)?|wed(nesday)?|thu(rsday)?|fri(day)?|sat(urday)?|sun(day)?|"
            + @"jan(uary|uar)?|feb(ruary|ruar)?|mar(ch)?|marz|apr(il)?|may|mai|june?|juni|july?|juli|aug(ust)?|sept?(ember)?|oct(ober)?|okt(ober)?|nov(ember)?|dec(ember)?|dez(ember)?)\b)*[0-9]+(:[0-9]+)*( ?(am|pm|uhr|gmt|utc|bst|est|edt|cet|cest|ist|et|pt|minutes? ago|mins? ago|hours? ago)\b)*",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex TimeNote();
}
