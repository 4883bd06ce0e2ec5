using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace NewsBot.Core.Feeds;

/// <summary>
/// Finds out how a document's bytes are to be read. What the bytes show counts more than what is said of them: a byte order mark, then
/// valid UTF-8, then the header, then the declaration, then a guess.
/// </summary>
internal static class FeedEncoding
{
    // The XML declaration stands first; some pages put their meta element a little further down.
    private const int DeclarationWindow = 1_024;

    static FeedEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding, and how many bytes of mark stand before the text.</summary>
    /// <param name="body">The document.</param>
    /// <param name="contentType">The Content-Type header; null where absent.</param>
    public static (Encoding Encoding, int Skip) Detect(ReadOnlySpan<byte> body, string? contentType)
    {
        if (Mark(body) is { } marked)
        {
            return marked;
        }

        if (Wide(body) is { } wide)
        {
            return (wide, 0);
        }

        var head = Encoding.Latin1.GetString(body[..Math.Min(body.Length, DeclarationWindow)]);
        var declared = Named(After(head, "encoding=") ?? After(head, "charset="));
        var header = Named(After(contentType ?? string.Empty, "charset="));
        if (Utf8.IsValid(body) && !IsEscaped(header ?? declared, body))
        {
            return (Encoding.UTF8, 0);
        }

        return (Narrow(body, header, declared), 0);
    }

    /// <summary>
    /// True where a document starts as XML that is, or says nothing against being, UTF-8. Whether it really is shows when it is
    /// read, which spares a look at every byte before.
    /// </summary>
    /// <param name="body">The document.</param>
    /// <param name="contentType">The Content-Type header; null where absent.</param>
    public static bool MayBePlainUtf8(ReadOnlySpan<byte> body, string? contentType)
    {
        var text = body.StartsWith(Encoding.UTF8.Preamble) ? body[3..] : body;
        if (text is not [(byte)'<', not 0, ..] || contentType?.Contains("2022", StringComparison.Ordinal) == true)
        {
            return false;
        }

        var close = text.StartsWith("<?xml"u8)
            ? text[..Math.Min(text.Length, DeclarationWindow)].IndexOf((byte)'>')
            : -1;
        var declared = close < 0 ? null : After(Encoding.Latin1.GetString(text[..close]), "encoding=");
        return declared is null || declared.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
    }

    private static (Encoding Encoding, int Skip)? Mark(ReadOnlySpan<byte> body) =>
        body switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFF, 0xFE, 0, 0, ..] => (new UTF32Encoding(bigEndian: false, byteOrderMark: true), 4),
            [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            _ => null,
        };

    // Without a mark, the zeros around the first '<' or space tell the width.
    private static Encoding? Wide(ReadOnlySpan<byte> body) =>
        body switch
        {
            [not 0, 0, 0, 0, not 0, 0, 0, 0, ..] => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
            [0, 0, 0, not 0, 0, 0, 0, not 0, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
            [not 0, 0, not 0, 0, ..] => Encoding.Unicode,
            [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };

    // ISO-2022 writes its letters in plain ASCII bytes, so they look like valid UTF-8.
    private static bool IsEscaped(Encoding? named, ReadOnlySpan<byte> body) =>
        named is not null
        && named.WebName.StartsWith("iso-2022", StringComparison.Ordinal)
        && body.Contains((byte)0x1B);

    private static Encoding Narrow(ReadOnlySpan<byte> body, Encoding? header, Encoding? declared)
    {
        // Servers say Latin-1 for everything they were not told about, so the author's own word goes first there.
        var (first, second) =
            header is { CodePage: 1252 } && declared is not null ? (declared, header) : (header, declared);
        foreach (var named in new[] { first, second })
        {
            if (named is not null && named.CodePage != Encoding.UTF8.CodePage && Fits(named, body))
            {
                return named;
            }
        }

        return FeedEncodingGuess.Of(body);
    }

    /// <summary>True where every byte means something in this encoding.</summary>
    public static bool Fits(Encoding encoding, ReadOnlySpan<byte> body)
    {
        var strict = Encoding.GetEncoding(
            encoding.CodePage,
            EncoderFallback.ExceptionFallback,
            DecoderFallback.ExceptionFallback
        );
        try
        {
            _ = strict.GetCharCount(body);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static Encoding? Named(string? name)
    {
        if (name is null)
        {
            return null;
        }

        // The web's reading of old names. Source: https://encoding.spec.whatwg.org/#names-and-labels
        var web = name.ToLowerInvariant() switch
        {
            "us-ascii" or "ascii" or "iso-8859-1" or "latin1" or "latin-1" or "iso8859-1" or "iso_8859-1" =>
                "windows-1252",
            "gb2312" or "gbk" or "x-gbk" => "gb18030",
            "sjis" or "x-sjis" or "shift-jis" or "windows-31j" or "ms932" => "shift_jis",
            "ks_c_5601-1987" or "ksc5601" or "euc_kr" => "euc-kr",
            "eucjp" or "euc_jp" => "euc-jp",
            "iso-8859-9" => "windows-1254",
            "koi8r" => "koi8-r",
            "cp1251" => "windows-1251",
            "utf8" => "utf-8",
            "utf-7" => string.Empty,
            var other => other,
        };
        try
        {
            return web.Length == 0 ? null : Encoding.GetEncoding(web);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? After(string text, string label)
    {
        var at = text.IndexOf(label, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var rest = text.AsSpan(at + label.Length).TrimStart(" \"'");
        var end = rest.IndexOfAny(NameEnd);
        var name = end < 0 ? rest : rest[..end];
        return name.Length is 0 or > 40 ? null : name.ToString();
    }

    private static readonly SearchValues<char> NameEnd = SearchValues.Create(" \"';?>,\t\r\n");
}
