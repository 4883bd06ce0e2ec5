using System.Globalization;
using System.Text;

namespace NewsBot.Testing.Load;

/// <summary>One outlet as it is served: what it has published, and what of that was asked for already.</summary>
/// <param name="source">Its number.</param>
public sealed class LoadOutlet(int source)
{
    // What stood in the feed before anything was measured.
    private const int Archive = 15;

    // A feed shows its newest.
    private const int Shown = 20;

    private readonly Lock _lock = new();
    private readonly List<(DateTimeOffset At, int Event)> _published = [];
    private readonly List<DateTimeOffset> _served = [];

    // Outlets that send no validators send the same body again.
    private bool HasValidators => source % 10 != 9;

    /// <summary>It publishes something, now or later.</summary>
    /// <param name="at">Not before what it published last.</param>
    /// <param name="news">The event that it reports; 0 for news of its own.</param>
    public void Publish(DateTimeOffset at, int news)
    {
        lock (_lock)
        {
            _published.Add((at, news));
        }
    }

    /// <summary>What was served of what was published, by its number.</summary>
    public IReadOnlyDictionary<int, LoadReport> Reports()
    {
        lock (_lock)
        {
            return _served
                .Select(
                    (served, at) =>
                        (Number: Archive + at, new LoadReport(_published[at].At, served, _published[at].Event))
                )
                .ToDictionary();
        }
    }

    /// <summary>Its feed as of now.</summary>
    /// <param name="root">The address of the outlet's site.</param>
    /// <param name="known">The ETag that the asker has; null for none.</param>
    /// <param name="now">The present.</param>
    public LoadAnswer Ask(string root, string? known, DateTimeOffset now)
    {
        lock (_lock)
        {
            var count = Math.Max(_served.Count, _published.FindLastIndex(one => one.At <= now) + 1);
            var isNew = count > _served.Count;
            while (_served.Count < count)
            {
                _served.Add(now);
            }

            var tag = HasValidators ? string.Create(CultureInfo.InvariantCulture, $"\"{source:x}-{count}\"") : null;
            return new LoadAnswer(tag is not null && tag == known ? null : Write(root, count), tag, isNew);
        }
    }

    private string Write(string root, int count)
    {
        var document = new StringBuilder();
        document.Append(
            CultureInfo.InvariantCulture,
            $"<rss version=\"2.0\"><channel><title>Outlet {source}</title><link>{root}/</link><description>News</description><language>en</language>\n"
        );
        var newest = Archive + count;
        for (var number = newest - 1; number >= Math.Max(0, newest - Shown); number--)
        {
            var (at, news) = number < Archive ? (Before(number), 0) : _published[number - Archive];
            document
                .Append("<item><title>")
                .Append(LoadNews.Title(source, number, news))
                .Append(
                    CultureInfo.InvariantCulture,
                    $"</title><link>{root}/a/{source}/{number}</link><guid isPermaLink=\"false\">{source}-{number}</guid><pubDate>{at:r}</pubDate><description>"
                )
                .Append(LoadNews.Text(source, number, 5))
                .Append("</description></item>\n");
        }

        return document.Append("</channel></rss>").ToString();
    }

    private static DateTimeOffset Before(int number) =>
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number);
}

/// <summary>What an outlet answers.</summary>
/// <param name="Body">Null where the asker has it already.</param>
/// <param name="Tag">The ETag; null where the outlet has none.</param>
/// <param name="IsNew">Whether there is something that was not served before.</param>
public sealed record LoadAnswer(string? Body, string? Tag, bool IsNew);

/// <summary>Something that an outlet published.</summary>
/// <param name="Published">When.</param>
/// <param name="Served">When somebody first got it.</param>
/// <param name="Event">The event it reports; 0 for news of its own.</param>
public sealed record LoadReport(DateTimeOffset Published, DateTimeOffset Served, int Event);
