using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;
using NewsBot.Testing.Servers.FakeSlack.Validation;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>Messages. Source: https://docs.slack.dev/reference/methods?family=chat</summary>
internal static class ChatMethods
{
    private static readonly string[] NotThreadable =
    [
        "channel_join",
        "channel_leave",
        "group_join",
        "group_leave",
        "channel_name",
        "group_name",
    ];

    public static IEnumerable<FakeMethod> All() =>
        [
            new("chat.postMessage", limits => limits.Workspace, Post)
            {
                Scope = "chat:write",
                TakesJson = true,
                IsPaced = true,
            },
            new("chat.meMessage", Tier.Three, Me) { Scope = "chat:write", TakesJson = true },
            new("chat.update", Tier.Three, Update) { Scope = "chat:write", TakesJson = true },
            new("chat.delete", Tier.Three, Delete) { Scope = "chat:write", TakesJson = true },
            new("chat.postEphemeral", Tier.Four, Ephemeral) { Scope = "chat:write", TakesJson = true },
            new("chat.getPermalink", Tier.Special, Permalink),
        ];

    private static JsonObject Post(FakeCall call)
    {
        var channel = Writable(call);
        var thread = Thread(call, channel);
        var message = Drafted(call, Surface.Post);
        message.ThreadTs = thread;
        if (thread is not null && call.Flag("reply_broadcast"))
        {
            message.Broadcast = true;
        }

        call.State.Post(channel, message);
        return Posted(call, channel, message);
    }

    private static JsonObject Me(FakeCall call)
    {
        var channel = Writable(call);
        var message = new StoredMessage
        {
            UserId = call.Actor.UserId,
            TeamId = call.Actor.TeamId,
            BotId = call.Actor.IsBot ? call.Team.BotId : null,
            Subtype = "me_message",
            Text = TextForm.Normalise(call.Need("text", "no_text")),
        };
        call.State.Post(channel, message);
        return new JsonObject { ["channel"] = channel.Id, ["ts"] = message.Ts };
    }

    private static JsonObject Update(FakeCall call)
    {
        var (channel, message) = Own(call, "cant_update_message");
        if (message.Tombstone)
        {
            throw new FakeApiException("message_not_found");
        }

        if (channel.IsArchived)
        {
            throw new FakeApiException("is_inactive");
        }

        Named(call, message, FakeNameRules.Unchangeable, "cant_update_message");
        var draft = MessageDraft.Read(call.State, call.Args, call.Team, Surface.Update);
        call.State.Edit(message, () => Change(call, message, draft));
        return new JsonObject
        {
            ["channel"] = channel.Id,
            ["ts"] = message.Ts,
            ["text"] = message.Text,
            ["message"] = call.State.Message(message, withMetadata: true),
        };
    }

    private static void Change(FakeCall call, StoredMessage message, MessageDraft draft)
    {
        draft.Change(message);
        if (call.State.NameRules.HasFlag(FakeNameRules.LostByChanges))
        {
            (message.Username, message.Icons) = (null, null);
        }

        if (call.Actor.IsHuman)
        {
            message.Blocks ??= TextForm.RichText(message.Text, call.State.NextSecret(5));
        }

        // A message of blocks does not show that it was edited.
        if (call.Actor.IsHuman || message.Blocks is null)
        {
            message.EditedBy = call.Actor.UserId;
            message.EditedTs = FakeSlackState.Ts(call.State.Now.ToUnixTimeSeconds(), 0);
        }
    }

    private static JsonObject Delete(FakeCall call)
    {
        var (channel, message) = Own(call, "cant_delete_message");
        if (message.Tombstone)
        {
            throw new FakeApiException("message_not_found");
        }

        Named(call, message, FakeNameRules.Undeletable, "cant_delete_message");
        call.State.Delete(message);
        return new JsonObject { ["channel"] = channel.Id, ["ts"] = message.Ts };
    }

    private static JsonObject Ephemeral(FakeCall call)
    {
        var channel = Writable(call);
        var user = call.Need("user");
        if (!channel.Members.Contains(user))
        {
            throw new FakeApiException("user_not_in_channel");
        }

        var thread = Thread(call, channel);
        var message = Drafted(call, Surface.Ephemeral);
        message.ThreadTs = thread;
        var open = call.State.World.Exchanges.Values.LastOrDefault(one =>
            one.UserId == user && one.ChannelId == channel.Id
        );
        call.State.PostEphemeral(channel, message, user, open?.Id ?? 0);
        return new JsonObject { ["message_ts"] = message.Ts };
    }

    private static JsonObject Permalink(FakeCall call)
    {
        var channel = call.Channel();
        var message =
            call.State.FindMessage(channel.Id, call.Need("message_ts"))
            ?? throw new FakeApiException("message_not_found");
        return new JsonObject { ["channel"] = channel.Id, ["permalink"] = call.State.Permalink(message) };
    }

    /// <summary>The channel of a call, if the caller may write there.</summary>
    internal static StoredChannel Writable(FakeCall call)
    {
        var channel = call.Channel();
        if (channel.IsArchived)
        {
            throw new FakeApiException("is_archived");
        }

        if (!call.IsIn(channel) && !(call.Actor.Scopes.Contains("chat:write.public") && !channel.IsPrivate))
        {
            throw new FakeApiException("not_in_channel");
        }

        if (call.Actor.IsBot && channel.PostingError is { } refused)
        {
            throw new FakeApiException(refused);
        }

        return channel;
    }

    /// <summary>The parent that is answered; null for none.</summary>
    /// <exception cref="FakeApiException">There is none of that ts, or it cannot be answered.</exception>
    internal static string? Thread(FakeCall call, StoredChannel channel)
    {
        if (call.Text("thread_ts") is not { } ts)
        {
            return null;
        }

        if (ts.Length != 17 || ts[10] != '.' || ts.Count(char.IsAsciiDigit) != 16)
        {
            throw new FakeApiException("invalid_thread_ts");
        }

        var parent = call.State.FindMessage(channel.Id, ts);
        if (parent is null || parent.IsReply)
        {
            throw new FakeApiException("thread_not_found");
        }

        if (NotThreadable.Contains(parent.Subtype))
        {
            throw new FakeApiException("cannot_reply_to_message");
        }

        return parent.Locked ? throw new FakeApiException("restricted_action_thread_locked") : ts;
    }

    private static StoredMessage Drafted(FakeCall call, Surface surface)
    {
        var draft = MessageDraft.Read(call.State, call.Args, call.Team, surface);
        var message = draft.ToMessage(call.Team);
        if (call.State.NameRules.HasFlag(FakeNameRules.Ignored))
        {
            (message.Username, message.Icons) = (null, null);
        }

        if (!call.Actor.IsHuman)
        {
            return message;
        }

        (message.UserId, message.BotId, message.Username, message.Icons) = (call.Actor.UserId, null, null, null);
        message.ClientMessageId = Guid.CreateVersion7(call.State.Now).ToString();
        message.Blocks ??= TextForm.RichText(message.Text, call.State.NextSecret(5));
        return message;
    }

    private static void Named(FakeCall call, StoredMessage message, FakeNameRules rule, string refusal)
    {
        if (call.Actor.IsBot && message.Username is not null && call.State.NameRules.HasFlag(rule))
        {
            throw new FakeApiException(refusal);
        }
    }

    private static JsonObject Posted(FakeCall call, StoredChannel channel, StoredMessage message) =>
        new()
        {
            ["channel"] = channel.Id,
            ["ts"] = message.Ts,
            ["message"] = call.State.Message(message, withMetadata: true),
        };

    private static (StoredChannel Channel, StoredMessage Message) Own(FakeCall call, string refusal)
    {
        var channel = call.Channel();
        var message =
            call.State.FindMessage(channel.Id, call.Need("ts", "message_not_found"))
            ?? throw new FakeApiException("message_not_found");
        var own = call.Actor.IsBot ? message.BotId == call.Team.BotId : message.UserId == call.Actor.UserId;
        var admin =
            refusal == "cant_delete_message" && call.Actor.IsHuman && call.State.User(call.Actor.UserId).IsAdmin;
        return own || admin || message.Tombstone ? (channel, message) : throw new FakeApiException(refusal);
    }
}
