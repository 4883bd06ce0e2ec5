using NewsBot.Core.Posts;

namespace NewsBot.Chat.Web;

/// <summary>How writing to the built-in chat ended.</summary>
internal abstract record WebWriteOutcome
{
    private WebWriteOutcome() { }

    /// <param name="Message">The message as it now stands.</param>
    internal sealed record Done(WebMessage Message) : WebWriteOutcome;

    /// <summary>A command's answer, or a word to the writer; nobody else sees it.</summary>
    /// <param name="Markdown">The answer.</param>
    /// <param name="Suggestions">Lines worth running next, without <c>/news</c>.</param>
    internal sealed record Private(string Markdown, IReadOnlyList<string> Suggestions) : WebWriteOutcome
    {
        /// <summary>What stands beside the posts, where they can be shown; null for all of the answer.</summary>
        public string? Beside { get; init; }

        /// <summary>Posts it shows as they would be posted; empty for none.</summary>
        public IReadOnlyList<PostBody> Posts { get; init; } = [];
    }

    /// <summary>Nothing was changed.</summary>
    /// <param name="Status">The HTTP status that says so (RFC 9110).</param>
    /// <param name="Detail">What is wrong and what to do, in one or two sentences.</param>
    internal sealed record Refused(int Status, string Detail) : WebWriteOutcome;
}
