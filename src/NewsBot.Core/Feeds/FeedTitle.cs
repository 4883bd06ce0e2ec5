namespace NewsBot.Core.Feeds;

/// <summary>Reads the name of an outlet out of the title of its feed. Pure.</summary>
public static class FeedTitle
{
    private static readonly string[] Separators = [" » ", " › ", " | ", " · ", " :: ", " – ", " — ", " - ", ": "];

    // Software that makes feeds calls them so; nobody calls an outlet so.
    private static readonly HashSet<string> Labels = new(StringComparer.OrdinalIgnoreCase)
    {
        "feed",
        "rss",
        "rss feed",
        "rss-feed",
        "atom",
        "atom feed",
        "news feed",
        "newsfeed",
        "all posts",
        "latest posts",
        "flux rss",
        "flux",
        "canal rss",
    };

    /// <param name="title">A feed's title.</param>
    /// <returns>The title without a label that says it is a feed; the title itself where nothing else would be left.</returns>
    public static string NameOf(string title)
    {
        var name = title.Trim();
        foreach (var separator in Separators)
        {
            var at = name.LastIndexOf(separator, StringComparison.Ordinal);
            if (at > 0 && Labels.Contains(name[(at + separator.Length)..].Trim()))
            {
                return name[..at].TrimEnd();
            }
        }

        return name;
    }
}
