namespace NewsBot.Core.Stories;

/// <summary>The words of an entry at one time.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Text">Plain text of its summary or content; empty where there is none.</param>
public sealed record EntryText(string Title, string Text);
