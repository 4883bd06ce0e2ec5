using NewsBot.Core.Feeds;

namespace NewsBot.Core.Stories;

/// <summary>Chooses the picture of an article among all that are offered: what the article itself shows, large enough, and no logo. Pure.</summary>
public static class PictureChoice
{
    /// <summary>How many are kept of one article: one is shown, and the others are for where it turns out to be none.</summary>
    public const int MaxKept = 4;

    // More are no choice but a gallery.
    private const int MaxOffers = 40;
    private const int MaxAddress = 2_000;

    private const int Agreement = 40;
    private const int MaxAgreement = 80;
    private const int LaterOfOrigin = 30;
    private const int Doubtful = 200;
    private const int Animated = 60;

    // The sizes in which advertising is sold, and in which no editor shows a picture in an article.
    private static readonly HashSet<(int? Width, int? Height)> AdvertSizes =
    [
        (300, 250),
        (336, 280),
        (300, 600),
        (250, 250),
        (200, 200),
        (320, 100),
        (180, 150),
    ];

    /// <summary>The pictures worth showing, the best first.</summary>
    /// <param name="offers">In the order of their sources; the first of each kind counts most.</param>
    /// <param name="title">The article's headline.</param>
    /// <returns>At most <see cref="MaxKept"/>, each picture in one size.</returns>
    public static IReadOnlyList<RankedPicture> Rank(IEnumerable<PictureOffer> offers, string title)
    {
        var groups = new Dictionary<string, List<Place>>(StringComparer.Ordinal);
        var perOrigin = new Dictionary<PictureOrigin, int>();
        foreach (var offer in offers.Take(MaxOffers))
        {
            if (!IsShowable(offer, out var doubt))
            {
                continue;
            }

            var later = perOrigin.GetValueOrDefault(offer.Origin);
            perOrigin[offer.Origin] = later + 1;
            var key = PictureKey.Of(offer.Url);
            if (!groups.TryGetValue(key, out var same))
            {
                groups[key] = same = [];
            }

            same.Add(new Place(offer, PictureSize.Of(offer), later, doubt));
        }

        return
        [
            .. groups
                .Values.Select(same => Ranked(same, title))
                .OrderByDescending(ranked => ranked.Worth)
                .Take(MaxKept),
        ];
    }

    private static bool IsShowable(PictureOffer offer, out PictureDoubt doubt)
    {
        doubt = PictureDoubt.Certain;
        if (offer.Url.Scheme is not ("http" or "https") || offer.Url.OriginalString.Length > MaxAddress)
        {
            return false;
        }

        var size = PictureSize.Of(offer);
        if (
            size.Flaw is not null
            || (
                offer.Origin is PictureOrigin.Lead or PictureOrigin.Inline
                && AdvertSizes.Contains((size.Width, size.Height))
            )
        )
        {
            return false;
        }

        doubt = PictureNames.DoubtOf(offer);
        return doubt != PictureDoubt.Certain;
    }

    private static RankedPicture Ranked(List<Place> same, string title)
    {
        // Of one picture the largest; of equals the one that was told of first.
        var shown = same.MaxBy(place => place.Size.Width ?? 0)!;
        var worth =
            same.Max(place => Worth(place.Offer.Origin) - LaterOfOrigin * place.Later)
            + Math.Min(MaxAgreement, Agreement * (same.Select(place => place.Offer.Origin).Distinct().Count() - 1))
            + Worth(shown.Size)
            - (same.Exists(place => place.Doubt == PictureDoubt.Some) ? Doubtful : 0)
            - (shown.Offer.Url.AbsolutePath.EndsWith(".gif", StringComparison.OrdinalIgnoreCase) ? Animated : 0);
        var alt = same.Select(place => PictureAlt.Of(place.Offer.Alt, title)).FirstOrDefault(text => text is not null);
        return new RankedPicture(shown.Offer.Url, alt, worth);
    }

    private static int Worth(PictureOrigin origin) =>
        origin switch
        {
            PictureOrigin.Lead => 300,
            PictureOrigin.Shared => 280,
            PictureOrigin.Media => 270,
            PictureOrigin.Described => 260,
            PictureOrigin.Text => 250,
            PictureOrigin.Enclosure or PictureOrigin.Entry => 240,
            PictureOrigin.Inline => 220,
            _ => 150,
        };

    private static int Worth(PictureSize size) =>
        size.Width switch
        {
            null => 0,
            >= 1_000 => 50,
            >= 600 => 40,
            >= 400 => 20,
            >= 250 => -40,
            _ => -120,
        };

    private sealed record Place(PictureOffer Offer, PictureSize Size, int Later, PictureDoubt Doubt);
}

/// <summary>A picture that may be shown with an article.</summary>
/// <param name="Url">Absolute http or https address, at most 2,000 characters.</param>
/// <param name="Alt">What it shows, as <see cref="PictureAlt"/> keeps it; null where nothing is said.</param>
/// <param name="Worth">Higher is better; comparable between articles.</param>
public sealed record RankedPicture(Uri Url, string? Alt, int Worth);
