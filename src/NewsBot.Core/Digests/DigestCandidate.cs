using NewsBot.Core.Stories;

namespace NewsBot.Core.Digests;

/// <summary>A story that could stand in a digest.</summary>
/// <param name="Story">Which story.</param>
/// <param name="Headline">Plain text.</param>
/// <param name="Url">The article at its publisher.</param>
/// <param name="Source">Name of the source that leads.</param>
/// <param name="Weight">Sum of the weights of all sources that report it.</param>
/// <param name="Sources">How many different sources report it.</param>
/// <param name="Comments">Visible comments.</param>
/// <param name="PublishedAt">When the leading report appeared, UTC.</param>
/// <param name="HasPicture">Whether a card of it would show a picture.</param>
/// <param name="IsCarded">True where the channel has its card already.</param>
/// <param name="CardMessage">The platform's id of that card; null where there is none yet.</param>
public sealed record DigestCandidate(
    StoryId Story,
    string Headline,
    string Url,
    string Source,
    double Weight,
    int Sources,
    int Comments,
    DateTimeOffset PublishedAt,
    bool HasPicture,
    bool IsCarded,
    string? CardMessage
);
