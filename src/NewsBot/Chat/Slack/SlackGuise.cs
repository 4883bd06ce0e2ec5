namespace NewsBot.Chat.Slack;

/// <summary>Whether a workspace shows copies under their authors' names.</summary>
internal enum SlackGuise
{
    /// <summary>Not tried yet.</summary>
    Unknown,

    /// <summary>It does, also after a change.</summary>
    Kept,

    /// <summary>It does until a message is changed; from then on the text has to say whose it is.</summary>
    Lost,

    /// <summary>It does not, or does not let such messages be changed or deleted: names stand in the text.</summary>
    Refused,
}
