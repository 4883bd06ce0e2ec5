using System.Buffers;
using System.Text.RegularExpressions;

namespace NewsBot.Core.Summaries;

/// <summary>
/// Finds what stands before the first sentence of a report and is none of it: where and when it was filed and by whom, as in
/// “LONDON, March 3 (Reuters) –”, “नई दिल्ली:” or “北京3月3日电”.
/// </summary>
internal static partial class Dateline
{
    // No dateline is longer.
    private const int MostLetters = 90;
    private const int MostWords = 9;

    private static readonly SearchValues<char> Marks = SearchValues.Create("()[]【】［］（）/@:：-–—―－=电電讯訊");

    // Brackets, place and agency may follow one another.
    private const int MostParts = 4;

    /// <param name="sentence">A sentence of the source.</param>
    /// <returns>
    /// The length of what stands before the sentence proper; 0 where there is nothing; the whole length where what follows is
    /// no sentence.
    /// </returns>
    internal static int LengthIn(string sentence)
    {
        var at = 0;
        for (var part = 0; part < MostParts; part++)
        {
            var length = PartIn(sentence[at..]);
            if (length == 0)
            {
                break;
            }

            at += length;
        }

        return at > 0 && !BeginsSentence(sentence, at) ? sentence.Length : at;
    }

    private static int PartIn(string text)
    {
        // Most sentences have none of these near their beginning.
        var head = text.AsSpan(0, Math.Min(text.Length, MostLetters));
        if (!head.ContainsAny(Marks))
        {
            return 0;
        }

        var match = Address().Match(text);
        match = match.Success ? match : Filed().Match(text);
        if (match.Success)
        {
            return match.Length;
        }

        var length = Bracketed(text);
        length = length > 0 ? length : WithAgency(text);
        return length > 0 ? length : WithoutAgency(text);
    }

    // “【東京＝山田太郎】”, “(서울=연합뉴스) 홍길동 기자 =”, “(ANSA) -”.
    private static int Bracketed(string text)
    {
        var match = Brackets().Match(text);
        return
            match.Success
            && (
                text[0] is '【' or '［'
                || DatelineNames.IsAgency(match.Groups["in"].Value)
                || DatelineNames.IsPlace(match.Groups["in"].Value)
                || Signed().IsMatch(match.Groups["in"].Value)
            )
            ? match.Length
            : 0;
    }

    private static int WithAgency(string text)
    {
        var match = Agency().Match(text);
        return
            match.Success
            && DatelineNames.IsAgency(match.Groups["in"].Value)
            && IsPlaceAndDay(match.Groups["head"].Value)
            && (match.Groups["mark"].Success || BeginsSentence(text, match.Length))
            ? match.Length
            : 0;
    }

    private static int WithoutAgency(string text)
    {
        var match = Marked().Match(text);
        var head = match.Groups["head"].Value.Trim();
        if (!match.Success || !(BeginsSentence(text, match.Length) || DatelineNames.IsAgency(head)))
        {
            return 0;
        }

        var place = head.Split(',', '،', '、')[0];
        return
            DatelineNames.IsAgency(head)
            || DatelineNames.IsPlace(place)
            || (
                IsPlaceAndDay(head)
                && (IsCapital(head) || (head.Contains(',', StringComparison.Ordinal) && head.Any(char.IsDigit)))
            )
            ? match.Length
            : 0;
    }

    private static bool IsCapital(string head)
    {
        var place = head.Split(',', '(')[0];
        return place.Count(char.IsUpper) > 2 && !place.Any(char.IsLower);
    }

    // Names are written with capitals; a month need not be, beside its day.
    private static bool IsPlaceAndDay(string head)
    {
        var words = head.Split([' ', ',', '،', '.'], StringSplitOptions.RemoveEmptyEntries);
        var hasDay = head.Any(char.IsDigit);
        return words.Length <= MostWords
            && words.All(word => !char.IsLower(word[0]) || word.Length <= 3 || hasDay)
            && words.Count(word => char.IsLower(word[0])) <= 3;
    }

    private static bool BeginsSentence(string text, int at)
    {
        while (at < text.Length && !char.IsLetterOrDigit(text[at]))
        {
            at++;
        }

        return at < text.Length && (!char.IsLower(text[at]) || (at + 1 < text.Length && char.IsUpper(text[at + 1])));
    }

    // The writer's address, as careless pages put it.
    [GeneratedRegex(
        @"^[\w.+-]{1,40}@[\w.-]{1,60}?\.(com|org|net|info|in|uk|de|fr|es|it|ru|pl|eu)(\.[a-z]{2})?(?=[\s\p{Lu}])\s*",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Address();

    [GeneratedRegex(
        @"^[^。，,\s0-9（(]{0,14}(([0-9]{1,2}月)?[0-9]{1,2}日\s*)(综合|專|专)?(电|電|讯|訊)\s*([（(][^）)]{1,40}[）)])?[\s:：,，]*|^[^。，,\s0-9（(]{0,8}(讯|訊)\s*([（(][^）)]{1,40}[）)])?\s*[:：\s]\s*",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Filed();

    [GeneratedRegex(
        @"^[\[(【［（/](?<in>[^\])】］）/]{1,45})[\])】］）/]\.?\s*(\p{IsHangulSyllables}{2,4}\s*(기자|특파원)\s*)?(?<mark>[-–—―－ー:：=＝]+\s*)?",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Brackets();

    [GeneratedRegex(@"[=＝]|[0-9]日|(电|電|讯|訊)$|記者|记者", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Signed();

    [GeneratedRegex(
        @"^(?<head>[^!?。()（）\[\]/]{0,70})[(\[（/](?<in>[^()\[\]（）/]{1,40}(/[^()\[\]（）/]{1,20})?)[)\]）/]\s*(?<mark>\.?\s*[-–—―－ー:：।=]+)?[\s.,]*",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Agency();

    [GeneratedRegex(
        @"^(?<head>[^!?。:：()（）–—―]{2,60}?)(\s+[-–—―]+\s+|\s*[–—―]+\s*|\s*--+\s*|\.\s?[-–—]\s*|\s*[:：]\s*)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Marked();
}
