using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;
using NewsBot.Testing.Servers.FakeSlack.Validation;

namespace NewsBot.Testing.Servers.FakeSlack;

/// <content>Messages: posted, changed, deleted.</content>
public sealed partial class FakeSlackState
{
    /// <summary>The messages of a channel by ts.</summary>
    internal SortedList<string, StoredMessage> Stored(string channel)
    {
        if (!World.Messages.TryGetValue(channel, out var messages))
        {
            World.Messages[channel] = messages = new SortedList<string, StoredMessage>(StringComparer.Ordinal);
        }

        return messages;
    }

    internal StoredMessage? FindMessage(string channel, string ts) => Stored(channel).GetValueOrDefault(ts);

    /// <summary>The replies of a thread, oldest first.</summary>
    internal IReadOnlyList<StoredMessage> Replies(StoredMessage parent) =>
        [.. Stored(parent.ChannelId).Values.Where(one => one.IsReply && one.ThreadTs == parent.Ts)];

    /// <summary>Posts a message that was checked already, and tells of it.</summary>
    internal StoredMessage Post(StoredChannel channel, StoredMessage message)
    {
        message.ChannelId = channel.Id;
        message.Ts = NextTs(channel);
        if (message.ThreadTs is not null)
        {
            return Reply(channel, message);
        }

        Stored(channel.Id)[message.Ts] = message;
        Announce(channel, message);
        return message;
    }

    /// <summary>Changes a message and tells of it.</summary>
    /// <param name="message">What is changed.</param>
    /// <param name="change">Changes it.</param>
    internal void Edit(StoredMessage message, Action change)
    {
        var before = Message(message, withMetadata: true);
        change();
        TellChanged(message, before);
    }

    /// <summary>
    /// Deletes a message. A parent with replies leaves a tombstone; the last reply of a tombstone takes it along.
    /// </summary>
    internal void Delete(StoredMessage message)
    {
        var messages = Stored(message.ChannelId);
        var before = Message(message, withMetadata: true);
        if (!message.IsReply && Replies(message).Count > 0)
        {
            message.Tombstone = true;
            (message.Subtype, message.UserId, message.BotId) = ("tombstone", "USLACKBOT", null);
            (message.Text, message.Blocks, message.Attachments) = ("This message was deleted.", null, null);
            (message.Metadata, message.Unfurls, message.Username, message.Icons) = (null, null, null, null);
            message.Files = [];
            message.Reactions = [];
            TellChanged(message, before);
            return;
        }

        var parent = message.IsReply ? messages.GetValueOrDefault(message.ThreadTs!) : null;
        var parentBefore = parent is null ? null : Message(parent, withMetadata: true);
        messages.Remove(message.Ts);
        TellDeleted(message.ChannelId, before);
        if (parent is null)
        {
            return;
        }

        var left = Replies(parent).Count;
        if (left == 0 && parent.Tombstone)
        {
            messages.Remove(parent.Ts);
            TellDeleted(parent.ChannelId, parentBefore!);
            return;
        }

        if (left == 0)
        {
            parent.ThreadTs = null;
        }

        TellChanged(parent, parentBefore!);
    }

    /// <summary>Shows a preview of a link below a message, as Slack does by itself after a while.</summary>
    internal void Unfurl(StoredMessage message, JsonObject attachment) =>
        Edit(message, () => (message.Unfurls ??= []).Add(attachment));

    /// <summary>A message that only one human sees.</summary>
    internal StoredMessage PostEphemeral(StoredChannel channel, StoredMessage message, string user, long exchange)
    {
        message.ChannelId = channel.Id;
        message.Ts = NextTs(channel);
        message.EphemeralTo = user;
        World.Ephemeral[$"{channel.Id} {message.Ts}"] = message;
        AddToInbox(user, exchange, "message", Message(message, withMetadata: false));
        return message;
    }

    private StoredMessage Reply(StoredChannel channel, StoredMessage message)
    {
        var parent = Stored(channel.Id)[message.ThreadTs!];
        var before = Message(parent, withMetadata: true);
        parent.ThreadTs = parent.Ts;
        Stored(channel.Id)[message.Ts] = message;
        Announce(channel, message);
        TellChanged(parent, before);
        return message;
    }

    private void Announce(StoredChannel channel, StoredMessage message)
    {
        if (message.ByBot)
        {
            Accepted.Add((Now, channel.Id));
        }

        // What Slack itself says of somebody does not call them.
        if (message.Subtype is null or "me_message" or "file_share")
        {
            World.Pings.AddRange(Notified.By(message));
        }

        var what = Message(message, withMetadata: true);
        what["channel"] = channel.Id;
        what["event_ts"] = message.Ts;
        what["channel_type"] = TypeOf(channel);
        if (message.Broadcast)
        {
            what["root"] = Message(Stored(channel.Id)[message.ThreadTs!], withMetadata: true);
        }

        TellOf(channel, what, EventScopes.History);
        TellMention(channel, message);
        if (channel.DirectWith is { } human && message.ByBot)
        {
            AddToInbox(human, 0, "message", Message(message, withMetadata: false));
        }
    }

    private void TellMention(StoredChannel channel, StoredMessage message)
    {
        var team = channel.Teams.Select(Team).FirstOrDefault(one => message.Text.Contains($"<@{one.BotUserId}>"));
        if (team is null || message.ByBot || channel.DirectWith is not null || message.Subtype is not null)
        {
            return;
        }

        var what = Message(message, withMetadata: false);
        what["type"] = "app_mention";
        what["channel"] = channel.Id;
        what["event_ts"] = message.Ts;
        TellOf(channel, what, new EventScopes("app_mentions:read", "app_mentions:read", "app_mentions:read"));
    }

    private void TellChanged(StoredMessage message, JsonObject before)
    {
        var channel = World.Channels[message.ChannelId];
        var ts = NextTs(channel);
        TellOf(
            channel,
            new JsonObject
            {
                ["type"] = "message",
                ["subtype"] = "message_changed",
                ["message"] = Message(message, withMetadata: true),
                ["previous_message"] = before,
                ["channel"] = channel.Id,
                ["hidden"] = true,
                ["ts"] = ts,
                ["event_ts"] = ts,
                ["channel_type"] = TypeOf(channel),
            },
            EventScopes.History
        );
    }

    private void TellDeleted(string channelId, JsonObject before)
    {
        var channel = World.Channels[channelId];
        var ts = NextTs(channel);
        TellOf(
            channel,
            new JsonObject
            {
                ["type"] = "message",
                ["subtype"] = "message_deleted",
                ["previous_message"] = before,
                ["channel"] = channel.Id,
                ["hidden"] = true,
                ["deleted_ts"] = before["ts"]!.GetValue<string>(),
                ["ts"] = ts,
                ["event_ts"] = ts,
                ["channel_type"] = TypeOf(channel),
            },
            EventScopes.History
        );
    }

    private static string TypeOf(StoredChannel channel) =>
        channel.DirectWith is not null ? "im"
        : channel.IsPrivate ? "group"
        : "channel";
}
