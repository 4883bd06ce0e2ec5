namespace NewsBot.Core.Stories;

/// <summary>The story a report belongs to, and why.</summary>
/// <param name="Story">The story.</param>
/// <param name="Reason">What decided, such as “the same address”; follows “joined by”.</param>
/// <param name="Similarity">0 to 1; 1 for the same address or headline.</param>
public sealed record StoryMatch(StoryId Story, string Reason, double Similarity);
