namespace NewsBot.Storage;

/// <summary>What parting did to stories.</summary>
/// <param name="Twins">Those that go on on both sides.</param>
/// <param name="Unmerged">Those that pointed over the edge.</param>
/// <param name="Unknown">Those that only the other side may know of.</param>
internal sealed record PartedStories(
    IReadOnlyList<TwinStory> Twins,
    IReadOnlyList<long> Unmerged,
    IReadOnlyList<long> Unknown
)
{
    /// <summary>Those that are told otherwise now: by other reports, or with fewer comments.</summary>
    public required IReadOnlySet<long> Told { get; init; }
}

/// <summary>A story that goes on on both sides.</summary>
/// <param name="Story">What it was, and still is for its owner.</param>
/// <param name="Twin">What it is for the other side.</param>
/// <param name="Side">The other side's community.</param>
internal sealed record TwinStory(long Story, long Twin, long Side);
