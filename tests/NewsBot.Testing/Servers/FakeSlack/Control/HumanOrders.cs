using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Humans;

namespace NewsBot.Testing.Servers.FakeSlack.Control;

/// <summary>What the humans do that no method of the Web API does for them.</summary>
/// <param name="server">Where they are.</param>
internal sealed class HumanOrders(FakeSlackServer server)
{
    /// <summary>
    /// Does it, and waits until the app has acknowledged it or its time is up: {exchange, acked, answers}. What comes later
    /// is in the inbox.
    /// </summary>
    /// <returns>Null where it is something else.</returns>
    public async Task<JsonObject?> DoAsync(Order order, CancellationToken cancellationToken)
    {
        if (order.Act is not ("slash" or "action" or "view" or "shortcut" or "suggest"))
        {
            return null;
        }

        var exchange = Begin(order, Human(order));
        if (exchange is null)
        {
            return new JsonObject { ["closed"] = true };
        }

        var acked = await exchange.AckedAsync(cancellationToken);
        return new JsonObject
        {
            ["exchange"] = exchange.Id,
            ["acked"] = acked,
            ["view_id"] = exchange.ViewId,
            ["answers"] = new JsonArray([.. exchange.Answers]),
        };
    }

    private FakeHuman Human(Order order)
    {
        var who = order.Text("name", "human", "user", "user_id");
        lock (server.State.Sync)
        {
            return server.Human(
                server.State.World.Users.TryGetValue(who, out var user) && !user.IsBot ? user.Name : who
            );
        }
    }

    private static FakeExchange? Begin(Order order, FakeHuman human)
    {
        switch (order.Act)
        {
            case "slash":
                return human.Slash(
                    order.Text("command"),
                    order.Maybe("text") ?? "",
                    order.Text("channel", "channel_id")
                );
            case "action" when order.Maybe("view_id", "view") is { } view:
                return human.ActInView(view, order.Text("action_id", "action"), order.Body["value"]?.DeepClone());
            case "action":
                return human.Choose(
                    order.Text("channel", "channel_id"),
                    order.Text("ts", "message_ts", "message"),
                    order.Text("action_id", "action"),
                    order.Body["value"]?.DeepClone()
                );
            case "shortcut" when order.Maybe("ts", "message_ts", "message") is { } message:
                return human.Shortcut(order.Text("channel", "channel_id"), message, order.Text("callback_id"));
            case "shortcut":
                return human.GlobalShortcut(order.Text("callback_id"));
            case "suggest":
                return human.TypeInMenu(
                    order.Text("view_id", "view"),
                    order.Text("action_id", "action"),
                    order.Text("typed", "value")
                );
            default:
                return View(order, human);
        }
    }

    private static FakeExchange? View(Order order, FakeHuman human)
    {
        var view = order.Text("view_id", "view");
        if (order.Flag("close", otherwise: false))
        {
            human.CloseView(view);
            return null;
        }

        return human.SubmitView(view, order.Body["values"] as JsonObject ?? []);
    }
}
