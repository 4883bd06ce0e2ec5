using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;
using NewsBot.Core.Summaries;
using NewsBot.Core.Text;

namespace NewsBot.Core.Flows;

/// <summary>Tells what of a feed's document is new, changed or offered. Pure.</summary>
internal static class IncomingEntries
{
    // An entry that appears today but is older than this comes from an archive, not from the news.
    private static readonly TimeSpan OldestNews = TimeSpan.FromDays(14);

    /// <summary>Chooses what is new and what changed, oldest first, and says what of it is news.</summary>
    public static List<IncomingEntry> Choose(
        Feed feed,
        ParsedFeed document,
        IReadOnlyList<EntryFacts> facts,
        IReadOnlyList<KnownEntry?> known,
        DateTimeOffset now
    )
    {
        // A channel that came late wants of what is there already; the first poll offers by its own rule below.
        var late = feed.IsFirst
            ? []
            : document.Entries.OrderByDescending(entry => Rank(entry, now)).Take(feed.Offer).ToHashSet();
        List<IncomingEntry> incoming = [];
        for (var i = 0; i < document.Entries.Count; i++)
        {
            var entry = document.Entries[i];
            var text = PlainText(entry.Summary ?? entry.Content);
            var excerpt = Excerpt.Of(text, IncomingEntry.MaxExcerpt);
            var hash = ContentHash.Of(entry.Title, text);
            var isOffered = late.Contains(entry);
            if (known[i] is not { } old)
            {
                incoming.Add(
                    new IncomingEntry(entry, null, ChangeKind.None, excerpt, hash, true)
                    {
                        Facts = facts[i],
                        IsOffered = isOffered,
                    }
                );
            }
            else if (old.ContentHash != hash || isOffered)
            {
                var change = Change(old, new EntryText(entry.Title, excerpt), hash);
                incoming.Add(
                    new IncomingEntry(entry, old, change, excerpt, hash, false)
                    {
                        Facts = facts[i],
                        IsOffered = isOffered,
                    }
                );
            }
        }

        var newest = incoming
            .Where(entry => entry.Known is null && (feed.IsFirst || IsNews(entry.Entry, now)))
            .OrderByDescending(entry => Rank(entry.Entry, now))
            .Take(feed.IsFirst ? feed.Offer : int.MaxValue)
            .ToHashSet();
        return
        [
            // Feeds list the newest first: where nothing is dated, the last is the oldest.
            .. Enumerable
                .Reverse(incoming)
                .Select(entry =>
                    entry with
                    {
                        Entry = Bare(entry.Entry),
                        IsFresh = newest.Contains(entry),
                        IsOffered = entry.IsOffered || (feed.IsFirst && newest.Contains(entry)),
                    }
                )
                .OrderBy(entry => entry.Entry.At(now)),
        ];
    }

    /// <summary>The words of an entry's HTML.</summary>
    public static string PlainText(string? html)
    {
        // Some publishers escape their HTML twice, so that what should be text is HTML again.
        var text = HtmlText.ToPlain(html ?? "");
        return HtmlText.LooksLikeHtml(text) ? HtmlText.ToPlain(text) : text;
    }

    /// <summary>The pictures worth showing with an entry, the best first.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="article">Its page; null where that was not read.</param>
    public static IReadOnlyList<RankedPicture> PicturesOf(IncomingEntry entry, ArticleText? article) =>
        PictureChoice.Rank(
            [
                .. article?.Pictures ?? [],
                .. entry.Entry.Pictures,
                .. ContentPictures.Of(entry.Entry.Content ?? entry.Entry.Summary, entry.Entry.Link),
            ],
            entry.Entry.Title
        );

    private static ChangeKind Change(KnownEntry old, EntryText current, string hash) =>
        old.ContentHash == hash
            ? ChangeKind.None
            : EntryChange.Between(new EntryText(old.Facts.Title, old.Excerpt), current);

    private static FeedEntry Bare(FeedEntry entry) =>
        entry.Link is null ? entry : entry with { Link = CanonicalUrl.WithoutTracking(entry.Link) };

    // What has no date stands behind all that has one.
    private static DateTimeOffset Rank(FeedEntry entry, DateTimeOffset now) =>
        (entry.PublishedAt ?? entry.UpdatedAt) is null ? DateTimeOffset.MinValue : entry.At(now);

    private static bool IsNews(FeedEntry entry, DateTimeOffset now) => now - entry.At(now) < OldestNews;
}
