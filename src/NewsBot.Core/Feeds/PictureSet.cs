using System.Globalization;

namespace NewsBot.Core.Feeds;

/// <summary>Reads the sizes a picture comes in. Source: https://html.spec.whatwg.org/multipage/images.html#srcset-attributes</summary>
public static class PictureSet
{
    // Wider than any page shows; what is larger only costs the outlet's server more.
    private const int Enough = 2_000;

    // Real pages offer up to twenty.
    private const int MaxSizes = 40;
    private const int MaxLength = 20_000;

    /// <summary>The largest of a srcset that is not larger than anybody needs.</summary>
    /// <param name="srcset">As written; null for none.</param>
    /// <param name="page">Where relative addresses start; null where unknown.</param>
    /// <returns>Null where no width is told.</returns>
    public static (Uri Url, int? Width)? Largest(string? srcset, Uri? page)
    {
        if (srcset is null or { Length: > MaxLength })
        {
            return null;
        }

        (Uri Url, int? Width)? best = null;
        var count = 0;
        foreach (var size in Sizes(srcset))
        {
            if (++count > MaxSizes)
            {
                break;
            }

            if (
                IsBetter(size.Width, best?.Width ?? 0)
                && !size.Address.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
                && FeedUrls.Web(size.Address, page) is { } url
            )
            {
                best = (url, size.Width);
            }
        }

        return best;
    }

    private static bool IsBetter(int width, int than) =>
        (width <= Enough, than is > 0 and <= Enough) switch
        {
            (true, true) => width > than,
            (true, false) => true,
            (false, true) => false,
            (false, false) => than == 0 || width < than,
        };

    // Addresses may hold commas; one after a size ends it, and some programs write no space behind it.
    private static IEnumerable<(string Address, int Width)> Sizes(string srcset)
    {
        var address = "";
        foreach (var part in srcset.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.IndexOf(',', StringComparison.Ordinal);
            var size = end < 0 ? part.AsSpan() : part.AsSpan(0, end);
            if (
                address.Length > 0
                && size is [.. var digits, 'w']
                && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            )
            {
                yield return (address, width);
                address = end < 0 ? "" : part[end..].Trim(',');
            }
            else
            {
                address = part.Trim(',');
            }
        }
    }
}
