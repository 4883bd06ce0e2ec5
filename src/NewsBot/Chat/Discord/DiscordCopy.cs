using NewsBot.Core.Posts;

namespace NewsBot.Chat.Discord;

/// <summary>A comment ready to be written into a thread.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Comment">What it says.</param>
/// <param name="Place">Where it is shown.</param>
internal sealed record DiscordCopy(int Number, CopiedComment Comment, DiscordCopyPlace Place)
{
    // Discord's own limit.
    private const int MaxAvatar = 2_048;

    /// <summary>The author's picture, where Discord can fetch it; null for none.</summary>
    public string? Avatar =>
        Uri.TryCreate(Comment.Avatar, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url.AbsoluteUri.Length <= MaxAvatar
            ? url.AbsoluteUri
            : null;

    /// <summary>The author's name as a message may bear it; null where nobody is named.</summary>
    public string? Username => Comment.Author.Length > 0 ? DiscordNames.Username(Comment.Author) : null;

    /// <inheritdoc cref="DiscordCopyText.Content" />
    public string Text(bool hasName) => DiscordCopyText.Content(Number, Comment, Place, hasName);

    /// <inheritdoc cref="DiscordCopyText.Plain" />
    public string Plain(bool hasName) => DiscordCopyText.Plain(Number, Comment, hasName);

    /// <summary>What is left of a comment that was taken back.</summary>
    public DiscordCopy Deleted() =>
        this with
        {
            Comment = new CopiedComment("", null, "", "", CopyState.Deleted, null, null, []),
        };
}
