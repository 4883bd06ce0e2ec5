using System.Text;
using Microsoft.AspNetCore.Connections;

namespace NewsBot.Testing.Servers;

/// <summary>A server on a bare socket that sends headers and never comes to the body.</summary>
internal static class EndlessHeaders
{
    private static readonly byte[] Start = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n");
    private static readonly byte[] Header = Encoding.ASCII.GetBytes($"X-More: {new string('x', 1_000)}\r\n");

    /// <summary>Serves one connection until the other side hangs up.</summary>
    public static async Task ServeAsync(ConnectionContext connection)
    {
        try
        {
            await connection.Transport.Input.ReadAsync(connection.ConnectionClosed);
            await connection.Transport.Output.WriteAsync(Start, connection.ConnectionClosed);
            while (!(await connection.Transport.Output.WriteAsync(Header, connection.ConnectionClosed)).IsCompleted) { }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The other side had enough, which is what it is there for.
        }
    }
}
