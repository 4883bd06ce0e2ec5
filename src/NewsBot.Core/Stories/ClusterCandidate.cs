namespace NewsBot.Core.Stories;

/// <summary>A recent report and the story it belongs to.</summary>
/// <param name="Story">The story; one story may have many reports.</param>
/// <param name="Item">The report.</param>
public sealed record ClusterCandidate(StoryId Story, ClusterItem Item);
