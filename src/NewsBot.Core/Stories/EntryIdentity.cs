using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>Decides whether an entry of a feed is one we know. Publishers change ids, addresses and headlines at will.</summary>
public static class EntryIdentity
{
    // Longer ids are kept as their hash.
    private const int MaxValue = 1_000;

    // Below this share of common words two headlines are about different things.
    private const double UnrelatedShare = 0.2;

    // A headline of fewer words, such as “Corrections”, comes every day.
    private const int MinTitleWords = 4;

    /// <summary>The names of an entry, strongest first; those of a known entry are looked up to find candidates.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>At least one, unless the entry has neither id nor link nor title.</returns>
    public static IReadOnlyList<EntryKey> KeysOf(EntryFacts entry)
    {
        var keys = new List<EntryKey>(3);
        if (!string.IsNullOrWhiteSpace(entry.PublisherId))
        {
            keys.Add(new EntryKey(EntryKey.ById, Bounded(entry.PublisherId.Trim())));
        }

        if (entry.Link is { } link && !CanonicalUrl.IsHomePage(link))
        {
            keys.Add(new EntryKey(EntryKey.ByUrl, Bounded(CanonicalUrl.Of(link))));
        }

        var title = TitleKey.Of(entry.Title);
        if (title.Length > 0)
        {
            var day = entry.PublishedAt?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
            keys.Add(new EntryKey(EntryKey.ByTitleAndDay, Bounded($"{title} {day}".TrimEnd())));
        }

        return keys;
    }

    /// <summary>Whether two entries of one feed are the same article.</summary>
    /// <param name="known">What is stored.</param>
    /// <param name="incoming">What the feed says now.</param>
    public static bool IsSame(EntryFacts known, EntryFacts incoming)
    {
        var guid = Compare(EntryKey.ById, known, incoming);
        var url = Compare(EntryKey.ByUrl, known, incoming);
        var related = Overlap(known.Title, incoming.Title) >= UnrelatedShare;
        var sameTime = known.PublishedAt is { } time && time == incoming.PublishedAt;
        return (guid, url) switch
        {
            (true, true) => true,
            // Some publishers give every entry the same id: then address, headline and time all differ.
            (true, _) => related || sameTime,
            // Some feeds link every entry to the same page: then id, headline and time all differ.
            (false, true) => related || sameTime || known.PublishedAt is null || incoming.PublishedAt is null,
            (null, true) => true,
            _ => SaysEnough(known.Title)
                && known.Key(EntryKey.ByTitleAndDay) == incoming.Key(EntryKey.ByTitleAndDay)
                && IsSameHost(known.Link, incoming.Link),
        };
    }

    private static bool? Compare(string kind, EntryFacts known, EntryFacts incoming)
    {
        var (mine, theirs) = (known.Key(kind), incoming.Key(kind));
        return mine is null || theirs is null ? null : mine == theirs;
    }

    private static bool SaysEnough(string title) =>
        WordTokens.Of(TitleKey.Of(title)).Take(MinTitleWords).Count() == MinTitleWords;

    private static bool IsSameHost(Uri? known, Uri? incoming) =>
        known is not { IsAbsoluteUri: true }
        || incoming is not { IsAbsoluteUri: true }
        || HostOf(known) == HostOf(incoming);

    private static string HostOf(Uri url) => CanonicalUrl.Of(new Uri(url.GetLeftPart(UriPartial.Authority)));

    private static double Overlap(string left, string right)
    {
        var a = WordTokens.Of(TitleKey.Of(left)).ToHashSet(StringComparer.Ordinal);
        var b = WordTokens.Of(TitleKey.Of(right)).ToHashSet(StringComparer.Ordinal);
        var common = a.Count(b.Contains);
        return a.Count + b.Count == 0 ? 1 : (double)common / (a.Count + b.Count - common);
    }

    private static string Bounded(string value) =>
        value.Length <= MaxValue ? value : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
