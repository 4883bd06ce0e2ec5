namespace NewsBot.Core.Stories;

/// <summary>One source's report of a story.</summary>
/// <param name="Source">Which source; reports of one source count once.</param>
/// <param name="At">When it came out.</param>
public sealed record StoryReport(string Source, DateTimeOffset At);
