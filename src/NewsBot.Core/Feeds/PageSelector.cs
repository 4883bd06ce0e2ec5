using AngleSharp.Dom;

namespace NewsBot.Core.Feeds;

/// <summary>
/// CSS selectors of the kind that people copy from a browser. All of them are followed in one walk down the tree, each
/// element being asked once for each step, so that no selector and no page can make it take long. Pure.
/// </summary>
internal sealed class PageSelector(IReadOnlyList<IReadOnlyList<PageStep>> selectors)
{
    /// <summary>The elements that match, in document order.</summary>
    /// <param name="root">Where to look; it is no part of any match itself.</param>
    /// <param name="most">No more than these.</param>
    /// <param name="outermost">True where what lies inside a match is no match of its own.</param>
    public IReadOnlyList<IElement> Select(IElement root, int most, bool outermost)
    {
        var walk = new Walk(selectors, most, outermost);
        walk.Into(root, default, 0);
        return walk.Found;
    }

    // A bit for each step of each selector says that the step, and all before it, end at an element.
    private sealed class Walk(IReadOnlyList<IReadOnlyList<PageStep>> selectors, int most, bool outermost)
    {
        public List<IElement> Found { get; } = [];

        /// <param name="parent">Whose children are looked at.</param>
        /// <param name="above">What ends at the parent, and what ends at it or anything above it.</param>
        /// <param name="depth">Of the parent.</param>
        public void Into(IElement parent, (ulong Parent, ulong Ancestors) above, int depth)
        {
            if (depth > PageTree.MaxDepth)
            {
                return;
            }

            var children = parent.ChildNodes.OfType<IElement>().ToList();
            ulong before = 0;
            ulong earlier = 0;
            for (var i = 0; i < children.Count && Found.Count < most; i++)
            {
                var place = new PagePlace(children[i], i, children.Count);
                var ends = Ends(place, above, before, earlier, out var isMatch);
                if (isMatch)
                {
                    Found.Add(place.Element);
                }

                if (!isMatch || !outermost)
                {
                    Into(place.Element, (ends, above.Ancestors | ends), depth + 1);
                }

                before = ends;
                earlier |= ends;
            }
        }

        private ulong Ends(
            PagePlace place,
            (ulong Parent, ulong Ancestors) above,
            ulong before,
            ulong earlier,
            out bool isMatch
        )
        {
            isMatch = false;
            ulong ends = 0;
            var bit = 0;
            foreach (var steps in selectors)
            {
                for (var i = 0; i < steps.Count; i++, bit++)
                {
                    var from = steps[i].Way switch
                    {
                        PageWay.Inside => above.Ancestors,
                        PageWay.Child => above.Parent,
                        PageWay.Next => before,
                        _ => earlier,
                    };
                    var reached = i == 0 || (from & (1UL << (bit - 1))) != 0;
                    if (reached && steps[i].Fits(place))
                    {
                        ends |= 1UL << bit;
                        isMatch |= i == steps.Count - 1;
                    }
                }
            }

            return ends;
        }
    }
}

/// <summary>How a step of a selector lies to the one before it.</summary>
internal enum PageWay
{
    /// <summary>Anywhere inside it.</summary>
    Inside,

    /// <summary>Directly inside it.</summary>
    Child,

    /// <summary>Directly after it.</summary>
    Next,

    /// <summary>Anywhere after it, beside it.</summary>
    Later,
}

/// <summary>An element among its siblings.</summary>
internal readonly record struct PagePlace(IElement Element, int Index, int Count);

/// <summary>One step of a selector: what an element has to be.</summary>
internal sealed record PageStep(PageWay Way, IReadOnlyList<Func<PagePlace, bool>> Tests)
{
    public bool Fits(PagePlace place)
    {
        foreach (var test in Tests)
        {
            if (!test(place))
            {
                return false;
            }
        }

        return true;
    }
}
