using System.Net.WebSockets;

namespace NewsBot.Testing.Servers.Sockets;

/// <summary>What a connection still has to do, in order.</summary>
internal abstract record Outgoing
{
    private Outgoing() { }

    /// <param name="Utf8">Compressed on its way where the client asked for that.</param>
    public sealed record Json(ReadOnlyMemory<byte> Utf8) : Outgoing;

    /// <param name="Bytes">Sent as they are.</param>
    /// <param name="Type">Text or binary.</param>
    public sealed record Raw(ReadOnlyMemory<byte> Bytes, WebSocketMessageType Type) : Outgoing;

    /// <param name="Why">Code and reason of the close frame.</param>
    public sealed record Close(SocketRefusal Why) : Outgoing;

    /// <summary>Cuts the connection.</summary>
    public sealed record Abort : Outgoing;
}
