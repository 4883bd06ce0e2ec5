using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Messages. Source: https://discord.com/developers/docs/resources/message</summary>
internal static class MessageRoutes
{
    private const string Messages = "/channels/{channel}/messages";

    public static IEnumerable<FakeRoute> All() =>
        [
            new("POST", Messages, Create) { Limit = limits => limits.Create },
            new("PATCH", Messages + "/{message}", Edit) { Limit = limits => limits.Edit },
        ];

    /// <summary>Refuses who may not write here, and brings an archived thread back.</summary>
    public static void Open(FakeDiscordState state, StoredChannel channel, ulong user)
    {
        if (channel.IsForum)
        {
            throw Fail.With(40058);
        }

        if (!channel.HoldsMessages)
        {
            throw Fail.With(50008);
        }

        state.Require(user, channel, channel.IsThread ? Permissions.SendInThreads : Permissions.SendMessages);
        Unarchive(state, channel, state.Can(user, channel, Permissions.ManageThreads));
    }

    /// <summary>Sending into an archived thread opens it, into a locked one only for those who manage threads.</summary>
    public static void Unarchive(FakeDiscordState state, StoredChannel channel, bool manages)
    {
        if (!channel.IsThread)
        {
            return;
        }

        if (channel.Locked && !manages)
        {
            throw Fail.With(160005);
        }

        if (channel.Archived)
        {
            state.SetArchived(channel, false);
        }
    }

    private static FakeReply Create(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"));
        var user = call.Actor.UserId;
        state.Require(user, channel, Permissions.ViewChannel);
        var payload = MessagePayload.Read(call.Body, call.Files);
        if (channel.IsDirect && call.Actor.IsBot && Refuses(state, channel))
        {
            throw Fail.With(50007);
        }

        var nonce = payload is { EnforceNonce: true, Nonce: { } text } ? $"{user} {channel.Id} {text}" : null;
        if (nonce is not null && First(state, channel, nonce) is { } first)
        {
            return FakeReply.Ok(state.Echoed(first));
        }

        var draft = Draft(call, channel, payload);
        Open(state, channel, user);
        var message = state.Post(channel, draft);
        if (nonce is not null)
        {
            state.World.Nonces[nonce] = new StoredNonce(message.Id, state.Now);
        }

        if (channel.IsDirect && call.Actor.IsBot)
        {
            state.AddToInbox(channel.Members.First(one => one != user), "dm", null, message);
        }

        return FakeReply.Ok(state.Echoed(message));
    }

    private static StoredMessage? First(FakeDiscordState state, StoredChannel channel, string nonce)
    {
        if (!state.World.Nonces.TryGetValue(nonce, out var known) || state.Now - known.At > state.NonceWindow)
        {
            return null;
        }

        // A first that was deleted since is not posted again.
        return state.FindMessage(channel.Id, known.MessageId);
    }

    private static MessageDraft Draft(FakeCall call, StoredChannel channel, MessagePayload payload)
    {
        var state = call.State;
        var user = call.Actor.UserId;
        var reference = payload.Reference;
        if (reference?["type"]?.ToString() == "1")
        {
            return Forward.Draft(state, user, reference);
        }

        if (payload.IsEmpty)
        {
            throw Fail.With(50006);
        }

        if ((payload.Flags ?? 0 & MessagePayload.Ephemeral) != 0 && (payload.Flags & ~Settable) != 0)
        {
            throw Fail.Field("flags", "MESSAGE_FLAGS_INVALID", "These flags cannot be set on a message.");
        }

        if (payload.Files is { Count: > 0 })
        {
            state.Require(user, channel, Permissions.AttachFiles);
        }

        var shown = payload;
        if (payload.Embeds is { Count: > 0 } && !state.Can(user, channel, Permissions.EmbedLinks))
        {
            if (string.IsNullOrEmpty(payload.Content) && payload.Files is null or [])
            {
                throw Fail.With(50013);
            }

            // The text appears, its embeds do not.
            payload.Embeds.Clear();
        }

        var target = reference is null ? null : Target(state, channel, user, reference);
        return new MessageDraft
        {
            AuthorId = user,
            Payload = shown,
            Type = target is null ? 0 : 19,
            ReplyTo = target?.Id,
            Reference = target is null ? null : Reference(channel, target.Id),
            Flags = 0,
        };
    }

    private const int Settable =
        MessagePayload.SuppressEmbeds | MessagePayload.SuppressNotifications | MessagePayload.ComponentsV2;

    public static JsonObject Reference(StoredChannel channel, ulong message)
    {
        var reference = new JsonObject
        {
            ["type"] = 0,
            ["channel_id"] = FakeDiscordState.Text(channel.Id),
            ["message_id"] = FakeDiscordState.Text(message),
        };
        if (channel.GuildId != 0)
        {
            reference["guild_id"] = FakeDiscordState.Text(channel.GuildId);
        }

        return reference;
    }

    private static StoredMessage? Target(
        FakeDiscordState state,
        StoredChannel channel,
        ulong user,
        JsonObject reference
    )
    {
        var errors = new FieldErrors();
        var id = errors.Id(reference, "message_id", "message_reference.message_id");
        var mustBe = errors.Flag(reference, "fail_if_not_exists", "message_reference.fail_if_not_exists") ?? true;
        if (id is null)
        {
            errors.Missing("message_reference.message_id");
        }

        errors.ThrowIfAny();
        if (!state.Can(user, channel, Permissions.ReadHistory))
        {
            throw Fail.With(160002);
        }

        if (!state.MessagesOf(channel.Id).TryGetValue(id!.Value, out var target))
        {
            return mustBe
                ? throw Fail.Field("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
                : null;
        }

        return target.Type is 0 or 19 or 20 or 23
            ? target
            : throw Fail.Field(
                "message_reference",
                "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE",
                "Cannot reply to a system message"
            );
    }

    private static FakeReply Edit(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        var message = state.FindMessage(channel.Id, call.Id("message"));
        var user = call.Actor.UserId;
        if (channel.Archived)
        {
            throw Fail.With(50083);
        }

        if (message.AuthorId != user || message.WebhookName is not null)
        {
            // Moderators may hide the embeds of others, and nothing else.
            if (call.Body.Count != 1 || !call.Body.ContainsKey("flags"))
            {
                throw Fail.With(50005);
            }

            state.Require(user, channel, Permissions.ManageMessages);
        }

        var payload = MessagePayload.Read(
            call.Body,
            call.Files,
            "",
            (message.Flags & MessagePayload.ComponentsV2) != 0
        );
        Check(message, payload);
        if (call.Actor.IsBot && state.Now - message.At > TimeSpan.FromHours(1))
        {
            var recent = message.Edits.Count(at => state.Now - at < state.Limits.EditOld.Window);
            if (recent >= state.Limits.EditOld.Count)
            {
                throw Fail.With(30046);
            }
        }

        state.Edit(channel, message, payload, AllowedMentions.All);
        return FakeReply.Ok(state.Message(message));
    }

    /// <summary>Refuses an edit that would leave nothing, or would take Components V2 back.</summary>
    public static void Check(StoredMessage message, MessagePayload payload)
    {
        var text = payload.Content ?? message.Content;
        var embeds = payload.Embeds ?? message.Embeds;
        var components = payload.Components ?? message.Components;
        var files = payload.Files?.Count ?? message.Attachments.Count;
        if (
            string.IsNullOrWhiteSpace(text)
            && embeds.Count == 0
            && components.Count == 0
            && files == 0
            && message.Snapshots is null
        )
        {
            throw Fail.With(50006);
        }

        var becomesV2 = payload.IsV2 && (message.Flags & MessagePayload.ComponentsV2) == 0;
        if (becomesV2 && (text.Length > 0 || embeds.Count > 0))
        {
            throw Fail.Field(
                text.Length > 0 ? "content" : "embeds",
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                "Fields of old messages cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            );
        }
    }

    private static bool Refuses(FakeDiscordState state, StoredChannel channel) =>
        channel.Members.Any(one => state.World.Users[one].RefusesDirectMessages);
}
