namespace NewsBot.Core.Feeds;

/// <summary>Sites that keep a feed for every page of a kind, without always saying so.</summary>
internal static partial class KnownSites
{
    private static readonly string[] StackExchanges =
    [
        "stackoverflow.com",
        "superuser.com",
        "serverfault.com",
        "askubuntu.com",
        "mathoverflow.net",
        "stackapps.com",
    ];

    /// <summary>The feeds that belong to an address, the best first; none where the site is not known.</summary>
    /// <param name="page">A page's address.</param>
    /// <param name="channelId">The YouTube channel the page belongs to, where it was found in it.</param>
    public static IEnumerable<Uri> Feeds(Uri page, string? channelId)
    {
        var host = page.Host.ToLowerInvariant();
        var name = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        var parts = page.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (Named(name, page, parts, channelId) ?? Hosted(name, page, parts) ?? Anywhere(name, parts))
            .Select(address => FeedUrls.Web(address, page))
            .OfType<Uri>();
    }

    /// <summary>Sites of one address; null for others.</summary>
    private static string[]? Named(string name, Uri page, string[] parts, string? channelId) =>
        name switch
        {
            "youtube.com" or "m.youtube.com" or "music.youtube.com" => YouTube(page, parts, channelId),
            "github.com" => GitHub(parts),
            "gist.github.com" => parts is [var who, ..] ? [$"/{who}.atom"] : [],
            "codeberg.org" => Forgejo(parts),
            "reddit.com" or "old.reddit.com" or "new.reddit.com" => Reddit(page, parts),
            "medium.com" => Medium(parts),
            "bsky.app" => parts is ["profile", var who, ..] ? [$"/profile/{who}/rss"] : [],
            "news.ycombinator.com" => ["/rss"],
            "lobste.rs" => parts is ["t", var tag] ? [$"/t/{tag}.rss"] : ["/rss"],
            "dev.to" => parts switch
            {
                ["t", var tag, ..] => [$"/feed/tag/{tag}"],
                [var who, ..] => [$"/feed/{who}"],
                _ => ["/feed"],
            },
            "vimeo.com" => parts switch
            {
                ["channels", var channel, ..] => [$"/channels/{channel}/videos/rss"],
                [var who, ..] => [$"/{who}/videos/rss"],
                _ => [],
            },
            "pypi.org" => parts is ["project", var project, ..]
                ? [$"/rss/project/{project}/releases.xml"]
                : ["/rss/updates.xml"],
            "crates.io" => parts is ["crates", var crate, ..]
                ? [$"https://static.crates.io/rss/crates/{crate}.xml"]
                : [],
            "arxiv.org" => parts is ["list", var list, ..] ? [$"https://rss.arxiv.org/rss/{list}"] : [],
            "sourceforge.net" => parts is ["projects" or "p", var project, ..]
                ? [$"/projects/{project}/rss?path=/"]
                : [],
            _ => null,
        };

    /// <summary>Sites that are many addresses with one ending or beginning; null for others.</summary>
    private static string[]? Hosted(string name, Uri page, string[] parts) =>
        name switch
        {
            _ when Ends(name, ".wordpress.com") => WordPress(parts),
            _ when Ends(name, ".blogspot.com") => Blogger(parts),
            _ when Ends(name, ".substack.com") || Ends(name, ".medium.com") => ["/feed"],
            _ when Ends(name, ".tumblr.com") => parts is ["tagged", var tag, ..]
                ? [$"/tagged/{tag}/rss", "/rss"]
                : ["/rss"],
            _ when Ends(name, ".livejournal.com") => ["/data/rss"],
            _ when Ends(name, ".stackexchange.com") || StackExchanges.Contains(name, StringComparer.Ordinal) =>
                StackExchange(parts),
            _ when name == "gitlab.com" || name.StartsWith("gitlab.", StringComparison.Ordinal) => GitLab(page, parts),
            _ => null,
        };

    // Anybody may run these: their pages show by their path.
    private static string[] Anywhere(string name, string[] parts) =>
        parts switch
        {
            [['@', _, ..] who] when IsLocal(who) => [$"/{who}.rss"],
            [['@', _, ..] who, "tagged", var tag] when IsLocal(who) => [$"/{who}/tagged/{tag}.rss", $"/{who}.rss"],
            [['@', _, ..] who, ..] when IsLocal(who) => [$"/{who}.rss"],
            ["users", var user] => [$"/@{user}.rss"],
            ["tags", var tag] => [$"/tags/{tag}.rss"],
            ["c", var community] => [$"/feeds/c/{community}.xml?sort=New"],
            ["u", var user] => [$"/feeds/u/{user}.xml?sort=New"],
            [] when name.StartsWith("lemmy.", StringComparison.Ordinal) => ["/feeds/local.xml?sort=New"],
            _ => [],
        };

    private static string[] YouTube(Uri page, string[] parts, string? channelId)
    {
        const string Feed = "https://www.youtube.com/feeds/videos.xml";
        var list = Query(page, "list");
        return parts switch
        {
            ["channel", var id, ..] => [$"{Feed}?channel_id={id}"],
            ["user", var user, ..] => [$"{Feed}?user={user}"],
            ["playlist" or "watch", ..] when IsListId(list) => [$"{Feed}?playlist_id={list}"],
            _ when IsChannelId(channelId) => [$"{Feed}?channel_id={channelId}"],
            _ => [],
        };
    }

    private static string[] Reddit(Uri page, string[] parts) =>
        parts switch
        {
            ["r" or "user" or "u", var name] => [$"/{parts[0]}/{name}/.rss"],
            ["r", var name, "comments", var post, ..] => [$"/r/{name}/comments/{post}/.rss", $"/r/{name}/.rss"],
            ["r", var name, "search"] when Query(page, "q") is { } words =>
            [
                $"/r/{name}/search.rss?q={words}&restrict_sr=on&sort=new",
            ],
            ["user", var name, "m", var many, ..] => [$"/user/{name}/m/{many}/.rss"],
            ["domain", var domain, ..] => [$"/domain/{domain}/.rss"],
            ["r" or "user" or "u", var name, var part, ..] =>
            [
                $"/{parts[0]}/{name}/{part}/.rss",
                $"/{parts[0]}/{name}/.rss",
            ],
            [] => ["/.rss"],
            _ => [],
        };

    private static string[] Medium(string[] parts) =>
        parts switch
        {
            ["feed", ..] => [],
            ["tag", var tag, ..] => [$"/feed/tag/{tag}"],
            [var who, "tagged", var tag, ..] => [$"/feed/{who}/tagged/{tag}", $"/feed/{who}"],
            [var who, ..] => [$"/feed/{who}"],
            _ => [],
        };

    private static string[] WordPress(string[] parts) =>
        parts is ["category" or "tag" or "author", var name, ..] ? [$"/{parts[0]}/{name}/feed/", "/feed/"] : ["/feed/"];

    private static string[] Blogger(string[] parts) =>
        parts is ["search", "label", var label, ..]
            ? [$"/feeds/posts/default/-/{label}", "/feeds/posts/default"]
            : ["/feeds/posts/default"];

    private static string[] StackExchange(string[] parts) =>
        parts switch
        {
            ["questions", "tagged", var tags, ..] => [$"/feeds/tag?tagnames={tags}&sort=newest", "/feeds"],
            ["questions", var number, ..] when IsNumber(number) => [$"/feeds/question/{number}", "/feeds"],
            ["users", var number, ..] when IsNumber(number) => [$"/feeds/user/{number}"],
            _ => ["/feeds"],
        };

    // "@jane@elsewhere.example" is shown here, but its feed is elsewhere.
    private static bool IsLocal(string handle) => handle.LastIndexOf('@') == 0;

    private static bool IsNumber(string text) => text.Length < 20 && text.All(char.IsAsciiDigit);

    private static bool IsChannelId(string? id) =>
        id is { Length: 24 } && id.StartsWith("UC", StringComparison.Ordinal) && IsListId(id);

    private static bool IsListId(string? id) =>
        id is { Length: > 1 and < 60 } && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

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
