using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Time;

namespace NewsBot.Tests.Mirroring;

/// <summary>A few of the scripts on three sides that the benchmark program plays by the hundred.</summary>
public sealed class JoinedFaultTests : IAsyncLifetime
{
    private const int FirstSeed = 1;
    private const int Scripts = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-joined-").FullName;
    private JoinedNewsroom _room = null!;

    [Fact]
    public async Task Whatever_goes_wrong_every_reply_is_one_comment_and_stands_once_on_every_side()
    {
        var replies = 0;
        for (var seed = FirstSeed; seed < FirstSeed + Scripts; seed++)
        {
            var script = new FaultScript(new JoinedFaultStage(_room), seed);
            await script.RunAsync(TestContext.Current.CancellationToken);
            replies += script.Replies;
        }

        Assert.True(replies >= Scripts, $"{replies} replies");
    }

    public async ValueTask InitializeAsync()
    {
        var time = new HurriedTime(10);
        _room = await JoinedNewsroom.StartAsync(
            new FakeDiscordOptions { Time = time, DataFile = Path.Combine(_folder, "discord.json") },
            new FakeSlackOptions
            {
                Time = time,
                DataFile = Path.Combine(_folder, "slack.json"),
                RetryDelays = [TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)],
            },
            "--Chat:Web:Enabled=true"
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
