using AngleSharp.Dom;

namespace NewsBot.Fetching.Articles;

/// <summary>A page as its blocks and lines, made in one walk without recursion.</summary>
internal sealed class PageOutline
{
    private readonly LineText _text = new();
    private int _rows;
    private Place _lineStart;

    private PageOutline() { }

    /// <summary>The blocks in the order of their start; the first holds all.</summary>
    public List<PagePart> Parts { get; } = [];

    /// <summary>The lines in reading order.</summary>
    public List<PageLine> Lines { get; } = [];

    /// <summary>Makes the outline of all below an element.</summary>
    /// <param name="root">Usually the body.</param>
    public static PageOutline Of(IElement root)
    {
        var outline = new PageOutline();
        outline.Walk(root);
        outline.Sum();
        return outline;
    }

    private void Walk(IElement root)
    {
        var open = new Stack<Step>();
        Parts.Add(new PagePart(root.LocalName, -1, PageHint.None));
        open.Push(new Step(root, 0, default, IsBlock: true));
        while (open.TryPop(out var step))
        {
            if (step.Next < step.Node.ChildNodes.Length)
            {
                open.Push(step with { Next = step.Next + 1 });
                Enter(step.Node.ChildNodes[step.Next], step.Place, open);
            }
            else if (step.IsBlock)
            {
                EndLine();
                Parts[step.Place.Part].End = Parts.Count;
                Parts[step.Place.Part].EndLine = Lines.Count;
            }
        }
    }

    private void Enter(INode node, Place place, Stack<Step> open)
    {
        switch (node)
        {
            case IText words:
                Append(words.Data, place);
                break;
            case IElement { LocalName: "br" }:
                if (_text.Break(place.IsCode))
                {
                    EndLine();
                }

                break;
            case IElement { LocalName: var tag } element when !PageTags.IsTextless(tag):
                EnterElement(element, tag, place, open);
                break;
        }
    }

    private void EnterElement(IElement element, string tag, Place place, Stack<Step> open)
    {
        var hint = PageHints.Of(element);
        var inline = PageTags.IsInline(tag);
        if (inline && (hint == PageHint.None || tag == "a" || !PageTags.HoldsBlocks(element)))
        {
            // A link is named after what it leads to, whatever the sentence around it says.
            if ((hint & (PageHint.Side | PageHint.Talk | PageHint.Out)) == PageHint.None || tag == "a")
            {
                var isLink = place.IsLink || (tag == "a" && element.HasAttribute("href"));
                open.Push(new Step(element, 0, place with { IsLink = isLink }, IsBlock: false));
            }

            return;
        }

        EndLine();
        Parts.Add(new PagePart(tag, place.Part, hint) { FirstLine = Lines.Count });
        open.Push(new Step(element, 0, Within(place, tag) with { Part = Parts.Count - 1 }, IsBlock: true));
    }

    private Place Within(Place place, string tag) =>
        tag switch
        {
            "h1" or "h2" or "h3" or "h4" or "h5" or "h6" => place with
            {
                Kind = LineKind.Heading,
                Level = PageTags.HeadingLevel(tag),
            },
            "li" or "dt" or "dd" => place with { Kind = LineKind.Item, Row = 0 },
            "tr" => place with { Row = ++_rows },
            "td" or "th" => place with { Kind = LineKind.Cell },
            "blockquote" => place with { Kind = LineKind.Quote },
            "pre" => place with { Kind = LineKind.Code, IsCode = true, Row = 0 },
            // A paragraph in a cell or an item is a paragraph; a quotation stays one.
            "p" when place.Kind is not LineKind.Quote => place with { Kind = LineKind.Prose, Row = 0 },
            "article" or "section" or "div" when place.Kind is LineKind.Item or LineKind.Cell => place with { Row = 0 },
            _ => place,
        };

    private void Append(string words, Place place)
    {
        if (_text.IsEmpty)
        {
            _lineStart = place;
        }

        _text.Append(words, place.IsLink, place.IsCode);
    }

    private void EndLine()
    {
        var (text, linked) = _text.Take();
        if (text.Length > 0)
        {
            Lines.Add(
                new PageLine(_lineStart.Part, _lineStart.Kind, text)
                {
                    Linked = linked,
                    Level = _lineStart.Level,
                    Row = _lineStart.Row,
                }
            );
        }
    }

    private void Sum()
    {
        foreach (var line in Lines)
        {
            var part = Parts[line.Part];
            part.Letters += line.Text.Length;
            part.Linked += line.Linked;
            part.Running += line.Running;
        }

        for (var at = Parts.Count - 1; at > 0; at--)
        {
            var (part, around) = (Parts[at], Parts[Parts[at].Parent]);
            around.Letters += part.Letters;
            around.Linked += part.Linked;
            around.Running += part.Running;
        }
    }

    /// <summary>What text found here belongs to.</summary>
    private readonly record struct Place(int Part, LineKind Kind, int Level, int Row, bool IsLink, bool IsCode);

    /// <summary>A node that is open, and which of its children comes next.</summary>
    private readonly record struct Step(INode Node, int Next, Place Place, bool IsBlock);
}
