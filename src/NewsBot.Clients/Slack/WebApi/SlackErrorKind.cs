namespace NewsBot.Clients.Slack.WebApi;

/// <summary>What can be done about a refusal. Source: https://docs.slack.dev/reference/methods, the errors of each.</summary>
public enum SlackErrorKind
{
    /// <summary>None of the others, or no word of Slack at all.</summary>
    Other,

    /// <summary>The token is of no use any more: the app must be installed again.</summary>
    InstallDead,

    /// <summary>The token ran out and is to be renewed.</summary>
    TokenExpired,

    /// <summary>The app must be installed again with what <see cref="SlackException.Needed"/> says.</summary>
    MissingScope,

    /// <summary>The bot is not in the channel: it joins a public one, and must be invited to others.</summary>
    NotInChannel,

    /// <summary>The channel is gone, archived, closed to the bot or of another workspace.</summary>
    TargetGone,

    /// <summary>The message or thread is gone or locked.</summary>
    MessageGone,

    /// <summary>The message stays as it is: it is another's, or too old.</summary>
    Unchangeable,

    /// <summary>Too many calls.</summary>
    RateLimited,

    /// <summary>The workspace has used up its messages: a long wait.</summary>
    WorkspaceFull,

    /// <summary>Slack does not take the text or layout as it is.</summary>
    Rendering,

    /// <summary>What was asked for is so already.</summary>
    AlreadySo,

    /// <summary>Slack itself failed: later it may go.</summary>
    Temporary,

    /// <summary>An admin of the workspace does not allow it.</summary>
    NotAllowed,

    /// <summary>A view cannot be opened or changed any more: its trigger is used up or too old, or it changed meanwhile.</summary>
    ViewGone,
}
