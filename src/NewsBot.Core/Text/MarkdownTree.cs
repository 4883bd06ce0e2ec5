using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NewsBot.Core.Text;

/// <summary>Reads foreign Markdown into a tree of bounded size and depth. HTML in it stays text.</summary>
internal static partial class MarkdownTree
{
    /// <summary>Twice the longest comment; a longer text is shown as it was typed.</summary>
    internal const int MaxLength = 16_000;

    // People quote quotes and nest lists a few levels deep; what is deeper was made to break something.
    private const int MaxDepth = 32;

    private const int MaxSigns = 600;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseAutoLinks()
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
        .Build();

    /// <summary>Reads a text; null where it is too long or nested too deep to be read as Markdown.</summary>
    internal static MarkdownDocument? Read(string markdown)
    {
        if (markdown.Length > MaxLength || OpensTooMuch(markdown))
        {
            return null;
        }

        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            return IsShallow(document) ? document : null;
        }
        catch (ArgumentException)
        {
            // The parser has a limit of its own on nesting, and says so like this.
            return null;
        }
    }

    // Thousands of signs that open something and close nothing cost the parser quadratic time; no comment has as many.
    private static bool OpensTooMuch(string markdown)
    {
        var (brackets, emphases) = (0, 0);
        foreach (var c in markdown)
        {
            brackets += c is '[' or '<' ? 1 : 0;
            emphases += c is '*' or '_' or '~' or '`' ? 1 : 0;
        }

        return brackets > MaxSigns || emphases > MaxSigns || DeepLine().IsMatch(markdown);
    }

    private static bool IsShallow(MarkdownDocument document)
    {
        var open = new Stack<(MarkdownObject Node, int Depth)>();
        open.Push((document, 0));
        while (open.TryPop(out var at))
        {
            if (at.Depth > MaxDepth)
            {
                return false;
            }

            foreach (var child in Children(at.Node))
            {
                open.Push((child, at.Depth + 1));
            }
        }

        return true;
    }

    private static IEnumerable<MarkdownObject> Children(MarkdownObject node) =>
        node switch
        {
            ContainerBlock block => block,
            LeafBlock { Inline: { } inline } => inline,
            ContainerInline inline => inline,
            _ => [],
        };

    // A line that opens one quote or list inside the other, more often than the depth allows.
    [GeneratedRegex(
        @"^([ \t]*(>|[-+*][ \t]|[0-9]{1,9}[.)][ \t])){33}",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1_000
    )]
    private static partial Regex DeepLine();
}
