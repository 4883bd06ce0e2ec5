using System.Text.RegularExpressions;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>What a picture shows, in the publisher's words. Pure.</summary>
public static partial class PictureAlt
{
    /// <summary>Longest text kept, in characters: a screen reader reads all of it out.</summary>
    public const int MaxLength = 300;

    // Nobody describes a picture in more; such a text is cut before it is looked at.
    private const int MaxLooked = 4_000;

    private static readonly HashSet<string> Nothing = new(StringComparer.Ordinal)
    {
        "image",
        "photo",
        "picture",
        "img",
        "pic",
        "photograph",
        "thumbnail",
        "thumb",
        "featured image",
        "post image",
        "article image",
        "news image",
        "lead image",
        "main image",
        "hero image",
        "cover image",
        "image alt text",
        "alt text",
        "header image",
        "preview",
        "untitled",
        "null",
        "undefined",
        "none",
        "no caption",
        "caption",
        "bild",
        "foto",
        "imagen",
        "immagine",
        "imagem",
        "afbeelding",
        "symbolbild",
    };

    /// <summary>The text as it is kept.</summary>
    /// <param name="written">As the publisher wrote it, plain or with markup; null where nothing is said.</param>
    /// <param name="title">The article's headline, which stands beside the picture anyway.</param>
    /// <returns>One plain line of at most <see cref="MaxLength"/> characters; null where it says nothing of the picture.</returns>
    public static string? Of(string? written, string title)
    {
        if (string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        var line = HtmlText.ToLine(written.Length > MaxLooked ? written[..MaxLooked] : written);
        line = Unseen().Replace(line, "").Trim();
        var folded = Folded.Of(line).Trim(' ', '.', ':', '-');
        return
            folded.Length < 3
            || Nothing.Contains(folded)
            || FileName().IsMatch(line)
            || line.Contains("://", StringComparison.Ordinal)
            || folded == Folded.Of(title).Trim(' ', '.', ':', '-')
            ? null
            : Cut(line);
    }

    private static string Cut(string line)
    {
        if (line.Length <= MaxLength)
        {
            return line;
        }

        var end = line.LastIndexOf(' ', MaxLength - 2);
        end = end > MaxLength / 2 ? end : MaxLength - 2;
        return string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[end - 1]) ? end - 1 : end), "…");
    }

    // IMG_2041, DSC-0012, photo-1.jpg, 20240311_104512: a name that a camera or an editor gave.
    [GeneratedRegex(
        @"^(\S+\.(jpe?g|png|webp|gif|avif)|\S*[_0-9]\S*)$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1_000
    )]
    private static partial Regex FileName();

    // Characters that turn or hide the text around them.
    [GeneratedRegex(@"[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]", RegexOptions.None, 1_000)]
    private static partial Regex Unseen();
}
