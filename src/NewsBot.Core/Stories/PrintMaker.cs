using System.Buffers.Binary;
using System.Numerics;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>Gathers the samples of a text word by word.</summary>
internal ref struct PrintMaker
{
    // Sentences begin alike, but hardly go on alike so far.
    private const int OpeningWords = 24;

    // One for an eighth of the phrases each, and one for a quarter of the opening's.
    private const int PhraseKeys = 8;
    private const int OpeningKeys = TextPrint.Keys - PhraseKeys;
    private const ulong KeyMultiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly Span<uint> _phrases;
    private readonly Span<uint> _facts;
    private readonly Span<uint> _opening;
    private readonly ReadOnlySpan<ulong> _title;
    private readonly ulong _titleBits;
    private ulong _last;
    private ulong _beforeLast;
    private ulong _whole;

    /// <param name="sample">Room for the smallest hashes of phrases, facts and opening, one after the other.</param>
    /// <param name="title">The telling words of the headline.</param>
    public PrintMaker(Span<uint> sample, ReadOnlySpan<ulong> title)
    {
        sample.Fill(uint.MaxValue);
        _phrases = sample[..TextPrint.Phrases];
        _facts = sample.Slice(TextPrint.FactsAt, TextPrint.Facts);
        _opening = sample.Slice(TextPrint.OpeningAt, TextPrint.Opening);
        _title = title;
        foreach (var word in title)
        {
            _titleBits |= Bit(word);
        }
    }

    /// <summary>How many words there were.</summary>
    public int Words { get; private set; }

    /// <summary>Whether a word of the headline was among them.</summary>
    public bool SaysTitle { get; private set; }

    public void Add(scoped in WordReader word)
    {
        var hash = word.Hash;
        Words++;
        _whole = (BitOperations.RotateLeft(_whole, 5) ^ hash) * KeyMultiplier;
        SaysTitle = SaysTitle || ((_titleBits & Bit(hash)) != 0 && _title.Contains(hash));
        if (Words > 2)
        {
            // Three words that stand together.
            var phrase = BitOperations.RotateLeft(_beforeLast, 21) ^ BitOperations.RotateLeft(_last, 42) ^ hash;
            Samples.Add(_phrases, phrase);
            if (Words <= OpeningWords)
            {
                Samples.Add(_opening, phrase);
            }
        }

        if (word.IsName || word.IsNumber)
        {
            Samples.Add(_facts, hash);
        }

        (_beforeLast, _last) = (_last, hash);
    }

    /// <summary>Writes what was gathered to where a print has it.</summary>
    public readonly void Write(Span<byte> print)
    {
        Samples.Write(_phrases, print[..TextPrint.Phrases]);
        Samples.Write(_facts, print.Slice(TextPrint.FactsAt, TextPrint.Facts));
        Samples.Write(_opening, print.Slice(TextPrint.OpeningAt, TextPrint.Opening));
        BinaryPrimitives.WriteUInt32LittleEndian(print[TextPrint.CountAt..], (uint)Words);
        BinaryPrimitives.WriteUInt64LittleEndian(print[TextPrint.WholeAt..], _whole);
        for (var key = 0; key < TextPrint.Keys; key++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(
                print[(TextPrint.Compared + (key * sizeof(uint)))..],
                key < PhraseKeys ? Key(_phrases, key, PhraseKeys) : Key(_opening, key - PhraseKeys, OpeningKeys)
            );
        }
    }

    // Most words are told from those of the headline by it alone.
    private static ulong Bit(ulong word) => 1UL << (int)(word & 63);

    // The same phrase is looked up in the same place wherever it stands in the opening or in the text.
    private static uint Key(ReadOnlySpan<uint> sample, int number, int keys)
    {
        var part = sample.Length / keys;
        var least = uint.MaxValue;
        foreach (var hash in sample.Slice(number * part, part))
        {
            least = Math.Min(least, hash);
        }

        return least == uint.MaxValue ? 0 : (uint)((least * KeyMultiplier) >> 32) | 1;
    }
}
