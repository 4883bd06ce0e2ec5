namespace NewsBot.Web.Views;

/// <summary>The page of the latest stories.</summary>
internal sealed record FrontView
{
    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<ChannelLink> Channels { get; init; }

    /// <summary>The channel whose stories are shown; null for all.</summary>
    public required string? Channel { get; init; }

    /// <summary>The story that stands on top; null on later pages and where there is none.</summary>
    public required StoryLine? Lead { get; init; }

    public required IReadOnlyList<StoryDay> Days { get; init; }

    /// <summary>Cursor of the next older page; null where there is none.</summary>
    public required string? Older { get; init; }

    /// <summary>True on every page but the first.</summary>
    public required bool IsOlder { get; init; }

    public required IReadOnlyList<StoryLine> MostDiscussed { get; init; }

    public required QuotedComment? CommentOfTheDay { get; init; }

    public required int Sources { get; init; }

    public required DateTimeOffset? LastStoryAt { get; init; }
}

/// <summary>The stories of one day.</summary>
internal sealed record StoryDay(string Name, IReadOnlyList<StoryLine> Stories);

/// <summary>A story in a list.</summary>
/// <param name="Id">Which story.</param>
/// <param name="Slug">The readable end of its address.</param>
/// <param name="Headline">Plain text.</param>
/// <param name="Source">The source that leads; empty where it is gone.</param>
/// <param name="Also">The other sources.</param>
/// <param name="PublishedAt">UTC.</param>
/// <param name="Summary">Plain text; empty for none.</param>
/// <param name="Picture">Null for none.</param>
/// <param name="Comments">Those this viewer may see.</param>
/// <param name="Channels">Names of the channels it was posted in.</param>
internal sealed record StoryLine(
    long Id,
    string Slug,
    string Headline,
    string Source,
    IReadOnlyList<string> Also,
    DateTimeOffset PublishedAt,
    string Summary,
    PictureView? Picture,
    int Comments,
    IReadOnlyList<string> Channels
)
{
    public string Path => Paths.Story(Id, Slug);
}

/// <summary>A comment worth showing far from its story.</summary>
internal sealed record QuotedComment(long Story, string Headline, int Number, string Author, string Html);
