namespace NewsBot.Core.Comments;

/// <summary>The order of a discussion: roots by number, below each its replies by number, depth first. Pure.</summary>
public static class ThreadOrder
{
    private const int None = -1;

    /// <summary>Orders comments. A comment whose parent is missing, itself or younger stands as a root.</summary>
    /// <param name="places">In any order; numbers are unique.</param>
    public static IReadOnlyList<ThreadStep> Of(IReadOnlyList<ThreadPlace> places)
    {
        var sorted = places.OrderBy(place => place.Number).ToArray();
        var at = new Dictionary<int, int>(sorted.Length);
        for (var index = 0; index < sorted.Length; index++)
        {
            at[sorted[index].Number] = index;
        }

        // Siblings are linked from the youngest on, so that the oldest of them ends up first. A reply is always younger than
        // what it answers, so following only such links can never go in a circle.
        var firstReply = Unlinked(sorted.Length);
        var nextSibling = Unlinked(sorted.Length);
        var firstRoot = None;
        for (var index = sorted.Length - 1; index >= 0; index--)
        {
            var place = sorted[index];
            if (place.Parent < place.Number && at.TryGetValue(place.Parent, out var parent))
            {
                (nextSibling[index], firstReply[parent]) = (firstReply[parent], index);
            }
            else
            {
                (nextSibling[index], firstRoot) = (firstRoot, index);
            }
        }

        return Walk(sorted, firstRoot, firstReply, nextSibling);
    }

    private static List<ThreadStep> Walk(ThreadPlace[] places, int firstRoot, int[] firstReply, int[] nextSibling)
    {
        var order = new List<ThreadStep>(places.Length);
        // A stack of our own: a chain of a hundred thousand replies must not end the process.
        var waiting = new Stack<(int Index, int Depth)>();
        var (current, depth) = (firstRoot, 0);
        while (current != None || waiting.TryPop(out var next) && Go(next))
        {
            order.Add(new ThreadStep(places[current].Number, places[current].Parent, depth));
            if (nextSibling[current] != None)
            {
                waiting.Push((nextSibling[current], depth));
            }

            current = firstReply[current];
            depth++;
        }

        return order;

        bool Go((int Index, int Depth) next)
        {
            (current, depth) = next;
            return true;
        }
    }

    private static int[] Unlinked(int count)
    {
        var links = new int[count];
        Array.Fill(links, None);
        return links;
    }
}

/// <summary>Where a comment belongs.</summary>
/// <param name="Number">Its number, 1 or more.</param>
/// <param name="Parent">The number it answers; 0 for the story.</param>
public sealed record ThreadPlace(int Number, int Parent)
{
    /// <summary>The story itself.</summary>
    public const int Story = 0;
}

/// <summary>A comment in thread order.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Parent">The number it answers; 0 for the story.</param>
/// <param name="Depth">0 for a root.</param>
public sealed record ThreadStep(int Number, int Parent, int Depth);
