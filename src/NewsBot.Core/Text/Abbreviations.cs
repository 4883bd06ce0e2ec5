namespace NewsBot.Core.Text;

/// <summary>Knows the full stops that end no sentence.</summary>
internal static class Abbreviations
{
    // No abbreviation is longer; the search back must be short.
    private const int MaxLength = 12;

    // A name or noun always follows these.
    private static readonly HashSet<string> Leading = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr",
        "mrs",
        "ms",
        "mx",
        "dr",
        "prof",
        "sen",
        "rep",
        "gov",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "cmdr",
        "adm",
        "maj",
        "hon",
        "rev",
        "fr",
        "st",
        "ste",
        "mt",
        "messrs",
        "pres",
        "supt",
        "det",
        "insp",
        "vs",
        "v",
        "cf",
        "eg",
        "e.g",
        "i.e",
        "ie",
        "no",
        "nos",
        "fig",
        "figs",
        "vol",
        "pp",
        "p",
        "rs",
        "approx",
        "ca",
        "bzw",
        "z.b",
        "d.h",
        "u.a",
        "vgl",
        "ggf",
        "evtl",
        "inkl",
        "nr",
        "hr",
        "fr",
        "frl",
        "str",
        "abs",
        "art",
        "mme",
        "mlle",
        "mgr",
        "sr",
        "sra",
        "srta",
        "dña",
        "ud",
        "sig",
        "dott",
        "avv",
        "г",
        "ул",
        "им",
        "т.е",
        "т.д",
        "т.п",
        "стр",
        "проф",
        "акад",
        "тов",
        "м",
        "д",
        "см",
        "напр",
        "ed",
        "eds",
        "al",
        "ft",
        "feat",
    };

    // These end a sentence where a new one plainly begins.
    private static readonly HashSet<string> Trailing = new(StringComparer.OrdinalIgnoreCase)
    {
        "inc",
        "ltd",
        "co",
        "corp",
        "llc",
        "plc",
        "bros",
        "jr",
        "etc",
        "usw",
        "dept",
        "univ",
        "assn",
        "ave",
        "blvd",
        "rd",
        "est",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "okt",
        "nov",
        "dec",
        "dez",
        "mio",
        "mrd",
        "млн",
        "млрд",
        "тыс",
        "руб",
        "a.m",
        "p.m",
        "am",
        "pm",
        "u.s",
        "u.k",
        "u.n",
        "e.u",
        "d.c",
        "ph.d",
        "m.d",
        "b.a",
        "m.a",
        "min",
        "max",
    };

    private static readonly HashSet<string> Openings = new(StringComparer.Ordinal)
    {
        "The",
        "A",
        "An",
        "He",
        "She",
        "It",
        "They",
        "We",
        "I",
        "You",
        "In",
        "On",
        "At",
        "But",
        "And",
        "This",
        "That",
        "These",
        "Those",
        "His",
        "Her",
        "Its",
        "Their",
        "Our",
        "If",
        "When",
        "While",
        "After",
        "Before",
        "As",
        "For",
        "However",
        "There",
        "Der",
        "Die",
        "Das",
        "Er",
        "Sie",
        "Es",
        "Wir",
        "Ein",
        "Eine",
        "Im",
        "Am",
        "Le",
        "La",
        "Les",
        "Il",
        "Elle",
        "El",
        "Los",
        "Some",
        "Many",
        "Most",
        "With",
        "By",
        "No",
        "Not",
        "What",
        "Who",
        "How",
        "Why",
        "According",
        "Last",
        "Since",
        "Also",
    };

    private static readonly HashSet<string> Months = new(StringComparer.Ordinal)
    {
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
        "Jänner",
        "Jahrhundert",
        "Jahrhunderts",
        "Bundesliga",
        "Liga",
        "Spieltag",
        "Etage",
        "Platz",
    };

    /// <summary>Whether the full stop at <paramref name="at"/> belongs to the word before it, seen what follows at <paramref name="next"/>.</summary>
    internal static bool Precede(string text, int at, int next)
    {
        var start = at;
        while (
            start > 0 && at - start <= MaxLength && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '.')
        )
        {
            start--;
        }

        var word = text[start..at];
        if (word.Length is 0 or > MaxLength)
        {
            return false;
        }

        var opens = Openings.Contains(WordAt(text, next));
        if (char.IsDigit(word[0]))
        {
            return word.Length <= 2 && Months.Contains(WordAt(text, next));
        }

        var isInitial = word.Length == 1 && word[0] is not 'I';
        var isDotted = word.Length >= 3 && word[1] == '.';
        return Leading.Contains(word)
            || isInitial
            || ((isDotted || Trailing.Contains(word)) && !opens && !IsPlainWord(word, text, start));
    }

    // “Am”, “max” and “mar” are words, too; only capitals or a number before them make them short forms.
    private static bool IsPlainWord(string word, string text, int start) =>
        word is "am" or "pm" or "min" or "max" or "est" or "mar" or "ave"
        && (start < 2 || !char.IsDigit(text[start - 2]) && !char.IsDigit(text[start - 1]));

    private static string WordAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && end - at <= MaxLength && char.IsLetter(text[end]))
        {
            end++;
        }

        return text[at..end];
    }
}
