namespace NewsBot.Core.Stories;

/// <summary>What clustering looks at in one report.</summary>
/// <param name="Link">Address of the article; null where there is none.</param>
/// <param name="Title">Plain text.</param>
/// <param name="Lead">Plain text of the first sentences; null where unknown.</param>
/// <param name="Publisher">Who reports; any stable name.</param>
/// <param name="At">When it came out.</param>
public sealed record ClusterItem(Uri? Link, string Title, string? Lead, string Publisher, DateTimeOffset At);
