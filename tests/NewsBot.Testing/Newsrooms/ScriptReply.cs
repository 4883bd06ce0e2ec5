namespace NewsBot.Testing.Newsrooms;

/// <summary>A reply somebody wrote in a script.</summary>
/// <param name="Channel">The platform's id of where it stands.</param>
/// <param name="Message">The platform's id of it.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="FirstText">What.</param>
/// <param name="Parent">The reply it answers; null for the story.</param>
public sealed record ScriptReply(string Channel, string Message, string Author, string FirstText, ScriptReply? Parent)
{
    /// <summary>What it says now.</summary>
    public string Text { get; set; } = FirstText;

    public bool IsDeleted { get; set; }
}
