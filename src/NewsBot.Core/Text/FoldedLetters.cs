using System.Buffers;

namespace NewsBot.Core.Text;

/// <summary>Folds letters that can be folded one by one, whatever stands beside them: most of what people write.</summary>
internal ref struct FoldedLetters
{
    // Latin, Greek and Cyrillic, and the signs of typesetting.
    private const int Letters = 0x0530;
    private const char FirstSign = '\u2000';
    private const int Signs = 0x70;

    private static readonly string?[] Known = new string?[Letters + Signs];

    private Span<char> _room;
    private char[]? _rented;
    private int _length;

    public FoldedLetters(Span<char> room) => _room = room;

    /// <summary>Adds a text.</summary>
    /// <returns>False where a letter needs its neighbours to be folded; then nothing was gained.</returns>
    public bool TryAdd(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (letter < 0x80)
            {
                Add(char.ToLowerInvariant(letter));
            }
            else if (IsItself(letter))
            {
                Add(letter);
            }
            else if (Fold(letter) is { } folded)
            {
                foreach (var one in folded)
                {
                    Add(one);
                }
            }
            else
            {
                Return();
                return false;
            }
        }

        return true;
    }

    /// <summary>What was added, with one space between words and none at the ends.</summary>
    public string Done()
    {
        var text = _room[.._length].TrimEnd(' ').ToString();
        Return();
        return text;
    }

    // Kana, Han and Hangul syllables have neither case nor accents that are left out.
    private static bool IsItself(char letter) =>
        letter
            is (>= '\u3041' and <= '\u3096')
                or (>= '\u30a1' and <= '\u30fa')
                or '\u30fc'
                or (>= '\u3001' and <= '\u3003')
                or (>= '\u300c' and <= '\u300f')
                or (>= '\u4e00' and <= '\u9fff')
                or (>= '\uac00' and <= '\ud7a3');

    private static string? Fold(char letter)
    {
        var place = letter switch
        {
            // They belong to the letter before them.
            (>= '\u0300' and <= '\u036f') or (>= '\u0483' and <= '\u0489') => -1,
            < (char)Letters => letter,
            >= FirstSign and < (char)(FirstSign + Signs) => Letters + letter - FirstSign,
            _ => -1,
        };
        if (place < 0)
        {
            return null;
        }

        return Known[place] ??= Folded.Slowly(letter.ToString());
    }

    private void Add(char letter)
    {
        if (char.IsWhiteSpace(letter) || char.IsControl(letter))
        {
            if (_length == 0 || _room[_length - 1] == ' ')
            {
                return;
            }

            letter = ' ';
        }

        if (_length == _room.Length)
        {
            Grow();
        }

        _room[_length++] = letter;
    }

    private void Grow()
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(1_024, _room.Length * 2));
        _room[.._length].CopyTo(larger);
        Return();
        _room = _rented = larger;
    }

    private void Return()
    {
        if (_rented is { } rented)
        {
            ArrayPool<char>.Shared.Return(rented);
            _rented = null;
        }
    }
}
