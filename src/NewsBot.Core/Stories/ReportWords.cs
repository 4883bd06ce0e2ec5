using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>Turns headlines and leads into the features clustering compares.</summary>
internal static class ReportWords
{
    // Longer pieces tell inflected forms of a word together, shorter ones tell everything together.
    private const int PieceLength = 4;

    // No headline has more words; a text sold as one must not cost more.
    private const int MaxTitleWords = 40;

    // The first sentences say what happened; what follows says what happened before.
    private const int MaxLeadWords = 60;

    // A text sold as a headline or a lead costs no more than one.
    private const int MaxTitleChars = 1_000;
    private const int MaxLeadChars = 3_000;

    private static readonly HashSet<string> Empty = new(
        (
            "a an the of to in on at for from by with and or but as is are was were be been it its this that these those "
            + "after before over under up down out off into about against between he she his her they their them we our you "
            + "your i my me not no new now says say said will would can could may might has have had do does did how why what "
            + "who when where which than then more most just also amid via vs per all one two first last some any so if us live "
            + "blog video photos photo update updates news report reports watch review "
            + "der die das den dem des ein eine einer eines einem einen und oder aber ist sind war waren wird werden hat haben "
            + "mit von vom zu zum zur im in am an auf aus bei nach vor fur uber unter gegen um als wie was wer wo nicht auch "
            + "sich es er sie wir ihr sein seine nur noch mehr neue neuer neues "
            + "le la les un une des du de et ou mais est sont dans sur sous par pour avec sans qui que dont au aux ce cette ces "
            + "il elle ils son sa ses plus pas "
            + "el los las una unos y o pero es son en con sin por para del al se su sus lo como mas no "
            + "и в во на с со по из за от до о об у к не что как это его ее их для при"
        ).Split(' '),
        StringComparer.Ordinal
    );

    /// <summary>The telling words of a headline, stemmed, in order.</summary>
    internal static List<string> OfTitle(string title) =>
        [.. Telling(Folded.Of(TitleKey.WithoutSite(Headline(title)))).Take(MaxTitleWords)];

    /// <summary>As much of a title as is looked at.</summary>
    internal static string Headline(string title) => title[..Math.Min(title.Length, MaxTitleChars)];

    /// <summary>The telling words of a lead, stemmed, in order.</summary>
    internal static List<string> OfLead(string? lead) =>
        lead is null ? [] : [.. Telling(Folded.Of(lead[..Math.Min(lead.Length, MaxLeadChars)])).Take(MaxLeadWords)];

    /// <summary>Overlapping pieces of four letters, so that “Mongol” meets “Mongolian”.</summary>
    internal static IEnumerable<string> Pieces(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            var framed = $"^{word}$";
            for (var at = 0; at == 0 || at + PieceLength <= framed.Length; at++)
            {
                yield return framed.Substring(at, Math.Min(PieceLength, framed.Length));
            }
        }
    }

    private static IEnumerable<string> Telling(string folded) =>
        WordTokens
            .Of(folded.Replace("'s ", " ", StringComparison.Ordinal))
            .Where(word => word.Length > 1 && !Empty.Contains(word))
            .Select(Stem);

    // Rough on purpose: it only has to treat the plural and the past of a word alike, never to be right.
    private static string Stem(string word)
    {
        if (!char.IsAsciiLetter(word[^1]))
        {
            return word;
        }

        var stem = word switch
        {
            { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
            { Length: > 3 } when word[^1] == 's' && word[^2] != 's' => word[..^1],
            _ => word,
        };
        stem = stem switch
        {
            { Length: > 6 } when stem.EndsWith("ing", StringComparison.Ordinal) => stem[..^3],
            { Length: > 5 } when stem.EndsWith("ed", StringComparison.Ordinal) => stem[..^2],
            _ => stem,
        };
        return stem.Length > 4 && stem[^1] == 'e' ? stem[..^1] : stem;
    }
}
