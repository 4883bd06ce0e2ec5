using System.Text.RegularExpressions;
using NewsBot.Core.Text;

namespace NewsBot.Core.Summaries;

/// <summary>Knows the sentences that belong to the page and not to the news.</summary>
internal static partial class Boilerplate
{
    /// <summary>Whether a sentence is an invitation, a notice, a caption or a byline.</summary>
    internal static bool Is(string sentence) => Is(sentence, Folded.Of(sentence));

    /// <param name="sentence">As it stands there.</param>
    /// <param name="folded">The same, folded.</param>
    internal static bool Is(string sentence, string folded) =>
        PageWords.Are(folded) || Opening().IsMatch(folded) || Anywhere().IsMatch(folded) || Byline().IsMatch(sentence);

    /// <summary>Whether it says in brackets whose the picture is that the sentence before it tells of.</summary>
    internal static bool IsCredit(string sentence) => sentence[0] is '(' or '（' && PageWords.Are(Folded.Of(sentence));

    [GeneratedRegex(
        @"^\W*(sign up|subscribe|click here|read (more|also|the full|next|on)|see also|also read|related( stories| articles| topics)?\s*[:|]|follow us|join us|"
            + @"image( credit| source)?s?\s*[:|]|photos?( by| credit)?\s*[:|]|photo by|picture\s*[:|]|file (photo|picture|image)|getty images|reuters\s*/|watch\s*[:|]|watch (the )?video|listen\s*[:|]|"
            + @"advertisement|story continues|continue reading|share (this|on)|copyright|©|\(c\) |all rights reserved|this (article|story|post) (was|is|has been|originally|first|appeared)|"
            + @"(first )?published\b.{0,40}[0-9]|(last )?updated\b.{0,40}[0-9]|download (the|our)|like us|get the latest|for more (news|information|stories|on)|more (on|from) |"
            + @"disclaimer|editor.?s note|note to (readers|editors)|with inputs from|\(with inputs|\(?this story has not been edited|tags?\s*:|comments?\s*:|please (enable|turn on|log in|subscribe)|"
            + @"anzeige\s*:?\s*$)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Opening();

    [GeneratedRegex(
        @"\b(our (free |daily |weekly |morning )*newsletter|(we|this (web)?site) uses? cookies|cookie (policy|settings)|privacy policy|terms (of use|of service|and conditions)|"
            + @"sign up (for|to) (our|the|free)|subscribe (to|now)|all rights reserved|enable javascript|your browser (does|is)|unsere cookies|verwenden cookies|"
            + @"click here|follow (us|him|her|them) on (twitter|facebook|instagram|x)|contact (us|the author) at|affiliate (links?|commission)|inbox every)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Anywhere();

    [GeneratedRegex(
        @"^(By|Von|Par|Por|Di) (\p{Lu}[\p{L}.'’-]+[ ,]*(and |und |et |y )?){1,6}[|,–—-]?( .{0,40})?(?<![.!?。])$",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Byline();
}
