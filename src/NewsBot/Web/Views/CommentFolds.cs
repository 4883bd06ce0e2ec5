namespace NewsBot.Web.Views;

/// <summary>Folds what is nested deeper than indentation can show. Pure.</summary>
internal static class CommentFolds
{
    // Indentation ends at the fourth step; below it only the numbers tell what answers what.
    private const int LastStep = 4;

    // One reply is as short as the line that would stand in its place.
    private const int FewestFolded = 2;

    /// <summary>Whether a comment of this depth may stand in a fold.</summary>
    public static bool Hides(int depth) => depth > LastStep;

    /// <summary>Cuts a list into runs that are shown and runs that are folded.</summary>
    /// <param name="items">One page in thread order; by time nothing is deep, so nothing is folded.</param>
    /// <param name="at">A comment that has to be seen, which opens its fold; null for none.</param>
    public static IReadOnlyList<CommentRun> Of(IReadOnlyList<CommentView> items, int? at)
    {
        List<CommentRun> runs = [];
        var index = 0;
        while (index < items.Count)
        {
            var start = index;
            var isDeep = Hides(items[start].Depth);
            while (index < items.Count && Hides(items[index].Depth) == isDeep)
            {
                index++;
            }

            IReadOnlyList<CommentView> run = [.. items.Skip(start).Take(index - start)];
            // A page that goes on within a deep thread begins with what its reader came for.
            var isOpen = start == 0 || run.Any(item => item.Number == at);
            runs.Add(new CommentRun(run, isDeep && run.Count >= FewestFolded, isOpen));
        }

        return runs;
    }
}

/// <summary>Comments that stand one after the other.</summary>
/// <param name="Items">Never empty.</param>
/// <param name="IsFolded">Whether they stand in a fold.</param>
/// <param name="IsOpen">Whether that fold is open.</param>
internal sealed record CommentRun(IReadOnlyList<CommentView> Items, bool IsFolded, bool IsOpen);
