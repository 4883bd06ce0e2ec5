using NewsBot.Core.Comments;

namespace NewsBot.Web.Views;

/// <summary>Orders comments and cuts them into pages. Pure.</summary>
internal static class CommentPages
{
    /// <summary>Comments on one page. Two hundred of usual length stay below 50 kB as sent.</summary>
    public const int PerPage = 200;

    /// <summary>Puts comments in order.</summary>
    /// <param name="comments">Numbers with what each answers (0 for the story), ordered by number.</param>
    /// <param name="sort">Which order.</param>
    public static IReadOnlyList<(int Number, int Depth)> Order(
        IReadOnlyList<(int Number, int Parent)> comments,
        CommentSort sort
    ) =>
        sort switch
        {
            CommentSort.Time => [.. comments.Select(comment => (comment.Number, Depth: 0))],
            CommentSort.Newest => [.. comments.Reverse().Select(comment => (comment.Number, Depth: 0))],
            _ =>
            [
                .. ThreadOrder
                    .Of([.. comments.Select(comment => new ThreadPlace(comment.Number, comment.Parent))])
                    .Select(step => (step.Number, step.Depth)),
            ],
        };

    /// <summary>Where pages begin: whole threads a page; a thread that alone is longer than a page is broken.</summary>
    /// <returns>Indexes into <paramref name="ordered"/>, ascending; the first is 0.</returns>
    public static IReadOnlyList<int> Starts(IReadOnlyList<(int Number, int Depth)> ordered)
    {
        var starts = new List<int> { 0 };
        var index = 0;
        while (index < ordered.Count)
        {
            var end = index + 1;
            while (end < ordered.Count && ordered[end].Depth > 0)
            {
                end++;
            }

            if (end - starts[^1] > PerPage && index > starts[^1])
            {
                starts.Add(index);
            }

            while (end - starts[^1] > PerPage)
            {
                starts.Add(starts[^1] + PerPage);
            }

            index = end;
        }

        return starts;
    }

    /// <returns>The page, counted from 1, that holds a comment; null where there is no such number.</returns>
    public static int? PageOf(IReadOnlyList<(int Number, int Depth)> ordered, int number)
    {
        var starts = Starts(ordered);
        for (var index = 0; index < ordered.Count; index++)
        {
            if (ordered[index].Number == number)
            {
                return starts.Count(start => start <= index);
            }
        }

        return null;
    }
}
