using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Tests.RealClients;

namespace NewsBot.Tests.Discord.RealClients;

/// <summary>The emulator is judged by clients that nobody here wrote: what they cannot bear, Discord does not send.</summary>
public sealed class RealClientTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task Discord_js_is_content_with_the_emulator()
    {
        var node = ClientProgram.Find("node");
        Assert.True(node is not null, "There is no Node.js. Install it with “apt-get install -y nodejs npm”.");
        var folder = ClientProgram.Folder("discordjs");
        Assert.True(
            Directory.Exists(Path.Combine(folder, "node_modules", "discord.js")),
            $"discord.js is not installed. Install it with “npm ci --ignore-scripts” in {folder}."
        );

        await JudgeAsync(node!, "discordjs", "run.mjs");
    }

    [Fact]
    public async Task Discord_py_is_content_with_the_emulator()
    {
        Assert.True(
            File.Exists(Python) && Directory.Exists("/usr/lib/python3/dist-packages/discord"),
            "There is no discord.py. Install it with “apt-get install -y python3-discord”."
        );

        await JudgeAsync(Python, "discordpy", "run.py");
    }

    private static async Task JudgeAsync(string program, string folder, string script)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await FakeDiscordServer.StartAsync(new FakeDiscordOptions(), cancellationToken);

        var (code, said) = await ClientProgram.RunAsync(program, folder, script, server.Describe().ToJsonString());

        Assert.True(code == 0, $"{script} ended with {(code is null ? "its time used up" : $"{code}")}:\n{said}");
        Assert.Contains("is content", said, StringComparison.Ordinal);
        Assert.True(server.Gateway.Resumes >= 3, $"It resumed {server.Gateway.Resumes} times.");
        Assert.Empty(server.Gateway.Faults.Pending);
        var sessions = server.Gateway.Describe()["sessions"]!.AsArray();
        Assert.DoesNotContain(sessions, session => (bool)session!["connected"]!);
    }
}
