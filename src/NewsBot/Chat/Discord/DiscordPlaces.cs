using System.Data.Common;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Channels;

namespace NewsBot.Chat.Discord;

/// <summary>Channels of Discord as channels of ours.</summary>
internal static class DiscordPlaces
{
    /// <summary>Makes a channel of ours of one that an admin uses; name and kind follow Discord's.</summary>
    public static Task<ChannelId> KeepChannelAsync(
        DbConnection connection,
        ChatWorkspace guild,
        Channel channel,
        DateTimeOffset now
    ) =>
        ChatPlaces.KeepChannelAsync(
            connection,
            guild,
            channel.Id.ToString(),
            channel.Name ?? channel.Id.ToString(),
            channel.Type switch
            {
                ChannelType.Announcement => "announcement",
                ChannelType.Forum => "forum",
                ChannelType.Media => "media",
                _ => "text",
            },
            now
        );

    /// <summary>Takes whether everybody in its server may see a channel.</summary>
    public static Task ShowPrivacyAsync(DbConnection connection, ChannelId channel, bool isOpen, DateTimeOffset now) =>
        isOpen
            ? ChatPrivacy.OpenAsync(connection, channel)
            : ChatPrivacy.CloseAsync(connection, channel, "Discord", now);
}
