using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>
/// Messages of webhooks, and those of interactions, which go by the same paths. Source:
/// https://discord.com/developers/docs/resources/webhook#execute-webhook
/// </summary>
internal static class WebhookMessageRoutes
{
    private const string Webhook = "/webhooks/{webhook}/{token}";
    private const string Message = Webhook + "/messages/{message}";

    public static IEnumerable<FakeRoute> All() =>
        [
            Limited("POST", Webhook, call => IsApplication(call) ? FollowUpRoutes.Create(call) : Execute(call)),
            Limited("GET", Message, call => IsApplication(call) ? FollowUpRoutes.One(call) : One(call)),
            Limited("PATCH", Message, call => IsApplication(call) ? FollowUpRoutes.Edit(call) : Edit(call)),
            Limited("DELETE", Message, call => IsApplication(call) ? FollowUpRoutes.Delete(call) : Delete(call)),
        ];

    private static FakeRoute Limited(string method, string template, Func<FakeCall, FakeReply> handle) =>
        new(method, template, handle)
        {
            Open = true,
            Limit = limits => limits.Webhook,
            Global = false,
        };

    private static bool IsApplication(FakeCall call) => call.Id("webhook") == call.State.ApplicationId;

    private static FakeReply Execute(FakeCall call)
    {
        var state = call.State;
        var webhook = WebhookRoutes.Found(call);
        var parent = state.FindChannel(webhook.ChannelId);
        var body = call.Body;
        var errors = new FieldErrors();
        var name = NameRules.Check(body, "username", required: false, errors);
        var avatar = errors.Url(body, "avatar_url", "avatar_url", 2048, "http", "https");
        var threadName = body["thread_name"] is null
            ? null
            : errors.Text(body, "thread_name", "thread_name", 1, 100, required: true);
        errors.ThrowIfAny();
        var payload = MessagePayload.Read(body, call.Files);
        if (payload.IsEmpty)
        {
            throw Fail.With(50006);
        }

        if (payload.Components is { Count: > 0 } && !webhook.ByBot)
        {
            throw new FakeApiException(400, 50006, "Only webhooks of applications may send components");
        }

        call.Hidden("webhook", FakeDiscordState.Text(parent.Id), state.Limits.WebhookHidden);
        var draft = new MessageDraft
        {
            AuthorId = webhook.UserId,
            Payload = payload,
            Webhook = webhook,
            WebhookName = name ?? webhook.Name,
            WebhookAvatar = avatar ?? webhook.Avatar,
            Default = AllowedMentions.UsersOnly,
        };
        var message = Place(call, parent, threadName, draft);
        return call.QueryFlag("wait") ? FakeReply.Ok(state.Message(message)) : FakeReply.Nothing;
    }

    private static StoredMessage Place(FakeCall call, StoredChannel parent, string? threadName, MessageDraft draft)
    {
        var state = call.State;
        var thread = call.QueryId("thread_id");
        if (thread is not null && threadName is not null)
        {
            throw Fail.With(220002);
        }

        if (threadName is not null)
        {
            return parent.IsForum
                ? ThreadRoutes.Post(state, parent, call.Body, threadName, draft).Starter
                : throw Fail.With(220003);
        }

        if (thread is null)
        {
            return parent.IsForum ? throw Fail.With(220001) : state.Post(parent, draft);
        }

        var channel = state.FindChannel(thread.Value);
        if (channel.ParentId != parent.Id || !channel.IsThread)
        {
            throw Fail.With(10003);
        }

        MessageRoutes.Unarchive(state, channel, state.Can(draft.AuthorId, channel, Permissions.ManageThreads));
        return state.Post(channel, draft);
    }

    private static FakeReply One(FakeCall call) => FakeReply.Ok(call.State.Message(Found(call).Message));

    private static FakeReply Edit(FakeCall call)
    {
        var (channel, message) = Found(call);
        if (channel.Archived)
        {
            throw Fail.With(50083);
        }

        var wasV2 = (message.Flags & MessagePayload.ComponentsV2) != 0;
        var payload = MessagePayload.Read(call.Body, call.Files, "", wasV2);
        MessageRoutes.Check(message, payload);
        call.State.Edit(channel, message, payload, AllowedMentions.UsersOnly);
        return FakeReply.Ok(call.State.Message(message));
    }

    private static FakeReply Delete(FakeCall call)
    {
        var (channel, message) = Found(call);
        call.State.Delete(channel, message);
        return FakeReply.Nothing;
    }

    // Without its thread_id a message in a thread is not found.
    private static (StoredChannel Channel, StoredMessage Message) Found(FakeCall call)
    {
        var webhook = WebhookRoutes.Found(call);
        var channel = call.State.FindChannel(call.QueryId("thread_id") ?? webhook.ChannelId);
        if (channel.Id != webhook.ChannelId && channel.ParentId != webhook.ChannelId)
        {
            throw Fail.With(10003);
        }

        var message = call.State.FindMessage(channel.Id, call.Id("message"));
        return message.WebhookId == webhook.Id ? (channel, message) : throw Fail.With(10008);
    }
}
