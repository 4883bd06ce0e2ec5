using System.Text.Json;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;
using DiscordStored = NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Checking;

/// <summary>All that the newsroom shows in Discord and Slack at one instant, read from the platforms alone.</summary>
internal sealed class ShownMessages
{
    // What people and bots say; the others are lines of Discord's own, such as that a thread was opened.
    private static readonly int[] Spoken = [0, 19, 20, 23];

    private ShownMessages(IReadOnlyList<ShownMessage> discord, IReadOnlyList<ShownMessage> slack)
    {
        Discord = discord;
        Slack = slack;
    }

    /// <summary>By channel or thread, oldest first.</summary>
    public IReadOnlyList<ShownMessage> Discord { get; }

    /// <summary>By channel, oldest first.</summary>
    public IReadOnlyList<ShownMessage> Slack { get; }

    public static ShownMessages Of(FakeDiscordState discord, FakeSlackState slack) =>
        new(AtDiscord(discord), AtSlack(slack));

    private static List<ShownMessage> AtDiscord(FakeDiscordState discord)
    {
        lock (discord.Sync)
        {
            return
            [
                .. discord
                    .World.Messages.Where(place =>
                        discord.World.Channels.TryGetValue(place.Key, out var channel) && !channel.IsDirect
                    )
                    .SelectMany(place => place.Value.Values.Select(message => (Place: place.Key, Message: message)))
                    .Where(one =>
                        Spoken.Contains(one.Message.Type)
                        && one.Message.EphemeralTo is null
                        && (one.Message.AuthorId == discord.BotUserId || one.Message.WebhookId is not null)
                    )
                    .Select(one => Of(PlaceOf(discord, one.Place, one.Message), one.Message)),
            ];
        }
    }

    // A post of a forum stands in the forum, though it is the first message of its own thread.
    private static ulong PlaceOf(FakeDiscordState discord, ulong place, DiscordStored.StoredMessage message) =>
        message.Id == place && discord.World.Channels[place].ParentId is { } forum ? forum : place;

    private static ShownMessage Of(ulong place, DiscordStored.StoredMessage message) =>
        new(
            Side.Discord,
            FakeDiscordState.Text(place),
            FakeDiscordState.Text(message.Id),
            message.Content,
            $"{JsonSerializer.Serialize(message.Content, Plain)} {message.Components.ToJsonString(Plain)} {message.Embeds.ToJsonString(Plain)}"
        )
        {
            Name = message.WebhookName,
            Key = message.Nonce,
        };

    private static List<ShownMessage> AtSlack(FakeSlackState slack)
    {
        lock (slack.Sync)
        {
            return
            [
                .. slack
                    .World.Messages.Where(place =>
                        slack.World.Channels.TryGetValue(place.Key, out var channel) && channel.DirectWith is null
                    )
                    .SelectMany(place => place.Value.Values)
                    .Where(message => message is { ByBot: true, Tombstone: false, EphemeralTo: null })
                    .Select(message => new ShownMessage(
                        Side.Slack,
                        message.ChannelId,
                        message.Ts,
                        message.Text,
                        $"{JsonSerializer.Serialize(message.Text, Plain)} {message.Blocks?.ToJsonString(Plain)}"
                    )
                    {
                        Thread = message.IsReply ? message.ThreadTs : null,
                        Name = message.Username,
                        Key = message.Metadata?["event_payload"]?["key"]?.ToString(),
                    }),
            ];
        }
    }

    // Words as they are read, so that they can be looked for.
    private static JsonSerializerOptions Plain { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
