using Markdig;

namespace NewsBot.Web.Views;

/// <summary>Foreign Markdown as HTML that does nothing.</summary>
internal static class CommentHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    public static string Render(string markdown) => Markdown.ToHtml(markdown, Pipeline);
}
