using System.Net;
using Microsoft.AspNetCore.Connections;
using NewsBot.Web.Security;

namespace NewsBot.Tests.Doors;

/// <summary>How many connections one client may hold.</summary>
public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task A_client_holds_so_many_connections_and_another_has_its_own()
    {
        var held = new TaskCompletionSource();
        var limits = new ConnectionLimits([IPAddress.Loopback]).Before(_ => held.Task);

        var many = Enumerable.Range(0, 300).Select(_ => Open(limits, "203.0.113.5")).ToList();
        var other = Open(limits, "203.0.113.6");
        var proxy = Enumerable.Range(0, 300).Select(_ => Open(limits, "127.0.0.1")).ToList();

        Assert.Equal(256, many.Count(one => !one.Ended.IsCompleted));
        Assert.False(other.Ended.IsCompleted);
        Assert.All(proxy, one => Assert.False(one.Ended.IsCompleted));
        held.SetResult();
        await Task.WhenAll([.. many.Select(one => one.Ended), other.Ended, .. proxy.Select(one => one.Ended)]);
        var again = Open(limits, "203.0.113.5");
        await again.Ended;
        Assert.False(again.Connection.ConnectionClosed.IsCancellationRequested);
    }

    private static (DefaultConnectionContext Connection, Task Ended) Open(ConnectionDelegate limits, string from)
    {
        var connection = new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(from), 1_000) };
        return (connection, limits(connection));
    }
}
