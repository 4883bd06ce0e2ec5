namespace NewsBot.Core.Sources;

/// <summary>One piece of an OPML text: a tag, or characters that stand outside of any tag.</summary>
/// <param name="Name">Lower-case tag name; empty for characters outside of tags.</param>
/// <param name="Line">1-based line the piece begins on.</param>
/// <param name="IsEnd">True for an end tag.</param>
/// <param name="IsEmpty">True where the tag closes itself.</param>
/// <param name="Flaw">What is wrong with the tag, as the end of a sentence; null where it is well formed.</param>
/// <param name="Attributes">Decoded values by name without regard to case; the first of a repeated name.</param>
internal sealed record OpmlTag(
    string Name,
    int Line,
    bool IsEnd,
    bool IsEmpty,
    string? Flaw,
    IReadOnlyDictionary<string, string> Attributes
);
