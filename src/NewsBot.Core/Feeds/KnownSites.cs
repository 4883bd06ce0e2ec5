namespace NewsBot.Core.Feeds;

/// <summary>Sites that keep a feed for every page of a kind, without always saying so.</summary>
internal static class KnownSites
{
    /// <summary>The feeds that belong to an address, the best first; none where the site is not known.</summary>
    /// <param name="page">A page's address.</param>
    /// <param name="channelId">The YouTube channel the page belongs to, where it was found in it.</param>
    public static IEnumerable<Uri> Feeds(Uri page, string? channelId)
    {
        var host = page.Host.ToLowerInvariant();
        var name = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        var parts = page.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var addresses = name switch
        {
            "youtube.com" or "m.youtube.com" => YouTube(page, parts, channelId),
            "github.com" => GitHub(parts),
            "reddit.com" or "old.reddit.com" or "new.reddit.com" => Reddit(parts),
            "medium.com" => Medium(parts),
            "bsky.app" when parts is ["profile", ..] => [$"/profile/{parts[^1]}/rss"],
            "news.ycombinator.com" => ["/rss"],
            _ when Ends(name, ".wordpress.com") => ["/feed/"],
            _ when Ends(name, ".blogspot.com") => ["/feeds/posts/default"],
            _ when Ends(name, ".substack.com") || Ends(name, ".medium.com") => ["/feed"],
            _ when Ends(name, ".tumblr.com") => ["/rss"],
            _ when Ends(name, ".livejournal.com") => ["/data/rss"],
            _ => Mastodon(parts),
        };
        return addresses.Select(address => FeedUrls.Web(address, page)).OfType<Uri>();
    }

    private static string[] YouTube(Uri page, string[] parts, string? channelId)
    {
        const string Feed = "https://www.youtube.com/feeds/videos.xml";
        var list = Query(page, "list");
        return parts switch
        {
            ["channel", var id, ..] => [$"{Feed}?channel_id={id}"],
            ["user", var user, ..] => [$"{Feed}?user={user}"],
            ["playlist", ..] when list is not null => [$"{Feed}?playlist_id={list}"],
            _ when IsChannelId(channelId) => [$"{Feed}?channel_id={channelId}"],
            _ => [],
        };
    }

    private static string[] GitHub(string[] parts) =>
        parts switch
        {
            [var owner, var repository, "tags", ..] => [$"/{owner}/{repository}/tags.atom"],
            [var owner, var repository, "commits", ..] => [$"/{owner}/{repository}/commits.atom"],
            [var owner, var repository, ..] =>
            [
                $"/{owner}/{repository}/releases.atom",
                $"/{owner}/{repository}/tags.atom",
                $"/{owner}/{repository}/commits.atom",
            ],
            [var owner] => [$"/{owner}.atom"],
            _ => [],
        };

    private static string[] Reddit(string[] parts) =>
        parts switch
        {
            ["r" or "user" or "u", var name] => [$"/{parts[0]}/{name}/.rss"],
            ["r", var name, "comments", var post, ..] => [$"/r/{name}/comments/{post}/.rss", $"/r/{name}/.rss"],
            ["r" or "user" or "u", var name, var part, ..] =>
            [
                $"/{parts[0]}/{name}/{part}/.rss",
                $"/{parts[0]}/{name}/.rss",
            ],
            [] => ["/.rss"],
            _ => [],
        };

    private static string[] Medium(string[] parts) => parts is [var who, ..] ? [$"/feed/{who}"] : [];

    // Any server may be a Mastodon: its profiles show by their path.
    private static string[] Mastodon(string[] parts) =>
        parts switch
        {
            [['@', _, ..] who] when IsLocal(who) => [$"/{who}.rss"],
            [['@', _, ..] who, "with_replies" or "media"] when IsLocal(who) => [$"/{who}.rss"],
            ["users", var user] => [$"/@{user}.rss"],
            _ => [],
        };

    // "@jane@elsewhere.example" is shown here, but its feed is elsewhere.
    private static bool IsLocal(string handle) => handle.LastIndexOf('@') == 0;

    private static bool IsChannelId(string? id) =>
        id is { Length: 24 }
        && id.StartsWith("UC", StringComparison.Ordinal)
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static string? Query(Uri page, string key)
    {
        foreach (var pair in page.Query.TrimStart('?').Split('&'))
        {
            if (pair.StartsWith($"{key}=", StringComparison.Ordinal) && pair.Length > key.Length + 1)
            {
                return pair[(key.Length + 1)..];
            }
        }

        return null;
    }

    private static bool Ends(string host, string suffix) => host.EndsWith(suffix, StringComparison.Ordinal);
}
