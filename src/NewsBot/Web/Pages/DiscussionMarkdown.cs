using System.Globalization;
using System.Text;
using NewsBot.Core.Text;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>A page of a discussion as Markdown. Foreign words stand in quotes or are escaped, so that none of them can pass for ours. Pure.</summary>
internal static class DiscussionMarkdown
{
    /// <param name="view">What the viewer may see.</param>
    /// <param name="root">The root of the site, absolute, without a slash at its end.</param>
    public static string Write(StoryPageView view, string root)
    {
        var story = view.Story;
        var comments = view.Comments;
        var text = new StringBuilder();
        text.Append("# ").Append(MarkdownEscape.Line(story.Headline)).Append("\n\n");
        text.Append(MarkdownEscape.Link(story.Reports[0].Source, story.Url)).Append(" · ");
        text.Append(Wording.Full(story.PublishedAt)).Append(" · <").Append(root).Append(story.Path).Append(">\n\n");
        if (story.Summary.Count > 0)
        {
            text.Append(MarkdownEscape.Line(string.Join(' ', story.Summary.Select(sentence => sentence.Text))));
            text.Append("\n\n");
        }

        text.Append("## ").Append(Wording.Count(comments.Total, "comment")).Append("\n\n");
        Write(text, story.Id, comments.Items, root);
        foreach (var part in comments.Joined.Where(part => part.Items.Count > 0))
        {
            text.Append("## ").Append(Wording.Count(part.Story.Comments, "comment")).Append(" on ");
            text.Append(MarkdownEscape.Line(part.Story.Headline)).Append("\n\n");
            Write(text, part.Story.Id, part.Items, root);
        }

        if (comments.Pages > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"Page {comments.Page} of {comments.Pages}.");
            text.Append(
                comments.Page < comments.Pages
                    ? $" Next: <{root}{Paths.Markdown(story.Id, comments.Page + 1)}>\n"
                    : "\n"
            );
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, long story, IReadOnlyList<CommentView> items, string root)
    {
        foreach (var comment in items)
        {
            var url = root + Paths.Comment(story, comment.Number);
            text.Append(CultureInfo.InvariantCulture, $"### [#{comment.Number}](<{url}>)");
            if (comment.Parent > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $" answers #{comment.Parent}");
            }

            if (comment.Text is { } said)
            {
                text.Append(": ").Append(MarkdownEscape.Line(said.Author.Name)).Append("\n\n");
                foreach (var line in said.Markdown.ReplaceLineEndings("\n").Split('\n'))
                {
                    text.Append(line.Length == 0 ? ">" : "> ").Append(line).Append('\n');
                }

                text.Append('\n').Append(said.Platform).Append(" · ").Append(Wording.Full(said.WrittenAt));
                text.Append(said.EditedAt is null ? "\n\n" : " · edited\n\n");
            }
            else
            {
                text.Append("\n\n*").Append(CommentWords.Gone(comment.Shown)).Append("*\n\n");
            }
        }
    }
}
