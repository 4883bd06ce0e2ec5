namespace NewsBot.Core.Comments;

/// <summary>The order of a discussion: roots by number, below each its replies by number, depth first. Pure.</summary>
public static class ThreadOrder
{
    /// <summary>Orders comments. A comment whose parent is missing, itself or younger stands as a root.</summary>
    /// <param name="places">In any order; numbers are unique.</param>
    public static IReadOnlyList<ThreadStep> Of(IReadOnlyList<ThreadPlace> places)
    {
        var numbers = places.Select(place => place.Number).ToHashSet();
        // A reply is always younger than what it answers, so following only such links can never go in a circle.
        var children = places
            .OrderBy(place => place.Number)
            .ToLookup(place =>
                place.Parent < place.Number && numbers.Contains(place.Parent) ? place.Parent : ThreadPlace.Story
            );

        // A stack of our own: a chain of a hundred thousand replies must not end the process.
        var waiting = new Stack<ThreadStep>();
        Push(children[ThreadPlace.Story], 0);
        var order = new List<ThreadStep>(places.Count);
        while (waiting.TryPop(out var step))
        {
            order.Add(step);
            Push(children[step.Number], step.Depth + 1);
        }

        return order;

        void Push(IEnumerable<ThreadPlace> siblings, int depth)
        {
            foreach (var place in siblings.Reverse())
            {
                waiting.Push(new ThreadStep(place.Number, place.Parent, depth));
            }
        }
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
