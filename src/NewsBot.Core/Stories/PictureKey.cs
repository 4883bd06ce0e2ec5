using System.Text.RegularExpressions;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>Tells the sizes of one picture from other pictures by their addresses.</summary>
internal static partial class PictureKey
{
    private static readonly HashSet<string> Sizes = new(StringComparer.OrdinalIgnoreCase)
    {
        "w",
        "h",
        "width",
        "height",
        "q",
        "quality",
    };

    // What servers of pictures call cut, format and signature as well; elsewhere such a word may name the picture.
    private static readonly HashSet<string> Looks = new(StringComparer.OrdinalIgnoreCase)
    {
        "w",
        "h",
        "width",
        "height",
        "q",
        "quality",
        "fit",
        "crop",
        "resize",
        "auto",
        "format",
        "fm",
        "dpr",
        "s",
        "size",
        "strip",
        "ssl",
        "itok",
        "disable",
        "enable",
        "compress",
        "usm",
        "downsize",
        "quad",
        "precrop",
        "impolicy",
        "imwidth",
        "im",
        "rect",
        "cs",
        "v",
        "ver",
        "ext",
        "webp",
        "position",
        "ratio",
        "maxwidth",
        "maxheight",
        "upscale",
        "overlay-base64",
        "overlay-align",
        "overlay-width",
        "sig",
        "signature",
        "hash",
        "ixlib",
    };

    /// <summary>The same for all sizes of one picture.</summary>
    public static string Of(Uri url)
    {
        var path = Size().Replace(url.AbsolutePath, "");
        var looks = IsFile().IsMatch(path) ? Looks : Sizes;
        var rest = url
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !looks.Contains(part.Split('=', 2)[0]));
        return $"{HostName.Of(url)}{path}?{string.Join('&', rest)}";
    }

    // photo-300x200.jpg and photo-scaled.jpg are made from photo.jpg.
    [GeneratedRegex(@"[-_]([0-9]{2,4}x[0-9]{2,4}|scaled)(?=\.[A-Za-z]{3,4}$)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Size();

    [GeneratedRegex(@"\.(jpe?g|png|webp|gif)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex IsFile();
}
