namespace NewsBot.Web.Views;

/// <summary>Where a comment is to be found.</summary>
/// <param name="Story">The story on whose page it stands.</param>
/// <param name="Anchor">The id of its element there; null where there is no such comment.</param>
/// <param name="Page">The page, in thread order, that holds it.</param>
/// <param name="IsDeep">Whether it may stand in a fold.</param>
/// <param name="WasRemoved">True where there once was a comment of this number.</param>
internal sealed record CommentPlace(StoryView Story, string? Anchor, int Page, bool IsDeep, bool WasRemoved);
