using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using NewsBot.Core.Summaries;
using NewsBot.Core.Text;

namespace NewsBot.Fetching.Articles;

/// <summary>
/// Knows the lines that stand on several pages of a site, and so belong to the site and not to an article. Remembers only
/// what was read since the start. Not for use by two at a time.
/// </summary>
internal sealed class SiteLines
{
    // A newsroom reads some hundred outlets; those beyond are forgotten first, and learned again within three pages.
    private const int MaxSites = 500;

    // What a site repeats are some dozens of lines; the rest is here to be seen twice.
    private const int MaxLines = 600;
    private const int MaxLinesAPage = 80;

    // A notice is shorter; a longer paragraph on two pages is quoted, or the article has two addresses.
    private const int MaxLength = 400;

    // With more of its text elsewhere, a page is the same article under another address.
    private const double MostOfIt = 0.5;

    private readonly TwoAges<string, TwoAges<ulong, Pages>> _sites = new(MaxSites);

    /// <summary>An article without the lines that two other pages of its site have as well; remembers its lines.</summary>
    /// <param name="url">Where the page came from.</param>
    /// <param name="article">What was read there.</param>
    public ArticleText Without(Uri url, ArticleText article)
    {
        if (!_sites.TryGet(HostName.Of(url), out var site))
        {
            site = new TwoAges<ulong, Pages>(MaxLines);
            _sites.Set(HostName.Of(url), site);
        }

        var page = Hash(url.AbsoluteUri);
        var repeated = Repeated(site, page, article.Text);
        var length = repeated.Sum(line => line.Length);
        return length == 0 || length > MostOfIt * article.Text.Length
            ? article
            : article with
            {
                Text = Without(article.Text, repeated),
                Prose = Without(article.Prose, repeated),
            };
    }

    private static HashSet<string> Repeated(TwoAges<ulong, Pages> site, ulong page, string text)
    {
        var repeated = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in Lines(text).Where(line => line.Length <= MaxLength).Take(MaxLinesAPage))
        {
            var hash = Hash(Folded.Of(line));
            site.TryGet(hash, out var pages);
            if (pages.Others(page) >= 2)
            {
                repeated.Add(line);
            }

            site.Set(hash, pages.With(page));
        }

        return repeated;
    }

    // What repeats stands at the ends of an article, seldom in its middle.
    private static IEnumerable<string> Lines(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length <= MaxLinesAPage
            ? lines
            : lines.Take(MaxLinesAPage / 2).Concat(lines.TakeLast(MaxLinesAPage / 2));
    }

    private static string Without(string text, HashSet<string> repeated) =>
        string.Join(
            "\n\n",
            text.Split("\n\n")
                .Select(paragraph => string.Join('\n', paragraph.Split('\n').Where(line => !repeated.Contains(line))))
                .Where(paragraph => paragraph.Length > 0)
        );

    private static ulong Hash(string text) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Up to three pages a line stands on; 0 for none.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Pages(ulong First, ulong Second, ulong Third)
    {
        public int Others(ulong page) => IsOther(First, page) + IsOther(Second, page) + IsOther(Third, page);

        public Pages With(ulong page) =>
            page == First || page == Second || page == Third ? this
            : First == 0 ? this with { First = page }
            : Second == 0 ? this with { Second = page }
            : this with { Third = page };

        private static int IsOther(ulong known, ulong page) => known != 0 && known != page ? 1 : 0;
    }
}
