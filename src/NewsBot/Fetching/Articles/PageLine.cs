namespace NewsBot.Fetching.Articles;

/// <summary>A paragraph, heading, list item, table cell or the like.</summary>
/// <param name="Part">The index of the part it stands in.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Without surrounding white space; line breaks where the page has them.</param>
internal sealed record PageLine(int Part, LineKind Kind, string Text)
{
    // Where text is long, a line is read as running text without a full stop as well.
    private const double LongLine = 80;
    private const double ShortSentence = 25;

    // Ingredients and rows of figures are text as well, but menus look like them.
    private const double ListShare = 0.3;

    // A sign of the scripts without spaces says as much as two or three letters.
    private const double UnspacedSign = 2.5;

    /// <summary>Letters that are links.</summary>
    public int Linked { get; init; }

    /// <summary>1 to 6 for a heading, else 0.</summary>
    public int Level { get; init; }

    /// <summary>Which table row it stands in; 0 for none.</summary>
    public int Row { get; init; }

    /// <summary>How much it says, in letters of a script with spaces.</summary>
    public double Size { get; } = SizeOf(Text);

    /// <summary>Whether it leads elsewhere rather than say something.</summary>
    public bool IsLink => Linked * 2 > Text.Length;

    /// <summary>How much running text it is; 0 for labels, headings and links.</summary>
    public double Running =>
        Kind == LineKind.Heading || IsLink ? 0
        : Size >= LongLine || (Size >= ShortSentence && EndsSentence) ? Size
        : Kind is LineKind.Item or LineKind.Cell ? Size * ListShare
        : 0;

    /// <summary>Whether it ends as sentences do.</summary>
    public bool EndsSentence
    {
        get
        {
            var bare = Text.AsSpan().TrimEnd("\"'”’»›)]」』）");
            return bare.Length > 0 && ".!?…。！？؟۔।:;".Contains(bare[^1], StringComparison.Ordinal);
        }
    }

    private static double SizeOf(string text)
    {
        var size = 0d;
        foreach (var letter in text)
        {
            size +=
                letter
                    is (>= '\u3040' and <= '\u30ff')
                        or (>= '\u3400' and <= '\u9fff')
                        or (>= '\uac00' and <= '\ud7af')
                    ? UnspacedSign
                : char.IsWhiteSpace(letter) ? 0.2
                : 1;
        }

        return size;
    }
}
