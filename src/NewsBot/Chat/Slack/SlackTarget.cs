using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Chat.Slack;

/// <summary>A message of Slack as <see cref="MessageTarget"/> looks for it. Pure.</summary>
internal static class SlackTarget
{
    /// <param name="channel">Slack's id of its channel: ids of messages are unique only in one.</param>
    /// <param name="ts">Its id.</param>
    /// <param name="message">The message as it came; null where only its id is known.</param>
    /// <param name="thread">Its thread, where only its id is known.</param>
    public static MessageKey KeyOf(string channel, SlackTs ts, Message? message, SlackTs thread = default)
    {
        var root = message is { ThreadTs.IsEmpty: false } ? message.ThreadTs : thread;
        return new MessageKey(
            channel,
            ts.Text,
            root.IsEmpty ? null : root.Text,
            // Another bot could make such a button too; it would lead to a story of the same community, nowhere else.
            message?.BotId
                is null
                ? null
                : Discussed(message.Blocks)
        );
    }

    private static long? Discussed(IReadOnlyList<Block>? blocks) =>
        (blocks ?? [])
            .SelectMany(block => (block.Elements ?? []).Append(block.Accessory))
            .Select(element => element is null ? null : SlackActions.StoryOf(element.ActionId, element.Value))
            .FirstOrDefault(story => story is not null);
}
