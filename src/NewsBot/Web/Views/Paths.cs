using System.Globalization;

namespace NewsBot.Web.Views;

/// <summary>Addresses of our own pages, from the root of the site.</summary>
internal static class Paths
{
    public static string Story(long id, string slug) =>
        slug.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"/stories/{id}")
            : string.Create(CultureInfo.InvariantCulture, $"/stories/{id}-{Uri.EscapeDataString(slug)}");

    public static string Comment(long story, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"/stories/{story}/comments/{number}");

    public static string Comments(string storyPath, CommentSort sort, int page)
    {
        var order = sort == CommentSort.Thread ? "" : $"order={Name(sort)}";
        var number = page <= 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"page={page}");
        var query = string.Join('&', new[] { order, number }.Where(part => part.Length > 0));
        return query.Length == 0 ? storyPath : $"{storyPath}?{query}";
    }

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
    public static string JpegPicture(long id) => string.Create(CultureInfo.InvariantCulture, $"/pictures/{id}/jpeg");

    public static string Attachment(long id) => string.Create(CultureInfo.InvariantCulture, $"/attachments/{id}");

    public static string Member(long id) => string.Create(CultureInfo.InvariantCulture, $"/members/{id}");

    public static string Chat(string channel) => $"/chat/{Uri.EscapeDataString(channel)}";

    public static string ChatThread(string channel, long story) =>
        string.Create(CultureInfo.InvariantCulture, $"{Chat(channel)}?story={story}#thread");

    public static string Front(string? channel) => channel is null ? "/" : $"/?channel={Uri.EscapeDataString(channel)}";

    public static string Atom(string? channel) =>
        channel is null ? "/feed.atom" : $"/feed.atom?channel={Uri.EscapeDataString(channel)}";
}
