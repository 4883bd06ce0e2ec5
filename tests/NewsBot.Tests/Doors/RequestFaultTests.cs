using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NewsBot.Tests.Doors;

/// <summary>What callers do wrong is told to them and stands in no log, which else anybody could fill.</summary>
public sealed class RequestFaultTests
{
    private const string Form = "application/x-www-form-urlencoded";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/chat/name")]
    [InlineData("/stories/1/comments")]
    public async Task A_form_that_is_too_large_is_its_senders_fault(string path)
    {
        await using var routes = await StartAsync();
        var before = routes.Newsroom.Log.Lines.Count;
        using var body = new StringContent($"name={new string('x', 2_000_000)}", Encoding.UTF8, Form);

        using var answer = await routes.SendAsync("POST", path, body, ("Accept", "text/html"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(Loud(routes, before));
    }

    [Fact]
    public async Task A_form_that_is_cut_off_costs_no_line_of_the_log()
    {
        await using var routes = await StartAsync();
        var before = routes.Newsroom.Log.Lines.Count;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, routes.Newsroom.Http.BaseAddress!.Port, Stop);
            await socket.SendAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /chat/name HTTP/1.1\r\nHost: {EveryRoute.Host}\r\nContent-Type: {Form}\r\nContent-Length: 5000\r\n\r\nname="
                ),
                Stop
            );
            socket.Shutdown(SocketShutdown.Send);
            // It ends when the server is done with it.
            var buffer = new byte[4_096];
            while (await socket.ReceiveAsync(buffer, Stop) > 0) { }
        }

        Assert.Empty(Loud(routes, before));
    }

    [Fact]
    public async Task Whoever_is_refused_is_refused_before_anything_is_done_for_them()
    {
        await using var routes = await StartAsync("--Web:ReadBurst=1", "--Web:ReadsPerSecond=1");
        var before = routes.Newsroom.Log.Lines.Count;

        List<HttpResponseMessage> refused = [];
        for (var attempt = 0; attempt < 50; attempt++)
        {
            refused.Add(
                await routes.SendAsync(
                    "GET",
                    "/",
                    null,
                    ("X-Forwarded-For", "203.0.113.40"),
                    ("Accept", "text/html"),
                    ("Accept-Encoding", "br")
                )
            );
        }

        refused.RemoveAll(one => one.StatusCode == HttpStatusCode.OK);
        Assert.InRange(refused.Count, 20, 49);
        Assert.All(refused, one => Assert.Equal(HttpStatusCode.TooManyRequests, one.StatusCode));
        // Even packing would be work.
        Assert.All(refused, one => Assert.Empty(one.Content.Headers.ContentEncoding));
        Assert.All(refused, one => Assert.Equal("nosniff", one.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Empty(Loud(routes, before));
        refused.ForEach(answer => answer.Dispose());
    }

    private static IEnumerable<string> Loud(EveryRoute routes, int before) =>
        routes
            .Newsroom.Log.Lines.Skip(before)
            .Where(line => line.Contains("AspNetCore", StringComparison.Ordinal) && !IsQuiet(line));

    private static bool IsQuiet(string line) =>
        line.StartsWith("Trace", StringComparison.Ordinal)
        || line.StartsWith("Debug", StringComparison.Ordinal)
        || line.StartsWith("Information", StringComparison.Ordinal);

    private static async Task<EveryRoute> StartAsync(params string[] settings)
    {
        var routes = new EveryRoute { Settings = ["--Web:TrustedProxies:0=127.0.0.1", .. settings] };
        await routes.InitializeAsync();
        return routes;
    }
}
