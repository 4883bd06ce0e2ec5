namespace NewsBot.Core.Sources;

/// <summary>What a filter looks at: one entry of one source.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Text">Plain text of summary or content; null where there is none.</param>
/// <param name="Language">BCP 47 tag; null where unknown.</param>
/// <param name="SourceName">The name people gave the source.</param>
/// <param name="Categories">Plain text labels.</param>
/// <param name="Authors">Plain text names.</param>
/// <param name="Link">Address of the article; null where there is none.</param>
/// <param name="HasImage">Whether the entry comes with a picture.</param>
public sealed record FilterSubject(
    string Title,
    string? Text,
    string? Language,
    string SourceName,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Authors,
    Uri? Link,
    bool HasImage
);
