namespace NewsBot.Web.Views;

/// <summary>What a search found.</summary>
/// <param name="Query">As typed.</param>
/// <param name="Now">When it was asked.</param>
/// <param name="StoryCount">All stories that match, up to the limit of counting.</param>
/// <param name="CommentCount">All comments that match, up to the limit of counting.</param>
/// <param name="CountLimit">Where counting stops.</param>
/// <param name="Stories">Best first.</param>
/// <param name="Comments">Best first.</param>
internal sealed record SearchView(
    string Query,
    DateTimeOffset Now,
    int StoryCount,
    int CommentCount,
    int CountLimit,
    IReadOnlyList<FoundStory> Stories,
    IReadOnlyList<FoundComment> Comments
);

/// <summary>A story that matches.</summary>
/// <param name="Line">The story.</param>
/// <param name="HeadlineHtml">Its headline with the words marked.</param>
/// <param name="SnippetHtml">The part of its summary that matches.</param>
internal sealed record FoundStory(StoryLine Line, string HeadlineHtml, string SnippetHtml);
