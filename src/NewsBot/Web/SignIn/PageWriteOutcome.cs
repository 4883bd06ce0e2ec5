namespace NewsBot.Web.SignIn;

/// <summary>How writing on a page ended.</summary>
internal abstract record PageWriteOutcome
{
    private PageWriteOutcome() { }

    /// <param name="Number">Of the comment.</param>
    internal sealed record Done(int Number) : PageWriteOutcome;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Status">The HTTP status that says so.</param>
    /// <param name="Detail">What is wrong and what to do.</param>
    internal sealed record Refused(int Status, string Detail) : PageWriteOutcome;
}
