using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace NewsBot.Core.Feeds;

/// <summary>Looks for the list of news on a page: elements of one make, each around one link with a headline. Pure.</summary>
internal static class PageGuess
{
    /// <summary>Fewer of a kind may be chance.</summary>
    public const int Fewest = 3;

    // A page lists hundreds where it lists its archive.
    private const int MostLinks = 2_000;

    // From a link up to the box around its item.
    private const int MostLevels = 8;

    private const int MostSuggested = 5;

    // Pages built of utility classes give an element dozens.
    private const int MostNames = 4;

    private const int MaxTitle = 160;

    // A headline has a few words; what is shorter leads about the site. Scripts without spaces need fewer letters.
    private const int MinTitle = 16;
    private const int MinDenseTitle = 7;

    private static readonly PageSelector Links = PageSelectorReader.Read("a[href]", out _)!;
    private static readonly PageSelector Details = PageSelectorReader.Read("time, p, img, [datetime]", out _)!;

    private static readonly HashSet<string> AroundTheSite = new(StringComparer.Ordinal)
    {
        "nav",
        "footer",
        "aside",
        "form",
        "dialog",
        "menu",
    };

    /// <summary>Selectors for items, the most promising first.</summary>
    public static IReadOnlyList<string> Find(IHtmlDocument document, Uri pageUrl)
    {
        if (document.Body is not { } body)
        {
            return [];
        }

        var groups = new Dictionary<string, Group>(StringComparer.Ordinal);
        foreach (var link in Links.Select(body, MostLinks, outermost: true))
        {
            if (
                Headline(link) is { Length: > 0 } title
                && FeedUrls.Web(link.GetAttribute("href"), pageUrl) is { } url
                && url.PathAndQuery != pageUrl.PathAndQuery
            )
            {
                Note(link, body, groups, url, title.Length);
            }
        }

        return
        [
            .. groups
                .Where(pair => pair.Value.Boxes.Count >= Fewest)
                .Select(pair => (pair.Key, pair.Value, Score: Math.Round(pair.Value.Score(), 3)))
                .OrderByDescending(one => one.Score)
                // A name says what is meant, and the outermost of two boxes holds the date too.
                .ThenBy(one => one.Key.Contains('>', StringComparison.Ordinal))
                .ThenByDescending(one => one.Value.Level)
                .Take(MostSuggested)
                .Select(one => Narrowed(one.Key, one.Value, body)),
        ];
    }

    // The same name may stand beside the list as well, where only what lies around it tells one from the other.
    private static string Narrowed(string name, Group group, IElement body)
    {
        var count = group.Boxes.Count;
        var all = PageSelectorReader.Read(name, out _)?.Select(body, MostLinks, outermost: true).Count ?? 0;
        var parents = group.Boxes.Keys.Select(box => box.ParentElement).Distinct().ToList();
        return all > count && parents is [{ } parent] && parent != body && !name.Contains('>', StringComparison.Ordinal)
            ? $"{Names(parent)[0]} > {name}"
            : name;
    }

    private static void Note(IElement link, IElement body, Dictionary<string, Group> groups, Uri url, int length)
    {
        List<IElement> way = [];
        for (
            var (box, level) = (link, 0);
            level < MostLevels && box is not null && box != body;
            box = box.ParentElement, level++
        )
        {
            if (AroundTheSite.Contains(box.LocalName) || box.GetAttribute("role") is "navigation" or "contentinfo")
            {
                return;
            }

            way.Add(box);
        }

        foreach (var (level, box) in way.Index())
        {
            foreach (var name in Names(box))
            {
                // A name of its own says enough; a bare element is told by what it lies in.
                var isNamed = name.Contains('.', StringComparison.Ordinal);
                Note(
                    groups,
                    isNamed || box.ParentElement == body ? name : $"{Names(box.ParentElement!)[0]} > {name}",
                    level,
                    box,
                    url,
                    length
                );
            }
        }
    }

    private static void Note(Dictionary<string, Group> groups, string key, int level, IElement box, Uri url, int length)
    {
        if (!groups.TryGetValue(key, out var group))
        {
            groups[key] = group = new Group(level);
        }

        if (!group.Boxes.TryGetValue(box, out var urls))
        {
            group.Boxes[box] = urls = new Dictionary<string, int>(StringComparer.Ordinal);
        }

        urls[url.AbsoluteUri] = Math.Max(length, urls.GetValueOrDefault(url.AbsoluteUri));
    }

    private static string Headline(IElement link)
    {
        var text = PageText.Of(link, MaxTitle);
        var isDense = text.AsSpan().ContainsAnyInRange('\u3040', '\uD7FF');
        return
            text.Length >= (isDense ? MinDenseTitle : MinTitle)
            && (isDense || text.Contains(' ', StringComparison.Ordinal))
            ? text
            : "";
    }

    // The classes that read like names, for those made by programs change with every release; and the element without any.
    private static IReadOnlyList<string> Names(IElement element) =>
        [
            .. element.ClassList.Where(IsName).Take(MostNames).Select(name => $"{element.LocalName}.{name}"),
            element.LocalName,
        ];

    private static bool IsName(string name) =>
        name.Length is > 2 and < 40
        && char.IsAsciiLetter(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
        && name.Count(char.IsAsciiDigit) < 3
        && !IsState(name);

    private static bool IsState(string name) =>
        name
            is "first"
                or "last"
                or "odd"
                or "even"
                or "active"
                or "current"
                or "row"
                or "clearfix"
                or "hentry"
                or "sticky";

    private sealed class Group(int level)
    {
        public int Level => level;

        /// <summary>The elements, with the headlines in each by address.</summary>
        public Dictionary<IElement, Dictionary<string, int>> Boxes { get; } = [];

        /// <summary>High where many boxes hold one headline each, long ones, and more besides.</summary>
        public double Score()
        {
            var single = Boxes.Where(box => box.Value.Count == 1).ToList();
            var urls = single.SelectMany(box => box.Value.Keys).Distinct(StringComparer.Ordinal).Count();
            if (urls < Fewest)
            {
                return 0;
            }

            var clean = (double)single.Count / Boxes.Count;
            var words = single.Average(box => Math.Min(box.Value.Values.First(), 80)) / 80;
            var rich = single.Take(10).Average(box => Details.Select(box.Key, 3, outermost: false).Count) / 3;
            // Five times as many are a better list, but not five times better.
            return Math.Log2(urls + 1) * clean * clean * words * (1 + rich);
        }
    }
}
