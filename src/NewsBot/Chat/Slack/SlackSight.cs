using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Chat.Slack;

/// <summary>What Slack says of a workspace and of the app in it.</summary>
/// <param name="Scopes">What was granted; empty where it was not told.</param>
/// <param name="Channels">Those that are used, by Slack's id.</param>
internal sealed record SlackSight(
    IReadOnlyCollection<string> Scopes,
    IReadOnlyDictionary<string, SlackChannelSight> Channels
)
{
    /// <summary>Whether Slack opens no socket for the app: Socket Mode is off, or its token is not good.</summary>
    public bool IsSocketRefused { get; init; }

    /// <summary>Slack's word for why copies cannot stand under their authors' names; null where they can, or only a right is missing.</summary>
    public string? NamesRefused { get; init; }

    /// <summary>Whether what comes by HTTP is signed with another secret than ours.</summary>
    public bool IsSecretWrong { get; init; }
}

/// <summary>What Slack says of one channel.</summary>
/// <param name="Channel">Null where Slack does not show it.</param>
internal sealed record SlackChannelSight(Conversation? Channel);
