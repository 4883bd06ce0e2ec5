using System.Globalization;

namespace NewsBot.Core.Feeds;

/// <summary>A picture that a feed or a page offers for an article, as it describes it.</summary>
/// <param name="Url">Absolute http or https address.</param>
/// <param name="Origin">Where it was offered.</param>
public sealed record PictureOffer(Uri Url, PictureOrigin Origin)
{
    // Larger pictures are no pictures of news; such a number is a mistake.
    private const int MaxPixels = 20_000;

    /// <summary>Pixels, as declared; null where unknown.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels, as declared; null where unknown.</summary>
    public int? Height { get; init; }

    /// <summary>What it shows, as written by the publisher; null where nothing is said.</summary>
    public string? Alt { get; init; }

    /// <summary>An address as publishers write it.</summary>
    /// <param name="text">As written; null where it is not.</param>
    /// <param name="page">Where relative addresses start; null where unknown.</param>
    /// <returns>Absolute http or https address; null for anything else.</returns>
    public static Uri? Address(string? text, Uri? page) => FeedUrls.Web(text, page);

    /// <summary>A declared length such as "640" or "640px".</summary>
    /// <param name="text">As written; null where it is not.</param>
    /// <returns>Null where it says no number of pixels.</returns>
    public static int? Pixels(string? text)
    {
        var number = text.AsSpan().Trim();
        if (number.EndsWith("px", StringComparison.OrdinalIgnoreCase))
        {
            number = number[..^2].TrimEnd();
        }

        // Some programs write 640.0.
        return
            double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pixels)
            && pixels is >= 0 and <= MaxPixels
            ? (int)pixels
            : null;
    }
}
