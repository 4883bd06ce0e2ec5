using System.Text.RegularExpressions;

namespace NewsBot.Core.Sources;

/// <summary>A filter as a tree. Its depth and size are bounded by the parser.</summary>
internal abstract record FilterNode
{
    private FilterNode() { }

    /// <summary>Tests an entry and remembers which part was decisive.</summary>
    internal abstract Finding Find(FilterView view);

    /// <param name="Holds">Whether the node is true of the entry.</param>
    /// <param name="Decider">The part that made it so.</param>
    /// <param name="Where">Where that part was found; null where it was not.</param>
    internal sealed record Finding(bool Holds, FilterNode Decider, string? Where);

    internal sealed record All(IReadOnlyList<FilterNode> Parts) : FilterNode
    {
        internal override Finding Find(FilterView view)
        {
            Finding? best = null;
            foreach (var part in Parts)
            {
                var finding = part.Find(view);
                if (!finding.Holds)
                {
                    return finding;
                }

                // A word that was found says more than another that was rightly missing.
                best = best is null || (best.Where is null && finding.Where is not null) ? finding : best;
            }

            return best!;
        }
    }

    internal sealed record Any(IReadOnlyList<FilterNode> Parts) : FilterNode
    {
        internal override Finding Find(FilterView view)
        {
            foreach (var part in Parts)
            {
                var finding = part.Find(view);
                if (finding.Holds)
                {
                    return finding;
                }
            }

            return new Finding(false, this, null);
        }
    }

    internal sealed record Not(FilterNode Part) : FilterNode
    {
        internal override Finding Find(FilterView view)
        {
            if (Part is Word { Field: FilterField.Lang } && view.IsUnknownLanguage)
            {
                return new Finding(true, this, null);
            }

            var finding = Part.Find(view);
            var decider = finding.Decider is Not inner ? inner.Part : new Not(finding.Decider);
            return new Finding(!finding.Holds, decider, finding.Where);
        }
    }

    /// <param name="Field">Where to look.</param>
    /// <param name="Written">As written, without quotation marks and star.</param>
    /// <param name="Needle">The folded form that is looked for.</param>
    /// <param name="IsPrefix">True for <c>word*</c>.</param>
    internal sealed record Word(FilterField Field, string Written, string Needle, bool IsPrefix) : FilterNode
    {
        internal override Finding Find(FilterView view) => At(view.Find(this));

        private Finding At(string? where) => new(where is not null, this, where);
    }

    /// <param name="Field">Title, text or both.</param>
    /// <param name="Written">As written between the slashes.</param>
    /// <param name="Regex">Without backtracking, with a timeout.</param>
    internal sealed record Pattern(FilterField Field, string Written, Regex Regex) : FilterNode
    {
        internal override Finding Find(FilterView view) => At(view.Find(this));

        private Finding At(string? where) => new(where is not null, this, where);
    }
}
