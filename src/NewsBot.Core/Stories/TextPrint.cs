using System.Buffers.Binary;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>
/// What is remembered of an article's text to recognise copies of it: samples of its phrases, of its names and numbers,
/// of its opening and of its headline. <see cref="Size"/> bytes whatever the length of the text.
/// </summary>
public sealed class TextPrint
{
    // Each sample keeps one byte of the smallest hash in each of its compartments; 0 where nothing fell into it. Two texts
    // have as large a share of equal compartments as of phrases in common.
    internal const int Phrases = 128;
    internal const int Facts = 32;
    internal const int Opening = 16;
    internal const int Title = 16;
    internal const int Keys = 12;

    internal const int FactsAt = Phrases;
    internal const int OpeningAt = FactsAt + Facts;
    internal const int TitleAt = OpeningAt + Opening;
    internal const int CountAt = TitleAt + Title;
    internal const int WholeAt = CountAt + sizeof(uint);

    /// <summary>Bytes that are compared.</summary>
    internal const int Compared = WholeAt + sizeof(ulong);

    /// <summary>How many bytes a print has.</summary>
    public const int Size = Compared + (Keys * sizeof(uint));

    // The longest reports have some 5,000 words; what is longer is no article, and is known well enough by its beginning.
    private const int MaxChars = 64_000;

    // A sentence that is shorter is a caption or a teaser, and everybody's.
    private const int MinWords = 12;

    // A text as short as that without a word of its headline says the same below every headline: “Subscribe to read on”.
    private const int StubWords = 80;
    private const int MaxTitleChars = 400;
    private const int MaxTitleWords = 32;
    private const int MinTellingLetters = 4;

    private TextPrint(byte[] bytes) => Bytes = bytes;

    /// <summary>The print as it may be stored; the same for the same text on every machine.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    internal ReadOnlySpan<byte> Sample => Bytes.Span[..Compared];

    /// <summary>Where texts like this one are looked up; 0 for no place.</summary>
    internal uint Key(int number) =>
        BinaryPrimitives.ReadUInt32LittleEndian(Bytes.Span[(Compared + (number * sizeof(uint)))..]);

    /// <summary>Takes the print of an article.</summary>
    /// <param name="title">Its headline as plain text; may be empty.</param>
    /// <param name="text">Its plain text, of any length.</param>
    /// <returns>Null where the text is too short to be told from others.</returns>
    public static TextPrint? Of(ReadOnlySpan<char> title, ReadOnlySpan<char> text)
    {
        Span<ulong> headline = stackalloc ulong[MaxTitleWords];
        headline = headline[..ReadTitle(title[..Math.Min(title.Length, MaxTitleChars)], headline)];
        var maker = new PrintMaker(stackalloc uint[Phrases + Facts + Opening], headline);
        var words = new WordReader(text[..Math.Min(text.Length, MaxChars)]);
        while (words.Read())
        {
            maker.Add(words);
        }

        if (maker.Words < MinWords || (maker.Words < StubWords && headline.Length > 0 && !maker.SaysTitle))
        {
            return null;
        }

        var bytes = new byte[Size];
        maker.Write(bytes);
        WriteTitle(headline, bytes.AsSpan(TitleAt, Title));
        return new TextPrint(bytes);
    }

    /// <summary>Reads a stored print.</summary>
    /// <param name="bytes">As <see cref="Bytes"/> gave them.</param>
    /// <returns>Null where another version wrote them.</returns>
    public static TextPrint? Parse(byte[] bytes) => bytes.Length == Size ? new TextPrint(bytes) : null;

    private static int ReadTitle(ReadOnlySpan<char> title, Span<ulong> telling)
    {
        var count = 0;
        var words = new WordReader(title);
        while (count < telling.Length && words.Read())
        {
            if (words.Length >= MinTellingLetters || words.IsNumber || words.IsPair)
            {
                telling[count++] = words.Hash;
            }
        }

        return count;
    }

    private static void WriteTitle(ReadOnlySpan<ulong> telling, Span<byte> bytes)
    {
        Span<uint> sample = stackalloc uint[Title];
        sample.Fill(uint.MaxValue);
        foreach (var word in telling)
        {
            Samples.Add(sample, word);
        }

        Samples.Write(sample, bytes);
    }
}
