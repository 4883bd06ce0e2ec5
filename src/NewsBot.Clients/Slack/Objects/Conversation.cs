namespace NewsBot.Clients.Slack.Objects;

/// <summary>A channel, private channel or direct message. Source: https://docs.slack.dev/reference/objects/conversation-object</summary>
/// <param name="Id">Its id; changes where a private channel begins or ends to be shared.</param>
/// <param name="Name">Without "#"; absent for direct messages, and different in each workspace of a shared channel.</param>
/// <param name="User">Of a direct message: the other one.</param>
/// <param name="IsPrivate">Only members see it.</param>
/// <param name="IsArchived">Nothing can be posted.</param>
/// <param name="IsMember">Whether the bot is in it.</param>
/// <param name="IsIm">A direct message.</param>
/// <param name="IsMpim">A direct message between several.</param>
/// <param name="IsGeneral">The channel everybody is in.</param>
/// <param name="IsShared">Shared in any way, also within an organisation.</param>
/// <param name="IsExtShared">Shared with another organisation.</param>
/// <param name="IsOrgShared">Shared between workspaces of one organisation.</param>
/// <param name="IsPendingExtShared">About to be shared with another organisation.</param>
/// <param name="NumMembers">How many; 0 where it is not told.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Purpose">Its description.</param>
/// <param name="ContextTeamId">The workspace it is seen from.</param>
/// <param name="PreviousNames">What it was called.</param>
public sealed record Conversation(
    string Id,
    string? Name = null,
    string? User = null,
    bool IsPrivate = false,
    bool IsArchived = false,
    bool IsMember = false,
    bool IsIm = false,
    bool IsMpim = false,
    bool IsGeneral = false,
    bool IsShared = false,
    bool IsExtShared = false,
    bool IsOrgShared = false,
    bool IsPendingExtShared = false,
    int NumMembers = 0,
    ConversationText? Topic = null,
    ConversationText? Purpose = null,
    string? ContextTeamId = null,
    IReadOnlyList<string>? PreviousNames = null
)
{
    public string Id { get; init; } = Id ?? "";
}

public sealed record ConversationText(string? Value = null);
