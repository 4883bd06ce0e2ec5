using NewsBot.Core.Text;

namespace NewsBot.Web.Views;

/// <summary>A comment in a few words, for whoever points at its number.</summary>
internal sealed record QuoteView(CommentView Comment, DateTimeOffset Now)
{
    // A glance long; whoever wants more follows the link.
    private const int MaxChars = 280;

    public string Excerpt =>
        Comment.Text is { } text ? Core.Summaries.Excerpt.Of(MarkdownPlain.Render(text.Markdown), MaxChars) : "";
}
