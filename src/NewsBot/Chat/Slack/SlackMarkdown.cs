using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Text;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Turns our own Markdown into Slack's rich text, where nothing has to be escaped and nothing becomes a mention or a link
/// by itself. Pure. Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
/// </summary>
internal static class SlackMarkdown
{
    // Slack takes no longer text in one element.
    private const int MaxElement = 2_900;

    // Slack indents lists eight times at most.
    private const int MaxIndent = 8;

    /// <summary>Writes a text as one block.</summary>
    /// <param name="markdown">Our own text; anything foreign in it is escaped.</param>
    /// <param name="origin">Of our pages, without a slash at its end; where it is null, links to them are words only.</param>
    /// <param name="most">Characters of text and addresses after which it is cut.</param>
    /// <returns>Null for an empty text.</returns>
    public static Block? Block(string markdown, string? origin, int most)
    {
        var elements = Elements(markdown, origin, most);
        return elements.Count > 0 ? Clients.Slack.Objects.Block.RichText(elements) : null;
    }

    /// <inheritdoc cref="Block" />
    /// <returns>The elements of a block of rich text; none for an empty text.</returns>
    public static IReadOnlyList<Element> Elements(string markdown, string? origin, int most)
    {
        var writer = new Writer(origin, most);
        foreach (var block in MarkdownBlocks.Read(markdown))
        {
            writer.Add(block);
            if (writer.IsFull)
            {
                break;
            }
        }

        return writer.Finish();
    }

    /// <summary>Foreign Markdown; links to pages of ours in it are words only.</summary>
    /// <param name="markdown">As its author wrote it.</param>
    /// <param name="most">Characters of text and addresses after which it is cut.</param>
    /// <returns>The elements, and whether something of it is missing.</returns>
    public static (IReadOnlyList<Element> Elements, bool IsCut) Cut(string markdown, int most)
    {
        var writer = new Writer(origin: null, most);
        var blocks = MarkdownBlocks.Read(markdown);
        foreach (var block in blocks.TakeWhile(_ => !writer.IsCut))
        {
            writer.Add(block);
        }

        return (writer.Finish(), writer.IsCut);
    }

    /// <summary>Words of rich text as they are, in pieces that Slack takes.</summary>
    public static IEnumerable<Element> Text(string text, ElementStyle? style = null)
    {
        for (var at = 0; at < text.Length; )
        {
            var length = Math.Min(MaxElement, text.Length - at);
            length -= length > 1 && at + length < text.Length && char.IsHighSurrogate(text[at + length - 1]) ? 1 : 0;
            yield return Element.RichText(text.Substring(at, length), style);
            at += length;
        }
    }

    private static ElementStyle? Style(MarkdownStyle style) =>
        style is MarkdownStyle.None
            ? null
            : new ElementStyle
            {
                Bold = style.HasFlag(MarkdownStyle.Bold),
                Italic = style.HasFlag(MarkdownStyle.Italic),
                Strike = style.HasFlag(MarkdownStyle.Strike),
                Code = style.HasFlag(MarkdownStyle.Code),
            };

    /// <summary>Puts blocks together to what Slack shows them as.</summary>
    private sealed class Writer(string? origin, int most)
    {
        private const string Gap = "\n\n";

        private readonly List<Element> _done = [];
        private List<Element> _open = [];
        private Element? _kind;
        private int _room = most;

        public bool IsFull => _room <= 0;

        /// <summary>Whether something had no room.</summary>
        public bool IsCut { get; private set; }

        public void Add(MarkdownBlock block)
        {
            switch (block.Kind)
            {
                case MarkdownBlockKind.Item or MarkdownBlockKind.NumberedItem:
                    Begin(List(block));
                    _open.Add(Element.RichTextSection([.. Runs(block)]));
                    break;
                case MarkdownBlockKind.Code:
                    Begin(null);
                    Begin(new Element(ElementTypes.RichTextPreformatted));
                    _open.AddRange(Runs(block));
                    break;
                default:
                    var type =
                        block.Kind is MarkdownBlockKind.Quote
                            ? ElementTypes.RichTextQuote
                            : ElementTypes.RichTextSection;
                    Begin(new Element(type));
                    Part();
                    _open.AddRange(Runs(block));
                    break;
            }
        }

        public List<Element> Finish()
        {
            Begin(null);
            return _done;
        }

        private static Element List(MarkdownBlock block) =>
            new(ElementTypes.RichTextList)
            {
                Style = ElementStyle.Of(block.Kind is MarkdownBlockKind.Item ? "bullet" : "ordered"),
                Indent = Math.Min(block.Depth, MaxIndent),
                Offset = block.Number > 1 ? block.Number - 1 : null,
            };

        // What is like the part before goes on with it; a list goes on with its numbers by itself.
        private void Begin(Element? kind)
        {
            if (kind == _kind || (kind is not null && kind with { Offset = _kind?.Offset } == _kind))
            {
                return;
            }

            if (_kind is not null && _open.Count > 0)
            {
                _done.Add(_kind with { Elements = _open });
            }

            (_kind, _open) = (kind, []);
        }

        // Of very many very short paragraphs, what parts them is what takes the room.
        private void Part()
        {
            if (_open.Count > 0)
            {
                _open.Add(Element.RichText(Gap));
                _room -= Gap.Length;
            }
        }

        private List<Element> Runs(MarkdownBlock block)
        {
            List<Element> elements = [];
            foreach (var run in block.Runs)
            {
                if (_room <= 0)
                {
                    IsCut = true;
                    break;
                }

                var url = run.Url is ['/', ..] path ? (origin is null ? null : origin + path) : run.Url;
                var isCut = run.Text.Length > _room;
                var text = isCut ? Cut(run.Text) : run.Text;
                IsCut |= isCut;
                _room = isCut ? 0 : _room - text.Length - (url?.Length ?? 0);
                elements.AddRange(
                    url is null || text.Length > MaxElement
                        ? Text(text, Style(run.Style))
                        : [Element.RichLink(url, text, Style(run.Style))]
                );
            }

            return elements;
        }

        private string Cut(string text)
        {
            var end = char.IsHighSurrogate(text[_room - 1]) ? _room - 1 : _room;
            return text[..end].TrimEnd() + "…";
        }
    }
}
