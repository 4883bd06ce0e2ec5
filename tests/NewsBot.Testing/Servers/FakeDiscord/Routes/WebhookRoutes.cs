using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Webhooks made and changed. Source: https://discord.com/developers/docs/resources/webhook</summary>
internal static class WebhookRoutes
{
    private const int MaxPerChannel = 15;

    public static IEnumerable<FakeRoute> All() =>
        [
            new("POST", "/channels/{channel}/webhooks", Create),
            new("GET", "/channels/{channel}/webhooks", OfChannel),
            new("GET", "/guilds/{guild}/webhooks", OfGuild),
            new("GET", "/webhooks/{webhook}", One),
            new("PATCH", "/webhooks/{webhook}", Change),
            new("DELETE", "/webhooks/{webhook}", Delete),
            new("GET", "/webhooks/{webhook}/{token}", OneByToken) { Open = true },
            new("DELETE", "/webhooks/{webhook}/{token}", DeleteByToken) { Open = true },
        ];

    /// <summary>The webhook whose token is in the path.</summary>
    public static StoredWebhook Found(FakeCall call)
    {
        if (!call.State.World.Webhooks.TryGetValue(call.Id("webhook"), out var webhook))
        {
            throw Fail.With(10015);
        }

        return webhook.Token == call.Values["token"] ? webhook : throw Fail.With(50027);
    }

    private static FakeReply Create(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        state.Require(call.Actor.UserId, channel, Permissions.ManageWebhooks);
        if (channel.IsThread || !(channel.IsForum || channel.HoldsMessages))
        {
            throw Fail.With(50024);
        }

        var errors = new FieldErrors();
        var name = NameRules.Check(call.Body, "name", required: true, errors);
        errors.ThrowIfAny();
        if (state.World.Webhooks.Values.Count(one => one.ChannelId == channel.Id) >= MaxPerChannel)
        {
            throw Fail.With(30007);
        }

        var id = state.NextId();
        var webhook = new StoredWebhook
        {
            Id = id,
            GuildId = channel.GuildId,
            ChannelId = channel.Id,
            Name = name!,
            Token = Convert
                .ToBase64String(state.Hash($"webhook {id}"))
                .Replace('+', '-')
                .Replace('/', '_')
                .TrimEnd('='),
            UserId = call.Actor.UserId,
            ByBot = call.Actor.IsBot,
        };
        state.World.Webhooks[id] = webhook;
        state.WebhooksChanged(channel);
        return FakeReply.Ok(state.Webhook(webhook, withToken: true));
    }

    private static FakeReply OfChannel(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        state.Require(call.Actor.UserId, channel, Permissions.ManageWebhooks);
        return FakeReply.List(state.World.Webhooks.Values.Where(one => one.ChannelId == channel.Id).Select(Show(call)));
    }

    private static FakeReply OfGuild(FakeCall call)
    {
        var state = call.State;
        var guild = state.FindGuild(call.Id("guild"), call.Actor.UserId);
        state.RequireInGuild(call.Actor.UserId, guild, Permissions.ManageWebhooks);
        return FakeReply.List(state.World.Webhooks.Values.Where(one => one.GuildId == guild.Id).Select(Show(call)));
    }

    // The token of a webhook of an application is shown to that application only.
    private static Func<StoredWebhook, JsonNode> Show(FakeCall call) =>
        webhook => call.State.Webhook(webhook, withToken: !webhook.ByBot || call.Actor.IsBot);

    private static FakeReply One(FakeCall call) => FakeReply.Ok(Show(call)(Managed(call)));

    private static FakeReply OneByToken(FakeCall call)
    {
        var data = call.State.Webhook(Found(call), withToken: true);
        data.Remove("user");
        return FakeReply.Ok(data);
    }

    private static FakeReply Change(FakeCall call)
    {
        var webhook = Managed(call);
        var errors = new FieldErrors();
        var name = NameRules.Check(call.Body, "name", required: false, errors);
        errors.ThrowIfAny();
        webhook.Name = name ?? webhook.Name;
        return FakeReply.Ok(Show(call)(webhook));
    }

    private static FakeReply Delete(FakeCall call) => Remove(call, Managed(call));

    private static FakeReply DeleteByToken(FakeCall call) => Remove(call, Found(call));

    private static FakeReply Remove(FakeCall call, StoredWebhook webhook)
    {
        call.State.World.Webhooks.Remove(webhook.Id);
        call.State.WebhooksChanged(call.State.FindChannel(webhook.ChannelId));
        return FakeReply.Nothing;
    }

    private static StoredWebhook Managed(FakeCall call)
    {
        if (!call.State.World.Webhooks.TryGetValue(call.Id("webhook"), out var webhook))
        {
            throw Fail.With(10015);
        }

        var channel = call.State.FindChannel(webhook.ChannelId);
        call.State.Require(call.Actor.UserId, channel, Permissions.ManageWebhooks);
        return webhook;
    }
}
