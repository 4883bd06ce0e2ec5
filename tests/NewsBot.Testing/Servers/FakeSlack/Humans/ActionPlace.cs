using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Humans;

/// <summary>Where a button or menu stands: in a message or in a view.</summary>
/// <param name="Message">Null for views.</param>
/// <param name="View">Null for messages.</param>
internal sealed record ActionPlace(StoredMessage? Message, StoredView? View)
{
    /// <summary>The blocks there.</summary>
    public JsonArray? Blocks => Message?.Blocks ?? View?.View["blocks"] as JsonArray;

    /// <summary>Writes it into an interaction.</summary>
    public void Describe(FakeSlackState state, JsonObject payload, StoredExchange exchange)
    {
        if (View is not null)
        {
            payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = View.Id };
            payload["view"] = state.ViewShape(View);
            exchange.ViewId = View.Id;
            return;
        }

        var message = Message!;
        var channel = state.Channel(message.ChannelId);
        var container = new JsonObject
        {
            ["type"] = "message",
            ["message_ts"] = message.Ts,
            ["channel_id"] = message.ChannelId,
            ["is_ephemeral"] = message.EphemeralTo is not null,
        };
        if (message.ThreadTs is { } thread)
        {
            container["thread_ts"] = thread;
        }

        payload["container"] = container;
        payload["channel"] = new JsonObject { ["id"] = channel.Id, ["name"] = channel.Name };
        if (message.EphemeralTo is null)
        {
            // Of messages that only one human sees, the app is not shown the content.
            payload["message"] = state.Message(message, withMetadata: true);
        }

        payload["state"] = new JsonObject { ["values"] = new JsonObject() };
        exchange.MessageTs = message.Ts;
        exchange.ThreadTs = message.ThreadTs;
    }
}
