using AngleSharp.Dom;

namespace NewsBot.Fetching;

/// <summary>One step of a walk through a tree without recursion: a node is entered, and left after all below it.</summary>
/// <param name="Node">Where the walk stands; null where it is over.</param>
/// <param name="Leaves">True on the way out of the node.</param>
internal readonly record struct TreeStep(INode? Node, bool Leaves)
{
    /// <summary>The step after this one.</summary>
    /// <param name="root">Where the walk began; it ends there.</param>
    /// <param name="skip">Nodes whose inside is left out.</param>
    public TreeStep Next(INode? root, Func<INode, bool> skip)
    {
        if (!Leaves)
        {
            return Node!.FirstChild is { } child && !skip(Node) ? new(child, false) : new(Node, true);
        }

        if (ReferenceEquals(Node, root))
        {
            return new(null, true);
        }

        return Node!.NextSibling is { } next ? new(next, false) : new(Node.Parent, true);
    }
}
