using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>
/// A story as JSON-LD. A page that is talked on is a posting of the community that shares an article; one that is not yet is
/// about the article alone. Sources: https://schema.org/DiscussionForumPosting, https://schema.org/NewsArticle,
/// https://developers.google.com/search/docs/appearance/structured-data/discussion-forum
/// </summary>
internal static class StoryJson
{
    /// <summary>Search engines read no more; the page itself has all.</summary>
    public const int MaxComments = 20;

    // Twenty long comments would weigh more than the page they describe.
    private const int MaxText = 1_000;

    /// <returns>JSON in which no character can end a script element.</returns>
    public static string Write(StoryPageView view, string root, string site)
    {
        var comments = view
            .Comments.Items.Where(comment => comment.Text is not null)
            .Take(MaxComments)
            .Select(comment => (JsonNode)Comment(comment, view.Story, root))
            .ToList();
        return (comments.Count == 0 ? Article(view, root, site) : Posting(view, root, site, comments)).ToJsonString();
    }

    private static JsonObject Posting(StoryPageView view, string root, string site, IEnumerable<JsonNode> comments)
    {
        var story = view.Story;
        var json = Common(view, "DiscussionForumPosting", root, site);
        json["text"] = Summary(story) is { Length: > 0 } summary ? summary : story.Headline;
        json["sharedContent"] = new JsonObject
        {
            ["@type"] = "NewsArticle",
            ["headline"] = story.Headline,
            ["url"] = story.Url,
            ["publisher"] = Organization(story.Reports[0].Source, null),
        };
        json["commentCount"] = view.Comments.Total;
        json["interactionStatistic"] = new JsonObject
        {
            ["@type"] = "InteractionCounter",
            ["interactionType"] = "https://schema.org/CommentAction",
            ["userInteractionCount"] = view.Comments.Total,
        };
        json["comment"] = new JsonArray([.. comments]);
        return json;
    }

    private static JsonObject Article(StoryPageView view, string root, string site)
    {
        var json = Common(view, "NewsArticle", root, site);
        if (Summary(view.Story) is { Length: > 0 } summary)
        {
            json["abstract"] = summary;
        }

        return json;
    }

    private static JsonObject Common(StoryPageView view, string type, string root, string site)
    {
        var story = view.Story;
        var json = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = type,
            ["headline"] = story.Headline,
            ["url"] = root + story.Path,
            ["mainEntityOfPage"] = root + story.Path,
            ["datePublished"] = Iso(story.PublishedAt),
            ["dateModified"] = Iso(story.UpdatedAt < story.PublishedAt ? story.PublishedAt : story.UpdatedAt),
            ["author"] = Organization(site, root + "/"),
            ["publisher"] = Organization(site, root + "/"),
        };
        JsonNode[] sources =
        [
            .. story
                .Reports.Select(report => report.Url)
                .OfType<string>()
                .Where(IsAbsolute)
                .Select(url => (JsonNode)url),
        ];
        if (sources.Length > 0)
        {
            json["isBasedOn"] = new JsonArray(sources);
        }

        if (story.Picture is { } picture)
        {
            json["image"] = root + Paths.Picture(picture.Id);
        }

        return json;
    }

    private static JsonObject Comment(CommentView comment, StoryView story, string root)
    {
        var text = comment.Text!;
        var url = root + Paths.Comment(story.Id, comment.Number);
        var json = new JsonObject
        {
            ["@type"] = "Comment",
            ["@id"] = url,
            ["url"] = url,
            ["text"] = Core.Summaries.Excerpt.Of(text.Markdown, MaxText) is { Length: > 0 } words ? words : "…",
            ["datePublished"] = Iso(text.WrittenAt),
            ["author"] = new JsonObject
            {
                ["@type"] = "Person",
                ["name"] = text.Author.Name,
                ["url"] = root + Paths.Member(text.Author.Id),
            },
        };
        if (text.EditedAt is { } edited)
        {
            json["dateModified"] = Iso(edited);
        }

        if (comment.Parent > 0)
        {
            json["parentItem"] = new JsonObject
            {
                ["@type"] = "Comment",
                ["@id"] = root + Paths.Comment(story.Id, comment.Parent),
            };
        }

        return json;
    }

    private static JsonObject Organization(string name, string? url)
    {
        var json = new JsonObject { ["@type"] = "Organization", ["name"] = name };
        if (url is not null)
        {
            json["url"] = url;
        }

        return json;
    }

    private static string Summary(StoryView story) => string.Join(' ', story.Summary.Select(sentence => sentence.Text));

    private static bool IsAbsolute(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
