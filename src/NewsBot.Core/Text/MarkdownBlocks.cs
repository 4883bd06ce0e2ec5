using System.Globalization;
using System.Runtime.InteropServices;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NewsBot.Core.Text;

/// <summary>Takes Markdown apart into blocks of styled text, for platforms that take structure instead of Markdown. Pure.</summary>
public static class MarkdownBlocks
{
    /// <summary>Reads a text.</summary>
    /// <param name="markdown">Any Markdown; HTML in it is text.</param>
    /// <returns>In order; what is too long or too deep to be Markdown comes as one paragraph, as it was typed.</returns>
    public static IReadOnlyList<MarkdownBlock> Read(string markdown)
    {
        if (MarkdownTree.Read(markdown) is not { } document)
        {
            var typed = markdown.ReplaceLineEndings("\n").Trim();
            return typed.Length == 0
                ? []
                :
                [
                    new MarkdownBlock(
                        MarkdownBlockKind.Paragraph,
                        0,
                        [new MarkdownRun(typed, null, MarkdownStyle.None)]
                    ),
                ];
        }

        List<MarkdownBlock> blocks = [];
        Blocks(document, new Place(MarkdownBlockKind.Paragraph, 0), blocks);
        return blocks;
    }

    private static void Blocks(ContainerBlock parent, Place place, List<MarkdownBlock> blocks)
    {
        foreach (var block in parent)
        {
            switch (block)
            {
                case LinkReferenceDefinitionGroup:
                    break;
                case ListBlock list:
                    Items(list, place, blocks);
                    break;
                case QuoteBlock quote:
                    Blocks(quote, place.Into(MarkdownBlockKind.Quote), blocks);
                    break;
                case ContainerBlock container:
                    Blocks(container, place, blocks);
                    break;
                case CodeBlock code:
                    Add(
                        place with
                        {
                            Kind = MarkdownBlockKind.Code,
                        },
                        [new MarkdownRun(code.Lines.ToString(), null, MarkdownStyle.None)],
                        blocks
                    );
                    break;
                case LeafBlock { Inline: { } inline }:
                    Leaf(block, inline, place, blocks);
                    break;
                default:
                    break;
            }
        }
    }

    private static void Items(ListBlock list, Place place, List<MarkdownBlock> blocks)
    {
        var kind = list.IsOrdered ? MarkdownBlockKind.NumberedItem : MarkdownBlockKind.Item;
        var number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? first
            : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var before = blocks.Count;
            Blocks(item, place.Into(kind), blocks);
            Join(blocks, before, kind, list.IsOrdered ? number : 0);
            number++;
        }
    }

    // Further paragraphs of an item belong to it; as blocks of their own they would look like further items.
    private static void Join(List<MarkdownBlock> blocks, int first, MarkdownBlockKind kind, int number)
    {
        if (blocks.Count == first || blocks[first].Kind != kind)
        {
            return;
        }

        blocks[first] = blocks[first] with { Number = number };
        while (
            blocks.Count > first + 1
            && blocks[first + 1] is { Number: 0 } next
            && next.Kind == kind
            && next.Depth == blocks[first].Depth
        )
        {
            MarkdownRun[] gap = [new("\n", null, MarkdownStyle.None)];
            blocks[first] = blocks[first] with { Runs = [.. blocks[first].Runs, .. gap, .. next.Runs] };
            blocks.RemoveAt(first + 1);
        }
    }

    private static void Leaf(Block block, ContainerInline inline, Place place, List<MarkdownBlock> blocks)
    {
        List<MarkdownRun> runs = [];
        var isHeading = block is HeadingBlock;
        Inlines(inline, new Look(isHeading ? MarkdownStyle.Bold : MarkdownStyle.None, null), runs);
        var isPlain = place.Kind is MarkdownBlockKind.Paragraph;
        Add(isHeading && isPlain ? place with { Kind = MarkdownBlockKind.Heading } : place, runs, blocks);
    }

    private static void Add(Place place, IReadOnlyList<MarkdownRun> runs, List<MarkdownBlock> blocks)
    {
        if (runs.Any(run => run.Text.Trim().Length > 0))
        {
            blocks.Add(new MarkdownBlock(place.Kind, place.Depth, runs));
        }
    }

    private static void Inlines(ContainerInline parent, Look look, List<MarkdownRun> runs)
    {
        foreach (var inline in parent)
        {
            Inline(inline, look, runs);
        }
    }

    private static void Inline(Inline inline, Look look, List<MarkdownRun> runs)
    {
        switch (inline)
        {
            case LiteralInline literal:
                Append(literal.Content.ToString(), look, runs);
                break;
            case CodeInline code:
                Append(code.Content, look with { Style = look.Style | MarkdownStyle.Code }, runs);
                break;
            case LineBreakInline:
                Append("\n", look, runs);
                break;
            case HtmlEntityInline entity:
                Append(entity.Transcoded.ToString(), look, runs);
                break;
            case HtmlInline html:
                Append(html.Tag, look, runs);
                break;
            case AutolinkInline auto:
                Append(auto.Url, look with { Url = Target(auto.IsEmail ? $"mailto:{auto.Url}" : auto.Url) }, runs);
                Tell("", look, runs);
                break;
            case LinkInline { FirstChild: null } link:
                Append(link.Url ?? "", look with { Url = Target(link.Url) }, runs);
                Tell("", look, runs);
                break;
            case LinkInline link:
                var before = string.Concat(runs.Select(run => run.Text)).Length;
                Inlines(link, look with { Url = Target(link.Url) }, runs);
                var words = string.Concat(runs.Select(run => run.Text))[before..];
                Tell(link.IsAutoLink ? "" : words, look, runs);
                break;
            case EmphasisInline emphasis:
                Inlines(emphasis, look with { Style = look.Style | Style(emphasis) }, runs);
                break;
            case DelimiterInline delimiter:
                Append(delimiter.ToLiteral(), look, runs);
                Inlines(delimiter, look, runs);
                break;
            case ContainerInline container:
                Inlines(container, look, runs);
                break;
            default:
                break;
        }
    }

    // Words that name another host than the link's get it beside them.
    private static void Tell(string words, Look look, List<MarkdownRun> runs)
    {
        if (runs is [.., { Url: { } target }] && LinkHost.ToTell(words, target) is { } host)
        {
            Append($" ({host})", look, runs);
        }
    }

    private static MarkdownStyle Style(EmphasisInline emphasis) =>
        emphasis switch
        {
            { DelimiterChar: '~' } => MarkdownStyle.Strike,
            { DelimiterCount: >= 2 } => MarkdownStyle.Bold,
            _ => MarkdownStyle.Italic,
        };

    // A path is one of our own pages; two slashes would be another host.
    private static string? Target(string? url) =>
        url is { Length: <= MarkdownLink.MaxLength } and (['/', not ('/' or '\\'), ..] or "/")
            ? url
            : MarkdownLink.SafeTarget(url);

    private static void Append(string text, Look look, List<MarkdownRun> runs)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (runs is [.., var last] && last.Style == look.Style && last.Url == look.Url)
        {
            runs[^1] = last with { Text = last.Text + text };
        }
        else
        {
            runs.Add(new MarkdownRun(text, look.Url, look.Style));
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(MarkdownBlockKind Kind, int Depth)
    {
        public Place Into(MarkdownBlockKind kind) =>
            new(kind, Kind is MarkdownBlockKind.Paragraph or MarkdownBlockKind.Heading ? 0 : Depth + 1);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Look(MarkdownStyle Style, string? Url);
}
