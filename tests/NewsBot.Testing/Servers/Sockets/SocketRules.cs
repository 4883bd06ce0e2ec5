namespace NewsBot.Testing.Servers.Sockets;

/// <summary>What a fake server takes in at a socket, and how it sends.</summary>
/// <param name="MaxPayloadBytes">Longer payloads end the connection.</param>
/// <param name="TooLong">How it ends then.</param>
/// <param name="NoText">How it ends at a binary payload.</param>
internal sealed record SocketRules(int MaxPayloadBytes, SocketRefusal TooLong, SocketRefusal NoText)
{
    /// <summary>Whether all payloads go out as one zlib stream.</summary>
    public bool Compressed { get; init; }
}
