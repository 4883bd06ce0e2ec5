namespace NewsBot.Core.Comments;

/// <summary>Ids of comments' messages. Most are a platform's; what was written on a page or in a window of ours has one of our own making.</summary>
public static class CommentMessage
{
    /// <summary>Begins the id of what was written on a story's page.</summary>
    public const string PagePrefix = "page:";

    /// <summary>Begins the id of what was written in a window of a chat.</summary>
    public const string WindowPrefix = "answer:";

    /// <summary>Whether no platform has such a message, so that its own channel gets a copy too.</summary>
    public static bool IsOurs(string messageId) =>
        messageId.StartsWith(PagePrefix, StringComparison.Ordinal)
        || messageId.StartsWith(WindowPrefix, StringComparison.Ordinal);
}
