namespace NewsBot.Core.Posts;

/// <summary>A comment as the channel it is copied to may show it.</summary>
/// <param name="Author">Name as shown; empty where the comment is deleted or hidden.</param>
/// <param name="Avatar">Address of the author's picture that the platform itself can fetch; null for none.</param>
/// <param name="Origin">Where it was written, as shown, such as "Slack"; plain text.</param>
/// <param name="Markdown">As its author wrote it, foreign; empty where the comment is deleted or hidden.</param>
/// <param name="State">Whether it may be read.</param>
/// <param name="Answers">The comment it answers; null where it answers the story.</param>
/// <param name="Page">Its address on the story page; null where the channel's readers have no such page.</param>
/// <param name="Files">Names of its files, as plain text.</param>
public sealed record CopiedComment(
    string Author,
    string? Avatar,
    string Origin,
    string Markdown,
    CopyState State,
    AnsweredComment? Answers,
    string? Page,
    IReadOnlyList<string> Files
);

/// <summary>Whether the words of a copied comment are shown.</summary>
public enum CopyState
{
    Shown,

    /// <summary>A moderator hid it; it may be shown again.</summary>
    Hidden,

    /// <summary>It was taken back where it was written.</summary>
    Deleted,
}

/// <summary>What a copied comment answers.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Author">Name as shown; empty where the channel may not see it.</param>
/// <param name="Excerpt">Its beginning as plain text of one line; empty where the channel may not see it.</param>
/// <param name="Message">The message of the same channel that shows it, the original or a copy; null where there is none.</param>
/// <param name="Page">Its address on the story page; null where the channel's readers have no such page.</param>
public sealed record AnsweredComment(int Number, string Author, string Excerpt, string? Message, string? Page);

/// <summary>A discussion in a few lines.</summary>
/// <param name="Count">Comments the channel may read.</param>
/// <param name="Best">The most answered of them, at most five, by number.</param>
/// <param name="Page">The story page; null where the channel's readers have none.</param>
public sealed record DiscussionSoFar(int Count, IReadOnlyList<BestComment> Best, string? Page);
