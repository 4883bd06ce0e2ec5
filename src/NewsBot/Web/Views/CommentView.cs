namespace NewsBot.Web.Views;

/// <summary>One comment, or the place it left behind.</summary>
internal sealed record CommentView
{
    public required int Number { get; init; }

    /// <summary>The number it answers; 0 for the story.</summary>
    public required int Parent { get; init; }

    /// <summary>How deep it stands; 0 for a root.</summary>
    public required int Depth { get; init; }

    public required CommentShown Shown { get; init; }

    /// <summary>Null unless the comment is shown.</summary>
    public CommentText? Text { get; init; }
}

/// <summary>Whether a comment is shown, and why not.</summary>
internal enum CommentShown
{
    Visible,
    Deleted,
    Hidden,

    /// <summary>Written where this viewer may not read, or by somebody who does not want it shown.</summary>
    Withheld,
}

/// <summary>What a shown comment says, and who said it.</summary>
/// <param name="Author">Who wrote it.</param>
/// <param name="Platform">Where it was written, as shown: Web, Discord, Slack.</param>
/// <param name="Channel">Name of the channel it was written in.</param>
/// <param name="ChannelId">Which channel that was.</param>
/// <param name="MessageId">The platform's id of the message.</param>
/// <param name="Markdown">As its author wrote it.</param>
/// <param name="Html">Safe HTML of the same.</param>
/// <param name="WrittenAt">UTC.</param>
/// <param name="EditedAt">UTC; null when never edited.</param>
/// <param name="Reactions">Most used first.</param>
internal sealed record CommentText(
    AuthorView Author,
    string Platform,
    string Channel,
    long ChannelId,
    string MessageId,
    string Markdown,
    string Html,
    DateTimeOffset WrittenAt,
    DateTimeOffset? EditedAt,
    IReadOnlyList<ReactionView> Reactions
)
{
    /// <summary>Id of the author's stored picture; null for none.</summary>
    public long? Avatar { get; init; }

    /// <summary>Where the message, or a copy of it, stands on a platform; null in the built-in chat.</summary>
    public OriginLink? Origin { get; init; }

    /// <summary>In the order of the message.</summary>
    public IReadOnlyList<AttachmentView> Attachments { get; init; } = [];
}

/// <summary>A message in a chat.</summary>
/// <param name="Platform">As shown: Discord, Slack.</param>
/// <param name="Url">Its address there.</param>
internal sealed record OriginLink(string Platform, string Url);

/// <summary>A file of a comment.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Name">As its author called it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Alt">Its author's words for who cannot see it; null for none.</param>
/// <param name="IsPicture">Whether there is a copy to show; else only its name and size are told.</param>
/// <param name="Width">Pixels of the copy.</param>
/// <param name="Height">Pixels of the copy.</param>
internal sealed record AttachmentView(
    long Id,
    string Name,
    long Size,
    string? Alt,
    bool IsPicture,
    int Width,
    int Height
);

/// <summary>A member beside what they wrote.</summary>
/// <param name="Id">Which member.</param>
/// <param name="Name">The name shown.</param>
/// <param name="Posts">Their comments this viewer may see.</param>
/// <param name="Since">UTC.</param>
/// <param name="HasJoined">True where <paramref name="Since"/> is when they joined, false where it is when they were first seen.</param>
internal sealed record AuthorView(long Id, string Name, int Posts, DateTimeOffset Since, bool HasJoined);

/// <summary>One reaction and how often it was given.</summary>
internal sealed record ReactionView(string Emoji, int Count);

/// <summary>How comments are ordered.</summary>
internal enum CommentSort
{
    /// <summary>Each reply below what it answers.</summary>
    Thread,

    /// <summary>By number.</summary>
    Time,

    /// <summary>By number, the highest first.</summary>
    Newest,
}

/// <summary>One page of a story's comments.</summary>
/// <param name="Total">Comments this viewer may see, on all pages.</param>
/// <param name="Places">Comments and places left behind, on all pages.</param>
/// <param name="Sort">Their order.</param>
/// <param name="Page">Counted from 1.</param>
/// <param name="Pages">At least 1.</param>
/// <param name="Items">What this page shows, in order.</param>
internal sealed record CommentPage(
    int Total,
    int Places,
    CommentSort Sort,
    int Page,
    int Pages,
    IReadOnlyList<CommentView> Items
)
{
    /// <summary>The highest number; 0 for none.</summary>
    public int Newest { get; init; }

    /// <summary>Comments of stories that were joined with this one, each under its own numbers.</summary>
    public IReadOnlyList<CommentSection> Joined { get; init; } = [];
}

/// <summary>The discussion of a story that was joined with the page's.</summary>
/// <param name="Story">That story.</param>
/// <param name="Places">Comments and places left behind, on all pages.</param>
/// <param name="FirstPage">The page it begins on.</param>
/// <param name="Items">What this page shows of it, in order.</param>
internal sealed record CommentSection(StoryLink Story, int Places, int FirstPage, IReadOnlyList<CommentView> Items);
