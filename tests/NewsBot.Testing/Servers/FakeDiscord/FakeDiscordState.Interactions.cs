using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <content>Interactions and what only one human sees.</content>
public sealed partial class FakeDiscordState
{
    /// <summary>How long an interaction waits for its first answer.</summary>
    internal static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);

    /// <summary>How long its token is good.</summary>
    internal static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(15);

    /// <summary>Sends an interaction to the bot and starts its clock.</summary>
    internal StoredInteraction Begin(StoredInteraction interaction, JsonObject data)
    {
        interaction.Id = NextId();
        interaction.At = Now;
        interaction.Token = string.Create(
            CultureInfo.InvariantCulture,
            $"aW50ZXJhY3Rpb24{interaction.Id:x}{Convert.ToHexStringLower(Hash($"interaction {interaction.Id}"))}"
        );
        World.Interactions[interaction.Id] = interaction;
        var shape = Interaction(interaction, data);
        _clocks[interaction.Id] = _options.Time.CreateTimer(
            _ => Change(() => Overdue(interaction)),
            null,
            AnswerWithin,
            Timeout.InfiniteTimeSpan
        );
        if (World.InteractionsEndpoint is not null)
        {
            Deliver?.Invoke(interaction.Id, shape);
        }
        else
        {
            Tell("INTERACTION_CREATE", interaction.GuildId, null, 0, shape);
        }

        return interaction;
    }

    /// <summary>The interaction, if it may still be answered for the first time.</summary>
    internal StoredInteraction FindUnanswered(ulong id, string token)
    {
        if (
            !World.Interactions.TryGetValue(id, out var interaction)
            || interaction.Token != token
            || (interaction.Answer == 0 && Now - interaction.At > AnswerWithin)
        )
        {
            throw Unknown(10062);
        }

        return interaction.Answer == 0 ? interaction : throw Unknown(40060);
    }

    /// <summary>The interaction whose token is used as a webhook's.</summary>
    internal StoredInteraction FindAnswered(string token)
    {
        var interaction = World.Interactions.Values.FirstOrDefault(one => one.Token == token);
        if (interaction is null || Now - interaction.At > TokenLife)
        {
            throw Unknown(50027);
        }

        return interaction.Answer != 0 ? interaction : throw Unknown(10015);
    }

    /// <summary>A message of an interaction, whether all see it or one.</summary>
    internal (StoredChannel Channel, StoredMessage Message) FindAnswer(StoredInteraction interaction, string id)
    {
        var wanted =
            id == "@original" ? interaction.OriginalId
            : ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : null;
        if (wanted is not { } messageId)
        {
            throw Unknown(10008);
        }

        if (World.Ephemeral.TryGetValue(messageId, out var hidden))
        {
            return (FindChannel(hidden.ChannelId), hidden);
        }

        var message = FindMessage(interaction.ChannelId, messageId);
        var mine = message.ApplicationId == ApplicationId || message.AuthorId == BotUserId;
        return mine ? (FindChannel(interaction.ChannelId), message) : throw Unknown(10008);
    }

    internal void SetAnswered(StoredInteraction interaction, int type)
    {
        interaction.Answer = type;
        if (_clocks.Remove(interaction.Id, out var clock))
        {
            clock.Dispose();
        }
    }

    internal StoredInboxEntry AddToInbox(
        ulong human,
        string kind,
        StoredInteraction? interaction,
        StoredMessage? message,
        JsonObject? data = null
    )
    {
        if (!World.Inboxes.TryGetValue(human, out var inbox))
        {
            World.Inboxes[human] = inbox = [];
        }

        var entry = new StoredInboxEntry
        {
            Id = NextId(),
            At = Now,
            Kind = kind,
            InteractionId = interaction?.Id,
            MessageId = message?.Id,
            ChannelId = message?.ChannelId ?? interaction?.ChannelId,
            Data = data,
        };
        inbox.Add(entry);
        return entry;
    }

    internal JsonArray Inbox(ulong human) =>
        new([.. (World.Inboxes.GetValueOrDefault(human) ?? []).Select(InboxEntry)]);

    internal JsonObject InboxEntry(StoredInboxEntry entry)
    {
        var message =
            entry.MessageId is { } id && entry.ChannelId is { } channel
                ? World.Ephemeral.GetValueOrDefault(id)
                    ?? World.Messages.GetValueOrDefault(channel)?.GetValueOrDefault(id)
                : null;
        return new JsonObject
        {
            ["id"] = Text(entry.Id),
            ["at"] = Text(entry.At),
            ["kind"] = entry.Kind,
            ["interaction_id"] = entry.InteractionId is { } interaction ? Text(interaction) : null,
            ["channel_id"] = entry.ChannelId is { } at ? Text(at) : null,
            ["message_id"] = entry.MessageId is { } of ? Text(of) : null,
            ["message"] = message is null ? null : Message(message),
            ["edits"] = entry.Edits,
            ["deleted"] = entry.Deleted,
            ["data"] = entry.Data?.DeepClone(),
        };
    }

    internal byte[] Hash(string text) =>
        System.Security.Cryptography.HMACSHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(World.SigningSeed),
            System.Text.Encoding.UTF8.GetBytes(text)
        );

    private void ChangeInInbox(ulong message, bool deleted)
    {
        foreach (var entry in World.Inboxes.Values.SelectMany(inbox => inbox).Where(one => one.MessageId == message))
        {
            entry.Edits += deleted ? 0 : 1;
            entry.Deleted |= deleted;
            if (entry.Kind == "deferred" && !deleted)
            {
                entry.Kind = World.Ephemeral.ContainsKey(message) ? "message" : "public";
            }
        }
    }

    private void Overdue(StoredInteraction interaction)
    {
        if (_clocks.Remove(interaction.Id, out var clock))
        {
            clock.Dispose();
        }

        if (interaction.Answer == 0)
        {
            SetFailed(interaction, "The application did not respond");
        }
    }

    internal void SetFailed(StoredInteraction interaction, string reason)
    {
        if (!interaction.Failed)
        {
            interaction.Failed = true;
            AddToInbox(interaction.UserId, "failed", interaction, null, new JsonObject { ["reason"] = reason });
        }
    }

    private JsonObject Interaction(StoredInteraction interaction, JsonObject data)
    {
        var channel = World.Channels[interaction.ChannelId];
        var user = World.Users[interaction.UserId];
        var shape = new JsonObject
        {
            ["id"] = Text(interaction.Id),
            ["application_id"] = Text(ApplicationId),
            ["type"] = interaction.Type,
            ["data"] = data,
            ["channel_id"] = Text(channel.Id),
            ["channel"] = Channel(channel),
            ["token"] = interaction.Token,
            ["version"] = 1,
            ["app_permissions"] = Text(PermissionsIn(BotUserId, channel)),
            ["locale"] = user.Locale,
            ["entitlements"] = new JsonArray(),
            ["attachment_size_limit"] = 10_485_760,
        };
        if (interaction.SourceMessageId is { } source && interaction.Type is 3 or 5)
        {
            var message =
                World.Ephemeral.GetValueOrDefault(interaction.SourceMessageId.Value)
                ?? MessagesOf(channel.Id).GetValueOrDefault(interaction.SourceMessageId.Value);
            if (message is not null)
            {
                shape["message"] = Message(message);
            }
        }

        if (interaction.GuildId == 0)
        {
            shape["user"] = User(user.Id);
            shape["context"] = 1;
            shape["authorizing_integration_owners"] = new JsonObject { ["0"] = "0" };
            return shape;
        }

        var guild = World.Guilds[interaction.GuildId];
        var member = Member(guild, user.Id, withUser: true);
        member["permissions"] = Text(PermissionsIn(user.Id, channel));
        shape["guild_id"] = Text(guild.Id);
        shape["guild"] = new JsonObject
        {
            ["id"] = Text(guild.Id),
            ["locale"] = "en-GB",
            ["features"] = new JsonArray(),
        };
        shape["member"] = member;
        shape["guild_locale"] = "en-GB";
        shape["context"] = 0;
        shape["authorizing_integration_owners"] = new JsonObject { ["0"] = Text(guild.Id) };
        return shape;
    }

    private JsonObject Metadata(StoredInteraction interaction, int messageType)
    {
        var data = new JsonObject
        {
            ["id"] = Text(interaction.Id),
            ["type"] = interaction.Type,
            ["user"] = User(interaction.UserId),
            ["authorizing_integration_owners"] = new JsonObject { ["0"] = Text(interaction.GuildId) },
        };
        if (interaction.Type == 2)
        {
            data["name"] = interaction.Name;
            data["command_type"] = interaction.CommandType;
        }

        if (messageType == 19 && interaction.OriginalId is { } original)
        {
            data["original_response_message_id"] = Text(original);
        }

        return data;
    }
}
