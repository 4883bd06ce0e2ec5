using System.Text;

namespace NewsBot.Core.Feeds;

/// <summary>Guesses the encoding of bytes nobody labelled rightly, by what the letters would be.</summary>
internal static class FeedEncodingGuess
{
    // Enough letters to tell, and no more work than that.
    private const int Window = 32_768;

    // More than one broken byte in this many is no UTF-8 with a slip in it.
    private const int GoodPerBroken = 20;

    private static readonly DecoderReplacementFallback Broken = new("\uFFFD");

    private static readonly (string Name, Func<char, bool> IsTypical)[] Candidates =
    [
        ("shift_jis", letter => letter is >= '\u3040' and <= '\u30FF'),
        ("euc-jp", letter => letter is >= '\u3040' and <= '\u30FF'),
        ("euc-kr", letter => letter is >= '\uAC00' and <= '\uD7A3'),
        ("big5", letter => CommonTraditional.Contains(letter, StringComparison.Ordinal)),
        ("gb18030", letter => CommonSimplified.Contains(letter, StringComparison.Ordinal)),
        ("windows-1251", letter => letter is >= 'а' and <= 'я'),
        ("koi8-r", letter => letter is >= 'а' and <= 'я'),
        ("windows-1253", letter => letter is >= 'α' and <= 'ώ'),
        ("windows-1255", letter => letter is >= 'א' and <= 'ת'),
        ("windows-1256", letter => letter is >= 'ا' and <= 'ي'),
    ];

    private const string CommonSimplified =
        "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可";
    private const string CommonTraditional =
        "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可";

    /// <summary>The likeliest encoding; windows-1252 where nothing speaks for another.</summary>
    public static Encoding Of(ReadOnlySpan<byte> body)
    {
        var sample = body[..Math.Min(body.Length, Window)];
        if (IsDamagedUtf8(sample))
        {
            return Encoding.UTF8;
        }

        var best = "windows-1252";
        // A text must be mostly of the guessed alphabet, or western letters with accents win.
        var bestShare = 0.4;
        foreach (var (name, isTypical) in Candidates)
        {
            // Without a fallback of ours, the Asian decoders put a mark of their own alphabet for what they cannot read.
            var encoding = Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, Broken);
            var share = Share(encoding, sample, isTypical);
            if (share > bestShare)
            {
                bestShare = share;
                best = name;
            }
        }

        return Encoding.GetEncoding(best);
    }

    private static bool IsDamagedUtf8(ReadOnlySpan<byte> sample)
    {
        var good = 0;
        var broken = 0;
        while (!sample.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(sample, out _, out var length);
            if (status == System.Buffers.OperationStatus.Done)
            {
                good += length > 1 ? 1 : 0;
            }
            else
            {
                broken++;
            }

            sample = sample[length..];
        }

        return good > broken * GoodPerBroken || (broken <= 1 && good > 0);
    }

    private static double Share(Encoding encoding, ReadOnlySpan<byte> sample, Func<char, bool> isTypical)
    {
        var foreign = 0;
        var typical = 0;
        var text = encoding.GetString(sample);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == '\uFFFD')
            {
                foreign += 5;
            }
            else if (letter >= '\u0080')
            {
                foreign++;
                // Accented western letters stand alone among plain ones; those of another alphabet stand together.
                var hasCompany = (i > 0 && text[i - 1] >= '\u0080') || (i + 1 < text.Length && text[i + 1] >= '\u0080');
                typical += hasCompany && isTypical(letter) ? 1 : 0;
            }
        }

        // A handful of common Chinese characters is a fifth of any Chinese text, so they weigh more.
        var weight = encoding.CodePage is 950 or 54936 ? 4.0 : 1.0;
        return foreign == 0 ? 0 : Math.Min(0.95, weight * typical / foreign);
    }
}
