using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using NewsBot.Core.Feeds;

namespace NewsBot.Core.Stories;

/// <summary>How large a picture is, as far as that is known.</summary>
/// <param name="Width">Pixels; null where unknown.</param>
/// <param name="Height">Pixels; null where unknown.</param>
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct PictureSize(int? Width, int? Height)
{
    // As wide as a card shows it at the least, and as high as three lines of text.
    private const int MinWidth = 160;
    private const int MinHeight = 90;

    // Wider ones are banners, higher ones are columns of advertising or whole infographics.
    private const double MaxWide = 3.0;
    private const double MaxHigh = 2.5;

    /// <summary>Why no story shows a picture of this size; null where one may.</summary>
    public PictureFlaw? Flaw =>
        Width < MinWidth || Height < MinHeight ? PictureFlaw.Small
        : Width is { } width && Height is { } height && (width > MaxWide * height || height > MaxHigh * width)
            ? PictureFlaw.Shape
        : null;

    /// <summary>The declared size, else what the address says of it.</summary>
    public static PictureSize Of(PictureOffer offer)
    {
        // Zero stands for "as wide as it is".
        var (width, height) = (Known(offer.Width), Known(offer.Height));
        return width is not null || height is not null ? new PictureSize(width, height) : In(offer.Url);
    }

    private static PictureSize In(Uri url)
    {
        var pair = Pair().Match(url.AbsolutePath);
        if (pair.Success)
        {
            var (width, height) = (Number(pair.Groups["w"]), Number(pair.Groups["h"]));
            // 16x9 and 4x3 are shapes, 4x4 is a car; only icons are both small and square.
            if (width == height ? width is 1 or >= 16 : width is 0 or >= 30 && height is 0 or >= 30)
            {
                return new PictureSize(Known(width), Known(height));
            }
        }

        var (wide, high) = (Wide().Match(url.Query), High().Match(url.Query));
        return new PictureSize(
            wide.Success ? Known(Number(wide.Groups["n"])) : null,
            high.Success ? Known(Number(high.Groups["n"])) : null
        );
    }

    private static int? Known(int? pixels) => pixels > 0 ? pixels : null;

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"(?<![0-9A-Za-z])(?<w>[0-9]{1,4})x(?<h>[0-9]{1,4})(?![0-9A-Za-z])",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Pair();

    [GeneratedRegex(@"[?&](w|width)=(?<n>[0-9]{1,5})(?![0-9])", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Wide();

    [GeneratedRegex(@"[?&](h|height)=(?<n>[0-9]{1,5})(?![0-9])", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex High();
}
