using System.Globalization;

namespace NewsBot.Web.Views;

/// <summary>Addresses of our own pages, from the root of the site.</summary>
internal static class Paths
{
    /// <summary>What admins and moderators can do, as forms.</summary>
    public const string Settings = "/settings";

    /// <summary>What moderators did, and what waits for them.</summary>
    public const string Moderation = "/moderation";

    public static string Story(long id, string slug) =>
        slug.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"/stories/{id}")
            : string.Create(CultureInfo.InvariantCulture, $"/stories/{id}-{Uri.EscapeDataString(slug)}");

    public static string Comment(long story, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"/stories/{story}/comments/{number}");

    public static string Quote(long story, int number) => Comment(story, number) + "?fragment=quote";

    /// <param name="storyPath">The story's page.</param>
    /// <param name="sort">The order of comments.</param>
    /// <param name="page">Which page of them.</param>
    /// <param name="at">The id of a comment that no fold may hide; null for none.</param>
    public static string Comments(string storyPath, CommentSort sort, int page, string? at = null)
    {
        var order = sort == CommentSort.Thread ? "" : $"order={Name(sort)}";
        var number = page <= 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"page={page}");
        var seen = at is null ? "" : $"at={at}";
        var query = string.Join('&', new[] { order, number, seen }.Where(part => part.Length > 0));
        return query.Length == 0 ? storyPath : $"{storyPath}?{query}";
    }

    public static string CommentFeed(long story) =>
        string.Create(CultureInfo.InvariantCulture, $"/stories/{story}/comments.atom");

    public static string CommentJson(long story, int page = 1) =>
        Paged(string.Create(CultureInfo.InvariantCulture, $"/stories/{story}/comments.json"), page);

    public static string Markdown(long story, int page = 1) =>
        Paged(string.Create(CultureInfo.InvariantCulture, $"/stories/{story}.md"), page);

    public static string Name(CommentSort sort) =>
        sort switch
        {
            CommentSort.Time => "time",
            CommentSort.Newest => "newest",
            _ => "thread",
        };

    public static string Picture(long id) => string.Create(CultureInfo.InvariantCulture, $"/pictures/{id}");

    public static string SmallPicture(long id) => string.Create(CultureInfo.InvariantCulture, $"/pictures/{id}/small");

    /// <summary>The small one as a JPEG: Slack shows no WebP.</summary>
    /// <param name="id">Which.</param>
    /// <param name="key">What lets a platform fetch it that can sign in nowhere; null for a picture everybody may see.</param>
    public static string JpegPicture(long id, string? key) =>
        string.Create(CultureInfo.InvariantCulture, $"/pictures/{id}/jpeg{(key is null ? "" : "?key=" + key)}");

    public static string Attachment(long id) => string.Create(CultureInfo.InvariantCulture, $"/attachments/{id}");

    public static string Member(long id) => string.Create(CultureInfo.InvariantCulture, $"/members/{id}");

    public static string Source(long id) => string.Create(CultureInfo.InvariantCulture, $"/sources/{id}");

    public static string Chat(string channel) => $"/chat/{Uri.EscapeDataString(channel)}";

    public static string ChatThread(string channel, long story) =>
        string.Create(CultureInfo.InvariantCulture, $"{Chat(channel)}?story={story}#thread");

    public static string Front(string? channel) => channel is null ? "/" : $"/?channel={Uri.EscapeDataString(channel)}";

    public static string Atom(string? channel) =>
        channel is null ? "/feed.atom" : $"/feed.atom?channel={Uri.EscapeDataString(channel)}";

    private static string Paged(string path, int page) =>
        page <= 1 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}?page={page}");
}
