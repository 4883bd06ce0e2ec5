using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Tests.RealClients;

namespace NewsBot.Tests.Slack.RealClients;

/// <summary>The emulator is judged by clients that nobody here wrote: what they cannot bear, Slack does not send.</summary>
public sealed class RealClientTests
{
    [Fact]
    public async Task Bolt_is_content_with_the_sockets_of_the_emulator()
    {
        await using var server = await JudgeAsync("run.mjs");

        Assert.True(server.Driver.OpenedSockets >= 5, $"It opened {server.Driver.OpenedSockets} sockets.");
        Assert.Empty(server.Faults.Pending);
        Assert.DoesNotContain("unknown_method", string.Join(" ", server.Statistics.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bolt_is_content_with_the_requests_and_installs_of_the_emulator()
    {
        await using var server = await JudgeAsync("http.mjs");

        Assert.Equal(0, server.Driver.OpenedSockets);
        Assert.Empty(server.Faults.Pending);
    }

    private static async Task<FakeSlackServer> JudgeAsync(string script)
    {
        var node = ClientProgram.Find("node");
        Assert.True(node is not null, "There is no Node.js. Install it with “apt-get install -y nodejs npm”.");
        var folder = ClientProgram.Folder("bolt");
        Assert.True(
            Directory.Exists(Path.Combine(folder, "node_modules", "@slack", "bolt")),
            $"Bolt is not installed. Install it with “npm ci --ignore-scripts” in {folder}."
        );
        var options = new FakeSlackOptions { PingEvery = TimeSpan.FromSeconds(1) };
        var server = await FakeSlackServer.StartAsync(options, TestContext.Current.CancellationToken);

        try
        {
            await JudgeAsync(server, node!, script);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static async Task JudgeAsync(FakeSlackServer server, string node, string script)
    {
        var (code, said) = await ClientProgram.RunAsync(node, "bolt", script, server.Describe().ToJsonString());

        Assert.True(code == 0, $"{script} ended with {(code is null ? "its time used up" : $"{code}")}:\n{said}");
        Assert.Contains("is content", said, StringComparison.Ordinal);
    }
}
