using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <content>Messages: posted, edited, deleted.</content>
public sealed partial class FakeDiscordState
{
    /// <summary>When each message of the bot or its webhooks was accepted, with its channel.</summary>
    internal List<(DateTimeOffset At, ulong ChannelId)> Accepted { get; } = [];

    internal StoredMessage FindMessage(ulong channel, ulong id) =>
        World.Messages.TryGetValue(channel, out var list) && list.TryGetValue(id, out var message)
            ? message
            : throw Unknown(10008);

    internal SortedList<ulong, StoredMessage> MessagesOf(ulong channel)
    {
        if (!World.Messages.TryGetValue(channel, out var list))
        {
            World.Messages[channel] = list = [];
        }

        return list;
    }

    /// <summary>Posts a message that was found right.</summary>
    internal StoredMessage Post(StoredChannel channel, MessageDraft draft)
    {
        var payload = draft.Payload;
        var ours = draft.AuthorId == BotUserId || draft.Webhook?.ByBot == true || draft.Interaction is not null;
        var message = new StoredMessage
        {
            Id = draft.Id ?? NextId(),
            ChannelId = channel.Id,
            Type = draft.Type,
            AuthorId = draft.AuthorId,
            WebhookId = draft.Webhook?.Id ?? (draft.Interaction is null ? null : ApplicationId),
            WebhookName = draft.WebhookName,
            WebhookAvatar = draft.WebhookAvatar,
            ApplicationId = ours && (draft.Webhook is not null || draft.Interaction is not null) ? ApplicationId : null,
            Content = payload?.Content ?? draft.Text,
            Embeds = payload?.Embeds ?? [],
            Components = payload?.Components ?? [],
            Flags = draft.Flags | (payload?.Flags ?? 0),
            Nonce = payload?.Nonce,
            At = Now,
            ReplyTo = draft.ReplyTo,
            Reference = draft.Reference,
            Snapshots = draft.Snapshots,
            Interaction = draft.Interaction is { } interaction ? Metadata(interaction, draft.Type) : null,
            EphemeralTo = draft.Ephemeral ? draft.Interaction?.UserId : null,
        };
        message.Attachments = Save(payload?.Files, channel.Id, []);
        Mention(channel, message, payload?.Mentions ?? draft.Default, ours);
        Store(channel, message);
        if (ours)
        {
            Accepted.Add((message.At, channel.Id));
        }

        Announce("MESSAGE_CREATE", channel, message);
        Unfurl(channel, message);
        return message;
    }

    /// <summary>Changes a message; fields that the payload lacks stay.</summary>
    internal void Edit(StoredChannel channel, StoredMessage message, MessagePayload payload, AllowedMentions otherwise)
    {
        var ours = message.AuthorId == BotUserId || message.ApplicationId == ApplicationId;
        message.Content = payload.Content ?? message.Content;
        message.Embeds = payload.Embeds ?? message.Embeds;
        message.Components = payload.Components ?? message.Components;
        if (payload.Files is not null)
        {
            message.Attachments = Save(payload.Files, channel.Id, message.Attachments);
        }

        const int Changeable = MessagePayload.SuppressEmbeds | MessagePayload.ComponentsV2;
        if (payload.Flags is { } flags)
        {
            // Components V2 is never taken back, and the other bits are not the author's.
            message.Flags = (message.Flags & ~MessagePayload.SuppressEmbeds) | (flags & Changeable);
        }

        var wasLoading = (message.Flags & MessagePayload.Loading) != 0;
        message.Flags &= ~MessagePayload.Loading;
        // Two edits of one message never bear the same instant, however fast they come.
        message.EditedAt =
            wasLoading ? null
            : message.EditedAt is { } before && before >= Now ? before.AddMilliseconds(1)
            : Now;
        message.Edits.Add(Now);
        Mention(channel, message, payload.Mentions ?? otherwise, ours, notify: wasLoading);
        Announce("MESSAGE_UPDATE", channel, message);
        ChangeInInbox(message.Id, deleted: false);
    }

    internal void Delete(StoredChannel channel, StoredMessage message)
    {
        if (message.EphemeralTo is not null)
        {
            World.Ephemeral.Remove(message.Id);
        }
        else
        {
            MessagesOf(channel.Id).Remove(message.Id);
            channel.MessageCount = Math.Max(0, channel.MessageCount - 1);
        }

        var data = new JsonObject { ["id"] = Text(message.Id), ["channel_id"] = Text(channel.Id) };
        TellOfMessage("MESSAGE_DELETE", channel, message.EphemeralTo is not null, data);
        ChangeInInbox(message.Id, deleted: true);
    }

    internal void DeleteMany(StoredChannel channel, IReadOnlyList<ulong> ids)
    {
        var list = MessagesOf(channel.Id);
        var gone = ids.Where(list.Remove).ToList();
        channel.MessageCount = Math.Max(0, channel.MessageCount - gone.Count);
        var data = new JsonObject { ["ids"] = Ids(gone), ["channel_id"] = Text(channel.Id) };
        TellOfMessage("MESSAGE_DELETE_BULK", channel, false, data);
    }

    /// <summary>Tells of a message again with nothing edited, as when a preview was found or a thread opened.</summary>
    internal void Refresh(StoredChannel channel, StoredMessage message) => Announce("MESSAGE_UPDATE", channel, message);

    private void Store(StoredChannel channel, StoredMessage message)
    {
        if (message.EphemeralTo is not null)
        {
            World.Ephemeral[message.Id] = message;
            return;
        }

        MessagesOf(channel.Id)[message.Id] = message;
        channel.LastMessageId = message.Id;
        if (!channel.IsThread)
        {
            return;
        }

        channel.ActiveAt = Now;
        // The starter does not count.
        if (message.Type != 21 && message.Id != channel.Id)
        {
            channel.MessageCount++;
            channel.TotalMessages++;
            channel.Members.Add(message.AuthorId);
        }
    }

    private void Announce(string name, StoredChannel channel, StoredMessage message) =>
        TellOfMessage(name, channel, message.EphemeralTo is not null, Told(message, channel));

    private void TellOfMessage(string name, StoredChannel channel, bool ephemeral, JsonObject data)
    {
        // What only one human sees travels as a direct message does, without its guild.
        if (ephemeral)
        {
            Dispatched?.Invoke(new FakeDispatch(name, null, channel.Id, Intents.DirectMessages, data));
            return;
        }

        if (channel.GuildId != 0)
        {
            data["guild_id"] = Text(channel.GuildId);
        }

        Tell(name, channel.GuildId, channel, channel.GuildId == 0 ? Intents.DirectMessages : Intents.Messages, data);
    }

    private List<ulong> Save(IReadOnlyList<(ulong? Kept, NewFile? Added)>? files, ulong channel, List<ulong> before)
    {
        var ids = new List<ulong>();
        foreach (var (kept, added) in files ?? [])
        {
            if (added is null)
            {
                if (kept is { } id && before.Contains(id))
                {
                    ids.Add(id);
                }

                continue;
            }

            var file = new StoredFile
            {
                Id = NextId(),
                ChannelId = channel,
                Name = added.Name,
                Description = added.Description,
                ContentType = added.Upload.ContentType,
                Bytes = added.Upload.Bytes,
            };
            World.Files[file.Id] = file;
            ids.Add(file.Id);
        }

        return ids;
    }

    // Discord looks at the first link of a message and tells of it again once the preview is there.
    private void Unfurl(StoredChannel channel, StoredMessage message)
    {
        var at = message.Content.IndexOf("http", StringComparison.Ordinal);
        if (
            at < 0
            || (at > 0 && message.Content[at - 1] == '<')
            || message.Type is not (0 or 19)
            || message.WebhookId is not null
            || (message.Flags & MessagePayload.SuppressEmbeds) != 0
            || message.AuthorId == BotUserId
            || !Uri.TryCreate(message.Content[at..].Split(' ', '\n', ')')[0], UriKind.Absolute, out var url)
        )
        {
            return;
        }

        message.Embeds = new JsonArray(
            new JsonObject
            {
                ["type"] = "link",
                ["url"] = url.AbsoluteUri,
                ["title"] = url.Host,
            }
        );
        Refresh(channel, message);
    }
}
