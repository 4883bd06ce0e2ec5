using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>A message to be posted, or what an own one is to become. Source: https://docs.slack.dev/reference/methods/chat.postMessage</summary>
public sealed record NewMessage
{
    /// <summary>
    /// In Slack's own markup; with blocks what notifications and screen readers say. At most 4,000 characters: longer text
    /// is refused in changes and cut without a word above 40,000 in posts.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>At most 50, with together about 12,000 characters. In a change null takes away those that are there.</summary>
    public IReadOnlyList<Block>? Blocks { get; init; }

    /// <summary>The parent of the thread it answers; never that of a reply.</summary>
    public SlackTs Thread { get; init; }

    /// <summary>Whether a reply shows in the channel too.</summary>
    public bool Broadcast { get; init; }

    /// <summary>Whether Slack adds previews of links.</summary>
    public bool Unfurl { get; init; }

    /// <summary>Shown instead of the bot's name; needs chat:write.customize. Only for posts.</summary>
    public string? Username { get; init; }

    /// <summary>Shown instead of the bot's picture; needs chat:write.customize. Only for posts.</summary>
    public string? IconUrl { get; init; }

    /// <summary>Null leaves in a change what is there.</summary>
    public MessageMetadata? Metadata { get; init; }
}

/// <summary>What became of a post or change.</summary>
/// <param name="Channel">Where it stands; a direct message's id where an account was named.</param>
/// <param name="Ts">Its id there.</param>
/// <param name="Message">As it stands now; null where Slack did not tell.</param>
public sealed record PostedMessage(string Channel, SlackTs Ts, Message? Message = null);

/// <summary>An answer by a response_url. Source: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses</summary>
public sealed record ResponseMessage
{
    /// <summary>See <see cref="NewMessage.Text"/>; null only to delete.</summary>
    public string? Text { get; init; }
    public IReadOnlyList<Block>? Blocks { get; init; }

    /// <summary>Whether all in the channel see it; otherwise only who asked.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Takes the place of the message the interaction came from.</summary>
    public bool ReplaceOriginal { get; init; }

    /// <summary>Removes the message the interaction came from.</summary>
    public bool DeleteOriginal { get; init; }

    /// <summary>Answers in a thread.</summary>
    public SlackTs Thread { get; init; }
}
