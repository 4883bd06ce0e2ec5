namespace NewsBot.Testing.Servers.Sockets;

/// <summary>Why a connection is closed.</summary>
/// <param name="Code">The close code.</param>
/// <param name="Reason">At most 123 bytes, as a close frame allows no more.</param>
internal sealed record SocketRefusal(int Code, string Reason);
