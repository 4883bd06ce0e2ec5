using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>A page of a discussion as JSON. Pure.</summary>
internal static class DiscussionJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <param name="view">What the viewer may see.</param>
    /// <param name="root">The root of the site, absolute, without a slash at its end.</param>
    public static string Write(StoryPageView view, string root)
    {
        var story = view.Story;
        var comments = view.Comments;
        return new JsonObject
        {
            ["story"] = Story(story.Id, story.Headline, story.Path, comments.Total, root),
            ["page"] = comments.Page,
            ["pages"] = comments.Pages,
            ["next"] = comments.Page < comments.Pages ? root + Paths.CommentJson(story.Id, comments.Page + 1) : null,
            ["comments"] = Comments(story.Id, comments.Items, root),
            ["joined"] = new JsonArray([
                .. comments.Joined.Select(part =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["story"] = Story(
                                part.Story.Id,
                                part.Story.Headline,
                                part.Story.Path,
                                part.Story.Comments,
                                root
                            ),
                            ["comments"] = Comments(part.Story.Id, part.Items, root),
                        }
                ),
            ]),
        }.ToJsonString(Options);
    }

    private static JsonObject Story(long id, string headline, string path, int comments, string root) =>
        new()
        {
            ["id"] = id.ToString(CultureInfo.InvariantCulture),
            ["headline"] = headline,
            ["page"] = root + path,
            ["commentCount"] = comments,
        };

    private static JsonArray Comments(long story, IReadOnlyList<CommentView> items, string root) =>
        new([.. items.Select(item => (JsonNode)Comment(story, item, root))]);

    private static JsonObject Comment(long story, CommentView comment, string root)
    {
        var json = new JsonObject
        {
            ["number"] = comment.Number,
            ["parent"] = comment.Parent,
            ["url"] = root + Paths.Comment(story, comment.Number),
            ["state"] = comment.Shown switch
            {
                CommentShown.Visible => "visible",
                CommentShown.Deleted => "deleted",
                _ => "hidden",
            },
        };
        if (comment.Text is { } text)
        {
            json["author"] = new JsonObject
            {
                ["name"] = text.Author.Name,
                ["posts"] = text.Author.Posts,
                [text.Author.HasJoined ? "joined" : "firstSeen"] = Iso(text.Author.Since),
            };
            json["origin"] = new JsonObject
            {
                ["platform"] = text.Platform,
                ["channel"] = text.Channel,
                ["url"] = text.Origin?.Url,
            };
            json["createdAt"] = Iso(text.WrittenAt);
            json["editedAt"] = text.EditedAt is { } edited ? Iso(edited) : null;
            json["markdown"] = text.Markdown;
            json["reactions"] = new JsonArray([
                .. text.Reactions.Select(reaction =>
                    (JsonNode)new JsonObject { ["emoji"] = reaction.Emoji, ["count"] = reaction.Count }
                ),
            ]);
        }

        return json;
    }

    private static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
