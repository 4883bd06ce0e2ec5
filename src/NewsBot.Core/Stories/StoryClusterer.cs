namespace NewsBot.Core.Stories;

/// <summary>Decides whether a report tells of an event we have a story for. Precision first: what only shares a topic stays apart.</summary>
public static class StoryClusterer
{
    /// <summary>Chooses among recent reports; for many decisions keep a <see cref="StoryIndex"/> instead.</summary>
    /// <param name="item">The new report.</param>
    /// <param name="recent">Reports of the last days, in any order.</param>
    /// <returns>Null where it starts a story of its own.</returns>
    public static StoryId? Choose(ClusterItem item, IReadOnlyList<ClusterCandidate> recent)
    {
        var index = new StoryIndex();
        foreach (var candidate in recent)
        {
            index.Add(candidate.Story, candidate.Item);
        }

        return index.Choose(item)?.Story;
    }
}
