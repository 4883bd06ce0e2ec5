using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NewsBot.Benchmarks;

/// <summary>Strangers who hold connections open and say next to nothing; whoever is cut comes back.</summary>
/// <param name="order">Where and how many.</param>
/// <param name="address">The address of each.</param>
/// <param name="count">Hears how each ended.</param>
internal sealed class IdleStrangers(StrangersOrder order, Func<int, IPAddress> address, Action<string> count)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Goes on until it is over.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, order.Idle).Select(number => StayAsync(number, cancellationToken)));

    private async Task StayAsync(int number, CancellationToken cancellationToken)
    {
        var (kind, first) =
            number % 2 == 0
                ? ("slow body", Head("POST /chat/name") + "Content-Length: 5000\r\n\r\n")
                : ("open page", Head("GET /live") + "\r\n");
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var socket = await LoopbackClient.ConnectAsync(
                    address(number),
                    order.Server.Port,
                    cancellationToken
                );
                await socket.SendAsync(Encoding.ASCII.GetBytes(first), cancellationToken);
                count(await HoldAsync(socket, number % 2 == 0, cancellationToken) ? $"{kind} ended" : $"{kind} held");
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
            catch (SocketException)
            {
                count($"{kind} cut");
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <returns>Whether the newsroom ended it; false where it still stood when all was over.</returns>
    private static async Task<bool> HoldAsync(Socket socket, bool isSlow, CancellationToken cancellationToken)
    {
        var buffer = new byte[4_096];
        var reading = ReadToEndAsync(socket, buffer, cancellationToken);
        try
        {
            while (isSlow && !reading.IsCompleted)
            {
                await socket.SendAsync("x"u8.ToArray(), cancellationToken);
                await Task.WhenAny(reading, Task.Delay(Pause, TimeProvider.System, cancellationToken));
            }

            await reading;
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task ReadToEndAsync(Socket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        while (await socket.ReceiveAsync(buffer, cancellationToken) > 0)
        {
            // What it says is counted by others.
        }
    }

    private string Head(string asked) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{asked} HTTP/1.1\r\nHost: {order.Host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        );
}
