using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NewsBot.Core.Text;

/// <summary>The words of Markdown without its signs, for searching and previews.</summary>
public static class MarkdownPlain
{
    /// <summary>Renders Markdown as plain text.</summary>
    /// <param name="markdown">Foreign Markdown.</param>
    /// <returns>One line per block and line break; links and pictures as their text. Not escaped for anything.</returns>
    public static string Render(string markdown)
    {
        if (MarkdownTree.Read(markdown) is not { } document)
        {
            return markdown.ReplaceLineEndings("\n").Trim();
        }

        var text = new StringBuilder(markdown.Length);
        Blocks(document, text);
        return text.ToString().Trim();
    }

    private static void Blocks(ContainerBlock blocks, StringBuilder text)
    {
        foreach (var block in blocks)
        {
            switch (block)
            {
                case LinkReferenceDefinitionGroup:
                    break;
                case ContainerBlock container:
                    Blocks(container, text);
                    break;
                case CodeBlock code:
                    text.Append(code.Lines.ToString()).Append('\n');
                    break;
                case LeafBlock { Inline: { } inline }:
                    Inlines(inline, text);
                    text.Append('\n');
                    break;
                default:
                    break;
            }
        }
    }

    private static void Inlines(ContainerInline inlines, StringBuilder text)
    {
        foreach (var inline in inlines)
        {
            Inline(inline, text);
        }
    }

    private static void Inline(Inline inline, StringBuilder text)
    {
        switch (inline)
        {
            case LiteralInline literal:
                text.Append(literal.Content.AsSpan());
                break;
            case CodeInline code:
                text.Append(code.Content);
                break;
            case LineBreakInline:
                text.Append('\n');
                break;
            case HtmlEntityInline entity:
                text.Append(entity.Transcoded.AsSpan());
                break;
            case HtmlInline html:
                text.Append(html.Tag);
                break;
            case AutolinkInline auto:
                text.Append(auto.Url);
                break;
            case LinkInline { FirstChild: null } link:
                text.Append(link.Url);
                break;
            case DelimiterInline delimiter:
                text.Append(delimiter.ToLiteral());
                Inlines(delimiter, text);
                break;
            case ContainerInline container:
                Inlines(container, text);
                break;
            default:
                break;
        }
    }
}
