using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Chat.Discord;

/// <summary>A message of Discord as <see cref="MessageTarget"/> looks for it. Pure.</summary>
internal static class DiscordTarget
{
    // A button sits at most this deep: container, section or row, button.
    private const int MaxDepth = 4;

    public static MessageKey KeyOf(Message message) =>
        new(
            Channel: null,
            message.Id.ToString(),
            message.ChannelId.ToString(),
            message.ApplicationId is null ? null : Discussed(message.Components, 0)
        );

    private static long? Discussed(IReadOnlyList<Component>? components, int depth)
    {
        if (depth > MaxDepth)
        {
            return null;
        }

        foreach (var component in components ?? [])
        {
            var story =
                MessageTarget.StoryOf(component.CustomId)
                ?? MessageTarget.StoryOf(component.Accessory?.CustomId)
                ?? Discussed(component.Components, depth + 1);
            if (story is not null)
            {
                return story;
            }
        }

        return null;
    }
}
