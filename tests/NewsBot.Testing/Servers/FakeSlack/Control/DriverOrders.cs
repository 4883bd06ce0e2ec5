using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Testing.Servers.FakeSlack.Control;

/// <summary>What admins, owners and Slack itself do.</summary>
/// <param name="server">Where.</param>
internal sealed class DriverOrders(FakeSlackServer server)
{
    /// <summary>Does it.</summary>
    /// <exception cref="FormatException">It is unknown, or something is missing.</exception>
    public JsonObject Do(Order order)
    {
        var driver = server.Driver;
        switch (order.Act)
        {
            case "channel":
                return Made(
                    driver.AddChannel(
                        order.Text("name"),
                        order.Flag("private", otherwise: false),
                        order.Flag("bot", otherwise: false),
                        order.Maybe("team")
                    )
                );
            case "shared-channel":
                return Made(driver.AddSharedChannel(order.Text("name"), order.Text("team")));
            case "workspace":
                return Made(
                    driver.AddWorkspace(
                        order.Text("name"),
                        order.Text("owner"),
                        order.Flag("install", otherwise: false)
                    )
                );
            case "human":
                return Human(order);
            case "change-id":
                return Made(driver.ChangeId(order.Text("channel")));
            case "install-app":
                var scopes = (order.Body["scopes"] as JsonArray ?? []).Select(one => one!.ToString());
                return new JsonObject { ["token"] = driver.InstallApp(order.Maybe("team"), scopes) };
            case "limits":
                Scripts.SetLimits(server, order.Body);
                break;
            case "remove-app":
                driver.RemoveApp(order.Maybe("team"));
                break;
            case "revoke-token":
                driver.RevokeToken(order.Maybe("team"));
                break;
            case "scope":
                driver.SetScope(order.Text("scope"), order.Flag("granted", otherwise: true), order.Maybe("team"));
                break;
            case "sockets":
                driver.ToSockets(FakeFaultRule.Read(order.Body).Kind);
                break;
            case "socket-mode":
                driver.SetSocketMode(order.Flag("enabled", otherwise: true));
                break;
            case "display-name":
                driver.SetDisplayName(order.Text("name"), order.Maybe("display_name"));
                break;
            case "admin":
                driver.SetAdmin(order.Text("name"), order.Flag("admin", otherwise: true));
                break;
            default:
                DoToChannel(order, order.Text("channel", "channel_id"));
                break;
        }

        return new JsonObject { ["ok"] = true };
    }

    private void DoToChannel(Order order, string channel)
    {
        var driver = server.Driver;
        switch (order.Act)
        {
            case "rename":
                driver.Rename(channel, order.Text("name"));
                break;
            case "archive":
                driver.SetArchived(channel, order.Flag("archived", otherwise: true));
                break;
            case "convert":
                driver.Convert(channel, order.Flag("private", otherwise: true));
                break;
            case "share":
                driver.Share(channel, order.Text("team"), order.Flag("shared", otherwise: true));
                break;
            case "invite":
                driver.Invite(channel, order.Maybe("name"));
                break;
            case "kick":
                driver.Kick(channel, order.Maybe("name"));
                break;
            case "delete-channel":
                driver.DeleteChannel(channel);
                break;
            case "delete-message":
                driver.DeleteMessage(channel, order.Text("ts", "message"));
                break;
            case "lock":
                driver.LockThread(channel, order.Text("ts", "message"), order.Flag("locked", otherwise: true));
                break;
            case "refuse-posts":
                driver.RefusePosts(channel, order.Maybe("code"));
                break;
            case "unfurl":
                driver.Unfurl(
                    channel,
                    order.Text("ts", "message"),
                    order.Text("url"),
                    order.Maybe("title") ?? "A page"
                );
                break;
            default:
                throw new FormatException($"There is no {order.Act} below /_fake.");
        }
    }

    private JsonObject Human(Order order)
    {
        var id = server.Driver.AddHuman(order.Text("name"), order.Maybe("team"));
        lock (server.State.Sync)
        {
            return new JsonObject { ["id"] = id, ["token"] = server.State.User(id).Token };
        }
    }

    private static JsonObject Made(string id) => new() { ["id"] = id };
}
