using System.Globalization;
using System.Text;

namespace NewsBot.Core.Text;

/// <summary>
/// Reads a text's words one after the other as hashes, blind to case, accents and typography, without making a string.
/// Where a script puts no spaces, each pair of neighbours is a word.
/// </summary>
/// <param name="text">Plain text of any length.</param>
public ref struct WordReader(ReadOnlySpan<char> text)
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;
    private ulong _lastSign;
    private bool _afterStop = true;

    /// <summary>The last word's hash; the same on every machine, so that it may be stored.</summary>
    public ulong Hash { readonly get; private set; }

    /// <summary>How many letters and digits the last word has; 2 for a pair of signs.</summary>
    public int Length { readonly get; private set; }

    /// <summary>Whether the last word begins with a digit.</summary>
    public bool IsNumber { readonly get; private set; }

    /// <summary>Whether the last word is a pair of signs of a script without spaces.</summary>
    public bool IsPair { readonly get; private set; }

    /// <summary>Whether the last word is written with a capital within a sentence, as names are.</summary>
    public bool IsName { readonly get; private set; }

    /// <summary>Goes on to the next word.</summary>
    /// <returns>False at the end.</returns>
    public bool Read()
    {
        // Locals: this is the inmost loop of all that looks for copies.
        var signs = _text;
        var (at, length, hash) = (_at, 0, 0UL);
        for (; at < signs.Length; at++)
        {
            var (kind, folded) = Signs.Of(signs[at]);
            if (kind is SignKind.Small or SignKind.Capital or SignKind.Digit)
            {
                if (length++ == 0)
                {
                    IsNumber = kind is SignKind.Digit;
                    IsName = kind is SignKind.Capital && !_afterStop;
                }

                hash = (hash + folded) * Multiplier;
                hash ^= hash >> 32;
            }
            else if (kind is SignKind.Unspaced && length == 0)
            {
                if (Pair(folded, out var pair))
                {
                    _at = at + 1;
                    return Found(pair, 2);
                }
            }
            else if (kind is not SignKind.Mark)
            {
                if (length > 0)
                {
                    break;
                }

                _lastSign = 0;
                _afterStop |= kind is SignKind.Stop;
            }
        }

        _at = at;
        if (length == 0)
        {
            return false;
        }

        (_lastSign, IsPair) = (0, false);
        return Found(hash, length);
    }

    private bool Found(ulong hash, int length)
    {
        Hash = hash ^ (hash >> 29);
        Length = length;
        _afterStop = false;
        return true;
    }

    private bool Pair(char sign, out ulong hash)
    {
        hash = ((_lastSign * Multiplier) + sign) * Multiplier;
        var isPair = _lastSign != 0;
        (_lastSign, IsPair, IsNumber, IsName) = (sign, isPair, false, false);
        return isPair;
    }

    private enum SignKind : byte
    {
        Unknown,
        Space,
        Stop,
        Mark,
        Small,
        Capital,
        Digit,
        Unspaced,
    }

    // What each sign is, found out when it is first met: a text has few different ones.
    private static class Signs
    {
        private static readonly uint[] Known = new uint[char.MaxValue + 1];

        public static (SignKind Kind, char Folded) Of(char sign)
        {
            var known = Known[sign];
            if (known == 0)
            {
                known = Look(sign);
                Known[sign] = known;
            }

            return ((SignKind)(known >> 16), (char)known);
        }

        private static uint Look(char sign)
        {
            var (kind, folded) = Tell(sign);
            return ((uint)kind << 16) | folded;
        }

        private static (SignKind Kind, char Folded) Tell(char sign)
        {
            if (char.IsSurrogate(sign))
            {
                // Pictures mostly; letters among them are too rare to be told apart.
                return (SignKind.Space, ' ');
            }

            if (sign is '.' or '!' or '?' or '\n' or ':' or '"' or '。' or '！' or '？' or '…' or '“' or '„' or '«')
            {
                return (SignKind.Stop, sign);
            }

            if (char.IsWhiteSpace(sign) || char.IsControl(sign))
            {
                return (SignKind.Space, ' ');
            }

            // Some marks only fall away behind a letter.
            var folded = Folded.Of($"x{sign}");
            if (folded.Length < 2 || folded[1] == '\'')
            {
                return (SignKind.Mark, sign);
            }

            return (Rune.TryCreate(folded[1], out var rune), char.GetUnicodeCategory(folded[1])) switch
            {
                (true, _) when Folded.IsUnspaced(rune) => (SignKind.Unspaced, folded[1]),
                (_, UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark) => (
                    SignKind.Small,
                    folded[1]
                ),
                _ when char.IsDigit(folded[1]) => (SignKind.Digit, folded[1]),
                _ when char.IsLetter(folded[1]) => (char.IsUpper(sign) ? SignKind.Capital : SignKind.Small, folded[1]),
                _ => (SignKind.Space, ' '),
            };
        }
    }
}
