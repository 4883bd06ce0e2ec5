using System.Buffers.Binary;

namespace NewsBot.Core.Stories;

/// <summary>Decides from their prints whether one text copies another. Pure.</summary>
internal static class TextLikeness
{
    // Half a text with two paragraphs of somebody else's is still known by its opening.
    private const double OpensAlike = 0.2;
    private const double MinContained = 0.5;

    // Below one headline an edited text may open differently.
    private const double TitledAlike = 0.38;
    private const double MinContainedOfTitled = 0.65;

    // Texts that open differently below different headlines may share a background, or what an outlet puts below all its own.
    private const double Alike = 0.55;

    private const double SameOpening = 0.3;
    private const double SameTitle = 0.6;
    private const int MinTitleWords = 2;

    // Copies keep names and numbers and lose words; reports made from one mould, of matches, weather and markets, keep the
    // words and change names and numbers.
    private const double MouldedFacts = 0.4;
    private const int MinFacts = 6;
    private const double Verbatim = 0.92;

    // In a few words chance is large.
    private const int ShortWords = 40;
    private const double ShortLikeness = 0.6;

    /// <summary>How alike two texts are of which one copies the other.</summary>
    /// <returns>0 where neither copies the other.</returns>
    public static double Of(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other)
    {
        var (words, otherWords) = (Words(text), Words(other));
        var isShort = Math.Min(words, otherWords) < ShortWords;
        if (words == otherWords && text[TextPrint.WholeAt..].SequenceEqual(other[TextPrint.WholeAt..]))
        {
            return isShort && !HaveSameTitle(text, other) ? 0 : 1;
        }

        var alike = Samples.Compare(text[..TextPrint.Phrases], other[..TextPrint.Phrases]).Share;
        if (alike < OpensAlike)
        {
            return 0;
        }

        var contained = Contained(alike, words, otherWords);
        var isCopy = isShort
            ? alike >= ShortLikeness && HaveSameTitle(text, other)
            : alike >= Alike
                || (contained >= MinContained && HaveSameOpening(text, other))
                || (alike >= TitledAlike && contained >= MinContainedOfTitled && HaveSameTitle(text, other));
        return isCopy && !AreMoulded(text, other, alike) ? alike : 0;
    }

    // Of the phrases of the shorter text those that stand in the longer one.
    private static double Contained(double alike, int words, int otherWords) =>
        alike / (1 + alike) * (words + otherWords) / Math.Min(words, otherWords);

    private static bool HaveSameOpening(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other) =>
        Samples.Compare(Opening(text), Opening(other)).Share >= SameOpening;

    private static bool HaveSameTitle(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other)
    {
        var titles = Samples.Compare(Title(text), Title(other));
        return titles.Same > Math.Max(MinTitleWords - 1, SameTitle * titles.Fewer) - 0.5;
    }

    private static bool AreMoulded(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other, double alike)
    {
        var facts = Samples.Compare(Facts(text), Facts(other));
        return alike < Verbatim && facts.Either >= MinFacts && facts.Share < MouldedFacts * alike;
    }

    private static int Words(ReadOnlySpan<byte> text) =>
        (int)BinaryPrimitives.ReadUInt32LittleEndian(text[TextPrint.CountAt..]);

    private static ReadOnlySpan<byte> Facts(ReadOnlySpan<byte> text) => text.Slice(TextPrint.FactsAt, TextPrint.Facts);

    private static ReadOnlySpan<byte> Opening(ReadOnlySpan<byte> text) =>
        text.Slice(TextPrint.OpeningAt, TextPrint.Opening);

    private static ReadOnlySpan<byte> Title(ReadOnlySpan<byte> text) => text.Slice(TextPrint.TitleAt, TextPrint.Title);
}
