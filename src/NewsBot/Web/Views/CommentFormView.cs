using System.Globalization;
using NewsBot.Core.Comments;

namespace NewsBot.Web.Views;

/// <summary>The form below a story's comments, as whoever looks may use it.</summary>
internal sealed record CommentFormView
{
    /// <summary>Which story.</summary>
    public required long Story { get; init; }

    /// <summary>The story's page.</summary>
    public required string Path { get; init; }

    /// <summary>Under which name, in words; null where nothing can be written.</summary>
    public required string? As { get; init; }

    /// <summary>The member whose comments of this page may be changed here; null for none.</summary>
    public IReadOnlyCollection<long> Own { get; init; } = [];

    /// <summary>Where to sign in to write; null where one cannot, or has.</summary>
    public string? SignIn { get; init; }

    /// <summary>Why nothing can be written; null where it can, or where nobody asked.</summary>
    public string? Closed { get; init; }

    public CommentIntent Intent { get; init; } = new();

    /// <summary>Names this one sending.</summary>
    public string Key { get; init; } = "";

    public string TokenField { get; init; } = "";

    public string Token { get; init; } = "";

    public string Action =>
        Intent switch
        {
            { Edit: { } number } => string.Create(
                CultureInfo.InvariantCulture,
                $"/stories/{Story}/comments/{number}/edit"
            ),
            { Delete: { } number } => string.Create(
                CultureInfo.InvariantCulture,
                $"/stories/{Story}/comments/{number}/delete"
            ),
            _ => string.Create(CultureInfo.InvariantCulture, $"/stories/{Story}/comments"),
        };

    public string Label =>
        Intent switch
        {
            { Edit: { } number } => string.Create(CultureInfo.InvariantCulture, $"Change comment {number}"),
            { Delete: { } number } => string.Create(CultureInfo.InvariantCulture, $"Delete comment {number}?"),
            { Reply: > 0 and var number } => string.Create(CultureInfo.InvariantCulture, $"Answer comment {number}"),
            _ => "Comment on this story",
        };

    /// <summary>Whether a comment may be changed here: it is the reader's own, and was written on a page.</summary>
    public bool IsOwn(CommentText text) =>
        Own.Contains(text.Author.Id) && text.MessageId.StartsWith(CommentMessage.PagePrefix, StringComparison.Ordinal);

    /// <summary>The page with the form opened for one comment.</summary>
    public string Url(string verb, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}?{verb}={number}#write");
}

/// <summary>What the reader is about to do with the form.</summary>
internal sealed record CommentIntent
{
    /// <summary>Number of the comment that is answered; 0 for the story.</summary>
    public int Reply { get; init; }

    /// <summary>Number of the own comment that is changed; null for none.</summary>
    public int? Edit { get; init; }

    /// <summary>Number of the own comment that is to be deleted; null for none.</summary>
    public int? Delete { get; init; }

    /// <summary>What stands in the field.</summary>
    public string Text { get; init; } = "";

    /// <summary>Why it was not taken; null for nothing wrong.</summary>
    public string? Problem { get; init; }
}
