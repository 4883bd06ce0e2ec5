using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>Where in a channel's or thread's history.</summary>
/// <param name="Channel">The channel.</param>
public sealed record HistoryQuery(string Channel)
{
    /// <summary>Only what is later; empty for all.</summary>
    public SlackTs Oldest { get; init; }

    /// <summary>Only what is earlier; empty for all.</summary>
    public SlackTs Latest { get; init; }

    /// <summary>Whether the bounds themselves belong to it.</summary>
    public bool Inclusive { get; init; }

    /// <summary>Messages in a page: 1 to 999, at most 15 where histories are limited. Slack may send fewer.</summary>
    public int Limit { get; init; } = 200;

    /// <summary>Where an earlier page ended; null for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether metadata is to come with the messages.</summary>
    public bool WithMetadata { get; init; }
}

/// <param name="Messages">May be none although there is a next page.</param>
/// <param name="NextCursor">Null for the last page.</param>
public sealed record MessagePage(IReadOnlyList<Message> Messages, string? NextCursor);

/// <summary>Which channels.</summary>
public sealed record ConversationQuery
{
    /// <summary>Of public_channel, private_channel, im and mpim, joined by commas.</summary>
    public string Types { get; init; } = "public_channel,private_channel";
    public bool ExcludeArchived { get; init; } = true;

    /// <summary>Needed for an organisation's token.</summary>
    public string? TeamId { get; init; }
}
