using System.Net.WebSockets;
using System.Text;
using NewsBot.Testing.Servers.Sockets;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <summary>Frames that no gateway should send.</summary>
internal static class MalformedFrames
{
    private const int HugeBytes = 10 * 1024 * 1024;

    // A deflate block of type 3 does not exist; the ending is the one that makes a client inflate.
    private static readonly byte[] NotDeflated = [0xFF, 0xFF, 0xFF, 0x12, 0x34, 0x00, 0x00, 0xFF, 0xFF];

    /// <summary>The frame for a fault, or null where the fault is of another kind.</summary>
    public static Outgoing? Of(GatewayFaultKind kind) =>
        kind switch
        {
            GatewayFaultKind.NotJson => Text("<html><title>502 Bad Gateway</title></html>"),
            GatewayFaultKind.NotAnObject => Text("[1,null,\"MESSAGE_CREATE\"]"),
            GatewayFaultKind.WrongTypes => Text("{\"op\":\"0\",\"t\":7,\"s\":{},\"d\":false}"),
            GatewayFaultKind.UnknownOpcode => Text("{\"op\":987654,\"t\":null,\"s\":null,\"d\":{\"a\":1}}"),
            GatewayFaultKind.InvalidUtf8 => new Outgoing.Json(
                (byte[])
                    [
                        .. "{\"op\":0,\"t\":\"FAKE_PADDING\",\"s\":null,\"d\":{\"text\":\""u8,
                        0xC3,
                        0x28,
                        0xF0,
                        0x9F,
                        .. "\"}}"u8,
                    ]
            ),
            GatewayFaultKind.WrongZlib => new Outgoing.Raw(NotDeflated, WebSocketMessageType.Binary),
            GatewayFaultKind.Huge => Text(
                "{\"op\":0,\"t\":\"FAKE_PADDING\",\"s\":null,\"d\":{\"text\":\"" + new string('x', HugeBytes) + "\"}}"
            ),
            _ => null,
        };

    private static Outgoing.Json Text(string frame) => new(Encoding.UTF8.GetBytes(frame));
}
