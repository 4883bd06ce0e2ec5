namespace NewsBot.Testing.Servers.FakeSlack;

/// <summary>
/// What a workspace does with messages that an app posts under another name. Slack's documents and people's reports differ,
/// so all of it is to be expected. Source: https://docs.slack.dev/reference/methods/chat.delete
/// </summary>
[Flags]
public enum FakeNameRules
{
    None = 0,

    /// <summary>Another name is taken without a word, and not shown.</summary>
    Ignored = 1,

    /// <summary>Such a message cannot be changed.</summary>
    Unchangeable = 2,

    /// <summary>Such a message cannot be deleted.</summary>
    Undeletable = 4,

    /// <summary>A change takes name and picture away.</summary>
    LostByChanges = 8,
}
