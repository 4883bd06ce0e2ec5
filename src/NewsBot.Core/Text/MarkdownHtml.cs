using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NewsBot.Core.Text;

/// <summary>Shows what people write as safe HTML: only elements and attributes written here can come out.</summary>
public static partial class MarkdownHtml
{
    /// <summary>Renders a comment.</summary>
    /// <param name="markdown">Foreign Markdown; HTML in it is shown as text.</param>
    /// <returns>
    /// Paragraphs, quotes, lists, code, emphasis and links to http, https and mailto; pictures are links, headings bold
    /// paragraphs. What is too long or too deep to be Markdown comes as it was typed.
    /// </returns>
    public static string Render(string markdown) => Render(markdown, static _ => (string?)null);

    /// <summary>Renders a comment whose <c>#12</c> lead to other comments of the page.</summary>
    /// <param name="markdown">Foreign Markdown; HTML in it is shown as text.</param>
    /// <param name="numberExists">Whether the page has an element with the id <c>c12</c> for the number 12.</param>
    public static string Render(string markdown, Func<int, bool> numberExists) =>
        Render(
            markdown,
            number => numberExists(number) ? string.Create(CultureInfo.InvariantCulture, $"#c{number}") : null
        );

    /// <summary>Renders a comment whose <c>#12</c> lead to other comments.</summary>
    /// <param name="markdown">Foreign Markdown; HTML in it is shown as text.</param>
    /// <param name="addressOf">Our own address of the comment with a number; null where there is none.</param>
    public static string Render(string markdown, Func<int, string?> addressOf)
    {
        var writer = new Writer(addressOf);
        if (MarkdownTree.Read(markdown) is { } document)
        {
            writer.Blocks(document);
        }
        else
        {
            writer.AsTyped(markdown);
        }

        return writer.ToString();
    }

    [GeneratedRegex(@"(?<![\w&/#])#(?<number>[1-9][0-9]{0,6})(?!\w)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Reference();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1_000)]
    private static partial Regex Tag();

    private sealed class Writer(Func<int, string?> addressOf)
    {
        private readonly StringBuilder _html = new();
        private bool _inLink;

        public override string ToString() => _html.ToString();

        internal void AsTyped(string text)
        {
            foreach (
                var paragraph in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            )
            {
                _html.Append("<p>");
                foreach (var (place, line) in paragraph.Trim('\n').Split('\n').Index())
                {
                    _html.Append(place > 0 ? "<br>" : "");
                    Escape(line);
                }

                _html.Append("</p>");
            }
        }

        internal void Blocks(ContainerBlock blocks, bool tight = false)
        {
            foreach (var block in blocks)
            {
                Block(block, tight);
            }
        }

        private void Block(Block block, bool tight)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    Wrap("<p><strong>", heading.Inline, "</strong></p>");
                    break;
                case ParagraphBlock paragraph when tight:
                    Wrap("", paragraph.Inline, "");
                    break;
                case ParagraphBlock paragraph:
                    Wrap("<p>", paragraph.Inline, "</p>");
                    break;
                case CodeBlock code:
                    // Wide code scrolls; only what can be focused scrolls by keyboard.
                    _html.Append("<pre tabindex=\"0\"><code>");
                    Escape(code.Lines.ToString());
                    _html.Append("</code></pre>");
                    break;
                case QuoteBlock quote:
                    _html.Append("<blockquote>");
                    Blocks(quote);
                    _html.Append("</blockquote>");
                    break;
                case ListBlock list:
                    List(list);
                    break;
                case ThematicBreakBlock:
                    _html.Append("<hr>");
                    break;
                case LinkReferenceDefinitionGroup:
                    break;
                case ContainerBlock other:
                    Blocks(other);
                    break;
                case LeafBlock leaf:
                    Wrap("<p>", leaf.Inline, "</p>");
                    break;
                default:
                    break;
            }
        }

        private void List(ListBlock list)
        {
            var start = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                ? first
                : 1;
            _html.Append(
                !list.IsOrdered ? "<ul>"
                : start == 1 ? "<ol>"
                : string.Create(CultureInfo.InvariantCulture, $"<ol start=\"{start}\">")
            );
            foreach (var item in list.OfType<ListItemBlock>())
            {
                _html.Append("<li>");
                Blocks(item, tight: !list.IsLoose);
                _html.Append("</li>");
            }

            _html.Append(list.IsOrdered ? "</ol>" : "</ul>");
        }

        private void Wrap(string before, ContainerInline? inline, string after)
        {
            _html.Append(before);
            Inlines(inline);
            _html.Append(after);
        }

        private void Inlines(ContainerInline? inlines)
        {
            foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
            {
                Inline(inline);
            }
        }

        private void Inline(Inline inline)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    Text(literal.Content.ToString());
                    break;
                case CodeInline code:
                    _html.Append("<code>");
                    Escape(code.Content);
                    _html.Append("</code>");
                    break;
                case LineBreakInline:
                    // In a chat a line ends where its writer ended it.
                    _html.Append("<br>");
                    break;
                case HtmlEntityInline entity:
                    Escape(entity.Transcoded.ToString());
                    break;
                case HtmlInline html:
                    Escape(html.Tag);
                    break;
                case EmphasisInline emphasis:
                    var element =
                        emphasis.DelimiterChar == '~' ? "del"
                        : emphasis.DelimiterCount >= 2 ? "strong"
                        : "em";
                    Wrap($"<{element}>", emphasis, $"</{element}>");
                    break;
                case LinkInline link:
                    Link(link.Url, () => LinkText(link), link.IsAutoLink);
                    break;
                case AutolinkInline auto:
                    Link(auto.IsEmail ? "mailto:" + auto.Url : auto.Url, () => Escape(auto.Url), showsItself: true);
                    break;
                case DelimiterInline delimiter:
                    Text(delimiter.ToLiteral());
                    Inlines(delimiter);
                    break;
                case ContainerInline container:
                    Inlines(container);
                    break;
                default:
                    break;
            }
        }

        private void LinkText(LinkInline link)
        {
            var start = _html.Length;
            Inlines(link);
            if (_html.Length == start)
            {
                Escape(link.IsImage ? "picture" : link.Url ?? "");
            }
        }

        // Links in links are no HTML: the outer one wins.
        private void Link(string? address, Action text, bool showsItself)
        {
            var target = _inLink ? null : MarkdownLink.SafeTarget(address);
            if (target is null)
            {
                text();
                return;
            }

            _html.Append("<a href=\"");
            Escape(target);
            _html.Append("\" rel=\"nofollow ugc noopener\">");
            _inLink = true;
            var start = _html.Length;
            text();
            _inLink = false;
            var words = showsItself ? "" : Tag().Replace(_html.ToString(start, _html.Length - start), "");
            _html.Append("</a>");
            if (LinkHost.ToTell(WebUtility.HtmlDecode(words), target) is { } host)
            {
                Escape($" ({host})");
            }
        }

        private void Text(string text)
        {
            var done = 0;
            IEnumerable<Match> references = _inLink ? [] : Reference().Matches(text);
            foreach (var match in references)
            {
                var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
                if (addressOf(number) is not { } address)
                {
                    continue;
                }

                Escape(text[done..match.Index]);
                _html.Append("<a href=\"");
                Escape(address);
                _html.Append(CultureInfo.InvariantCulture, $"\">#{number}</a>");
                done = match.Index + match.Length;
            }

            Escape(text[done..]);
        }

        private void Escape(string text)
        {
            foreach (var c in text)
            {
                _ = c switch
                {
                    '&' => _html.Append("&amp;"),
                    '<' => _html.Append("&lt;"),
                    '>' => _html.Append("&gt;"),
                    '"' => _html.Append("&quot;"),
                    '\'' => _html.Append("&#39;"),
                    _ => _html.Append(c),
                };
            }
        }
    }
}
