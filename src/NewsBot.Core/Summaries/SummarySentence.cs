namespace NewsBot.Core.Summaries;

/// <summary>One sentence of a summary, tied to the span of the source it was taken from.</summary>
/// <param name="Text">Plain text, one line.</param>
/// <param name="Start">Index into the source of its first UTF-16 unit.</param>
/// <param name="End">Index just behind its last one; the span equals <paramref name="Text"/> but for white space.</param>
public sealed record SummarySentence(string Text, int Start, int End);
