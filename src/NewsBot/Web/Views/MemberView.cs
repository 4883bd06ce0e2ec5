namespace NewsBot.Web.Views;

/// <summary>A member's profile.</summary>
/// <param name="Community">Where they are a member.</param>
/// <param name="Author">Name and counts.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Now">The time of the page.</param>
/// <param name="Recent">Their newest comments that the viewer may see.</param>
internal sealed record MemberView(
    long Community,
    AuthorView Author,
    string Role,
    DateTimeOffset Now,
    IReadOnlyList<FoundComment> Recent
);

/// <summary>A comment with the story it belongs to.</summary>
/// <param name="Story">Which story.</param>
/// <param name="Headline">That story's headline.</param>
/// <param name="Number">The comment's number there.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="Author">The name shown.</param>
/// <param name="WrittenAt">UTC.</param>
/// <param name="Html">Safe HTML of the body, or of the part that was found.</param>
internal sealed record FoundComment(
    long Story,
    string Headline,
    int Number,
    long AuthorId,
    string Author,
    DateTimeOffset WrittenAt,
    string Html
);
