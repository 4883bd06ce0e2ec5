using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>A story as JSON-LD. Source: https://schema.org/NewsArticle</summary>
internal static class StoryJson
{
    /// <summary>Search engines read no more; the page itself has all.</summary>
    public const int MaxComments = 20;

    /// <returns>JSON in which no character can end a script element.</returns>
    public static string Write(StoryPageView view, string root, string site)
    {
        var story = view.Story;
        var json = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "NewsArticle",
            ["headline"] = story.Headline,
            ["url"] = root + story.Path,
            ["datePublished"] = Iso(story.PublishedAt),
            ["dateModified"] = Iso(story.UpdatedAt),
            ["publisher"] = new JsonObject { ["@type"] = "Organization", ["name"] = site },
            ["isBasedOn"] = new JsonArray([
                .. story.Reports.Select(report => report.Url).OfType<string>().Select(url => (JsonNode)url),
            ]),
            ["commentCount"] = view.Comments.Total,
        };
        if (story.Summary.Count > 0)
        {
            json["abstract"] = string.Join(' ', story.Summary.Select(sentence => sentence.Text));
        }

        if (story.Picture is { } picture)
        {
            json["image"] = root + Paths.Picture(picture.Id);
        }

        var comments = view.Comments.Items.Where(comment => comment.Text is not null).Take(MaxComments);
        json["comment"] = new JsonArray([.. comments.Select(comment => (JsonNode)Comment(comment, story, root))]);
        return json.ToJsonString();
    }

    private static JsonObject Comment(CommentView comment, StoryView story, string root) =>
        new JsonObject
        {
            ["@type"] = "Comment",
            ["url"] = root + Paths.Comment(story.Id, comment.Number),
            ["text"] = comment.Text!.Markdown,
            ["dateCreated"] = Iso(comment.Text.WrittenAt),
            ["author"] = new JsonObject { ["@type"] = "Person", ["name"] = comment.Text.Author.Name },
        };

    private static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
