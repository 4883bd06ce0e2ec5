using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Where the gateway is. Source: https://discord.com/developers/docs/events/gateway#get-gateway-bot</summary>
/// <param name="startLimit">The session_start_limit at the moment.</param>
/// <param name="shards">The number of shards to recommend.</param>
internal sealed class GatewayRoutes(Func<JsonObject> startLimit, Func<int> shards)
{
    public IEnumerable<FakeRoute> All() =>
        [
            new("GET", "/gateway", call => FakeReply.Ok(new JsonObject { ["url"] = Url(call) })) { Open = true },
            new("GET", "/gateway/bot", Bot),
        ];

    private FakeReply Bot(FakeCall call) =>
        call.Actor.IsBot
            ? FakeReply.Ok(
                new JsonObject
                {
                    ["url"] = Url(call),
                    ["shards"] = shards(),
                    ["session_start_limit"] = startLimit(),
                }
            )
            : throw Fail.Unauthorized();

    private static string Url(FakeCall call) =>
        call.State.Root.Replace("http://", "ws://", StringComparison.Ordinal) + "/gateway";
}
