namespace NewsBot.Clients.Sockets;

/// <summary>Which addresses a socket may be opened to.</summary>
public static class SocketRules
{
    /// <summary>True for wss, and for plain ws only where it stays on this machine: tokens never travel readable.</summary>
    /// <param name="url">The address; null is refused.</param>
    public static bool Allows(Uri? url) =>
        url is { IsAbsoluteUri: true, UserInfo.Length: 0 }
        && (
            url.Scheme.Equals("wss", StringComparison.Ordinal)
            || (url.Scheme.Equals("ws", StringComparison.Ordinal) && url.IsLoopback)
        );
}
