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
    internal sealed record Private(string Markdown, IReadOnlyList<string> Suggestions) : WebWriteOutcome;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Status">The HTTP status that says so (RFC 9110).</param>
    /// <param name="Detail">What is wrong and what to do, in one or two sentences.</param>
    internal sealed record Refused(int Status, string Detail) : WebWriteOutcome;
}
