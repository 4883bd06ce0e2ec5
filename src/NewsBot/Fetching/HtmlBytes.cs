using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace NewsBot.Fetching;

/// <summary>Turns the bytes of a page into text. Pure; never throws on bad input.</summary>
internal static partial class HtmlBytes
{
    // Browsers look for the charset in the first 1,024 bytes.
    private const int Prescan = 1_024;

    /// <summary>Decodes by byte order mark, Content-Type, meta element, or else as UTF-8 or Windows-1252, whichever fits.</summary>
    /// <param name="bytes">The page as sent.</param>
    /// <param name="contentType">The Content-Type header as sent; null where absent.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string? contentType)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            return Encoding.UTF8.GetString(bytes[3..]);
        }

        if (bytes.StartsWith(Encoding.Unicode.Preamble))
        {
            return Encoding.Unicode.GetString(bytes[2..]);
        }

        if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        }

        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            // Text that is valid UTF-8 by chance is so rare that a label saying otherwise is a lie, save for these.
            return Declared(bytes, contentType) is { } named && IsSevenBit(named)
                ? named.GetString(bytes)
                : Encoding.UTF8.GetString(bytes);
        }

        var encoding = Declared(bytes, contentType);
        return (encoding is null or UTF8Encoding ? Named("windows-1252") ?? Encoding.Latin1 : encoding).GetString(
            bytes
        );
    }

    private static Encoding? Declared(ReadOnlySpan<byte> bytes, string? contentType)
    {
        var header = MediaTypeHeaderValue.TryParse(contentType, out var type) ? type.CharSet : null;
        if (Named(header?.Trim('"', '\'')) is { } byHeader)
        {
            return byHeader;
        }

        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Prescan)]);
        try
        {
            var meta = MetaCharset().Match(start);
            return meta.Success ? Named(meta.Groups["name"].Value) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    // ISO-2022-JP and its kin write everything in seven bits, which is always valid UTF-8.
    private static bool IsSevenBit(Encoding encoding) =>
        encoding.WebName.StartsWith("iso-2022", StringComparison.OrdinalIgnoreCase)
        || encoding.WebName.StartsWith("hz-", StringComparison.OrdinalIgnoreCase);

    private static Encoding? Named(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Contains("utf-7", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            // A charset nobody knows is no charset.
            return null;
        }
    }

    [GeneratedRegex(
        """<meta[^>]{0,200}charset\s*=\s*["']?\s*(?<name>[\w.:-]{2,40})""",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1_000
    )]
    private static partial Regex MetaCharset();
}
