namespace NewsBot.Testing.Crash;

/// <summary>A step of the program at which it is killed.</summary>
/// <param name="Name">What stands in the printout.</param>
/// <param name="Work">What has to happen for it to be reached.</param>
internal abstract record CrashStep(string Name, CrashWork Work)
{
    /// <summary>Right before or right after a commit of the database in which a statement ran.</summary>
    /// <param name="Of">What is committed.</param>
    /// <param name="Statement">A part of the statement.</param>
    /// <param name="IsAfter">Whether it is on the disk.</param>
    /// <param name="For">What has to happen for it to be reached.</param>
    public sealed record Commit(string Of, string Statement, bool IsAfter, CrashWork For)
        : CrashStep($"{When(IsAfter)} the commit of {Of}", For);

    /// <summary>When a call has come to Discord and is not done, or is done and not answered.</summary>
    /// <param name="Method">GET, POST and so on.</param>
    /// <param name="Route">The route's template.</param>
    /// <param name="IsAfter">Whether it is done.</param>
    /// <param name="For">What has to happen for it to be reached.</param>
    public sealed record AtDiscord(string Method, string Route, bool IsAfter, CrashWork For)
        : CrashStep($"{When(IsAfter)} Discord does {Method} {Route}", For);

    /// <summary>When a call has come to Slack and is not done, or is done and not answered.</summary>
    /// <param name="Method">Such as chat.postMessage.</param>
    /// <param name="IsAfter">Whether it is done.</param>
    /// <param name="For">What has to happen for it to be reached.</param>
    public sealed record AtSlack(string Method, bool IsAfter, CrashWork For)
        : CrashStep($"{When(IsAfter)} Slack does {Method}", For);

    /// <summary>When an event of Slack was acknowledged.</summary>
    public sealed record Acknowledged() : CrashStep("after an event of Slack is acknowledged", CrashWork.ReplyAtSlack);

    /// <summary>When whoever wrote into the built-in chat was told that it was taken.</summary>
    public sealed record Answered() : CrashStep("after a reply in the built-in chat is answered", CrashWork.ReplyOnWeb);

    /// <summary>At any instant.</summary>
    /// <param name="FromMs">The earliest after the start.</param>
    /// <param name="ToMs">The latest.</param>
    /// <param name="Of">When that is.</param>
    public sealed record AnyTime(int FromMs, int ToMs, string Of)
        : CrashStep($"at any instant {Of}", CrashWork.Replies | CrashWork.Edit | CrashWork.Delete);

    private static string When(bool isAfter) => isAfter ? "after" : "before";
}
