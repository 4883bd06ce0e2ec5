using NewsBot.Core.Stories;

namespace NewsBot.Core.Digests;

/// <summary>A story that could stand in a digest.</summary>
/// <param name="Story">Which story.</param>
/// <param name="Headline">Plain text.</param>
/// <param name="Url">The article at its publisher.</param>
/// <param name="Source">Name of the source that leads.</param>
/// <param name="PublishedAt">When the leading report appeared, UTC.</param>
public sealed record DigestCandidate(
    StoryId Story,
    string Headline,
    string Url,
    string Source,
    DateTimeOffset PublishedAt
)
{
    /// <summary>How many outlets report it by themselves.</summary>
    public int Outlets { get; init; } = 1;

    /// <summary>The weight of the heaviest source that reports it; 1 is usual.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Comments that everybody may read.</summary>
    public int Comments { get; init; }

    /// <summary>Whether a card of it would show a picture.</summary>
    public bool HasPicture { get; init; }

    /// <summary>What it is about, as the title of a section; null where nothing says so.</summary>
    public string? Topic { get; init; }

    /// <summary>True where the channel has its card already.</summary>
    public bool IsCarded { get; init; }

    /// <summary>The platform's id of that card; null where there is none yet.</summary>
    public string? CardMessage { get; init; }
}
