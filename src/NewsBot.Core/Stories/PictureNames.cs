using NewsBot.Core.Feeds;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>Tells by its address and its text whether a picture shows the news at all. Pure.</summary>
internal static class PictureNames
{
    // A file that is named after one of these among so many other words shows something: "google-logo-on-a-berlin-office".
    private const int TellingWords = 3;

    // Whoever describes a picture says more; "The Example Times logo" describes none.
    private const int MaxLabelWords = 4;

    private static readonly HashSet<string> Signs = Set(
        "logo logos logotype logomark wordmark favicon favicons avatar avatars gravatar sprite sprites placeholder placeholders "
            + "spacer emoji emojis emoticon smiley smilies monogram"
    );

    // Signs as well where nothing else is said; a share price and a police badge are news.
    private static readonly HashSet<string> Weak = Set(
        "icon icons badge badges pixel share sharing default blank missing noimage nophoto dummy fallback generic transparent "
            + "button no unavailable available loading loader tracking rss subscribe newsletter advert advertisement ad ads"
    );

    private static readonly HashSet<string> Fillers = Set(
        "image images img picture photo pic og opengraph social facebook fb twitter x instagram whatsapp linkedin card thumb "
            + "thumbnail large small medium big square site web website the article news post story header app touch apple android "
            + "preview not found main sm md lg xl xs px retina hd full new on by and"
    );

    private static readonly HashSet<string> Folders = Set(
        "logo logos icon icons favicon favicons avatar avatars sprite sprites emoji emojis placeholder placeholders badge badges "
            + "buttons smilies smileys ads adverts banners advertising authors gravatar userpics"
    );

    private static readonly HashSet<string> Hosts = Set(
        "pixel pixels ad ads adserver adservice doubleclick googlesyndication gravatar scorecardresearch feedsportal feedburner "
            + "analytics metrics stats quantserve adnxs taboola outbrain"
    );

    private static readonly HashSet<string> Adverts = Set(
        "advertisement advert ad ads sponsored advertising werbung anzeige publicite publicidad pubblicita reklama annonse"
    );

    /// <summary>Formats that may hold active content or that we do not read.</summary>
    private static readonly HashSet<string> Foreign = Set(
        "svg svgz ico avif heic heif bmp tif tiff pdf mp4 webm mov mp3 m3u8 js css"
    );

    /// <summary>How sure it is that the picture shows no news.</summary>
    public static PictureDoubt DoubtOf(PictureOffer offer)
    {
        var segments = offer.Url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var file = segments.Length == 0 ? "" : Uri.UnescapeDataString(segments[^1]);
        var dot = file.LastIndexOf('.');
        if (
            (dot >= 0 && Foreign.Contains(file[(dot + 1)..]))
            || HostName.Of(offer.Url).Split('.').Any(Hosts.Contains)
            || segments.SkipLast(1).Any(Folders.Contains)
            || IsLabel(offer.Alt)
        )
        {
            return PictureDoubt.Certain;
        }

        return OfName(Words(dot > 0 ? file[..dot] : file));
    }

    private static PictureDoubt OfName(List<string> words)
    {
        if (words.Count == 0)
        {
            return PictureDoubt.None;
        }

        var others = words.Count(word => !Signs.Contains(word) && !Fillers.Contains(word) && !Weak.Contains(word));
        if (words.Exists(Signs.Contains))
        {
            return others >= TellingWords ? PictureDoubt.Some : PictureDoubt.Certain;
        }

        return others == 0 && words.Exists(Weak.Contains) ? PictureDoubt.Certain : PictureDoubt.None;
    }

    private static bool IsLabel(string? alt)
    {
        if (string.IsNullOrWhiteSpace(alt) || alt.Length > 120)
        {
            return false;
        }

        var words = Words(alt);
        return (words.Count == 1 && (Adverts.Contains(words[0]) || Weak.Contains(words[0])))
            || (words.Count <= MaxLabelWords && words.Exists(Signs.Contains));
    }

    // Letters only: numbers and sizes say nothing. A capital after a small letter begins a word: siteLogo.
    private static List<string> Words(string text)
    {
        List<string> words = [];
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            var isLetter = at < text.Length && char.IsLetter(text[at]);
            var isNew = isLetter && at > 0 && char.IsUpper(text[at]) && char.IsLower(text[at - 1]);
            if (start >= 0 && (!isLetter || isNew))
            {
                words.Add(text[start..at].ToLowerInvariant());
                start = -1;
            }

            if (isLetter && start < 0)
            {
                start = at;
            }
        }

        return words;
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);
}

/// <summary>Whether a picture shows anything of the news.</summary>
internal enum PictureDoubt
{
    None,

    /// <summary>Only where there is no other.</summary>
    Some,

    /// <summary>It does not.</summary>
    Certain,
}
