namespace NewsBot.Tests.Moderation;

/// <summary>The channel of a platform in which moderators are asked, as people there see and use it.</summary>
internal interface IReviewDesk
{
    /// <summary>Makes it the place where moderators are asked, and lists what is held back, as an admin does it there.</summary>
    Task SetUpAsync(params IReadOnlyList<string> words);

    /// <summary>Answers the story's card on this platform.</summary>
    Task SayAsync(string human, string text);

    /// <summary>What the one message of ours there says, with what its buttons say; empty while there is none.</summary>
    string Panel();

    /// <summary>Presses a button, without waiting for what comes of it.</summary>
    /// <param name="human">Who presses.</param>
    /// <param name="label">What the button says.</param>
    /// <returns>Waits for the answer, which has to be one that nobody else sees.</returns>
    Func<Task<string>> Press(string human, string label);

    /// <summary>What stands below the story's card there: comments, and copies of comments.</summary>
    IReadOnlyList<string> Thread();

    /// <summary>Takes no edits of the desk's messages until <see cref="Mend"/>.</summary>
    void Freeze();

    /// <summary>Ends <see cref="Freeze"/>.</summary>
    void Mend();
}
