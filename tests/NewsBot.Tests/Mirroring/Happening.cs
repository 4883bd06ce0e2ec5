namespace NewsBot.Tests.Mirroring;

/// <summary>Something that happens to a discussion held in several chats at once. Messages are named by their place in the story of what happens.</summary>
/// <param name="Message">Which message.</param>
internal abstract record Happening(int Message)
{
    /// <summary>Somebody writes.</summary>
    /// <param name="Message">Which message.</param>
    /// <param name="Place">Index of the channel.</param>
    /// <param name="Author">Index of the member.</param>
    /// <param name="Answers">The message it answers, in any channel; null for the story.</param>
    internal sealed record Said(int Message, int Place, int Author, int? Answers) : Happening(Message);

    /// <summary>Its author changes it.</summary>
    internal sealed record Edited(int Message, int Version) : Happening(Message);

    /// <summary>It is deleted where it was written.</summary>
    internal sealed record Deleted(int Message) : Happening(Message);

    /// <summary>A moderator hides it or shows it again.</summary>
    internal sealed record Judged(int Message, bool Hides) : Happening(Message);

    /// <summary>Somebody adds or takes back a reaction.</summary>
    internal sealed record Reacted(int Message, int Who, bool Adds) : Happening(Message);

    /// <summary>What waits in the outbox is sent and confirmed.</summary>
    internal sealed record Sent() : Happening(-1);

    /// <summary>Every platform tells of all the copies that stand there, as it tells of any message.</summary>
    internal sealed record Echoed() : Happening(-1);
}
