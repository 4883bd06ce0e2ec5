using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Time;

namespace NewsBot.Tests.Slack.Faults;

/// <summary>A few of the scripts that the benchmark program plays by the thousand.</summary>
public sealed class FaultScriptTests : IAsyncLifetime
{
    private const int FirstSeed = 1;
    private const int Scripts = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-slack-").FullName;
    private SlackNewsroom _room = null!;

    [Fact]
    public async Task Whatever_goes_wrong_every_story_is_posted_once_and_every_reply_is_on_the_page_once()
    {
        var (stories, replies) = (0, 0);
        for (var seed = FirstSeed; seed < FirstSeed + Scripts; seed++)
        {
            var script = new FaultScript(new SlackFaultStage(_room), seed);
            await script.RunAsync(TestContext.Current.CancellationToken);
            stories += script.Stories;
            replies += script.Replies;
        }

        Assert.True(stories >= Scripts && replies >= Scripts, $"{stories} stories, {replies} replies");
    }

    public async ValueTask InitializeAsync() =>
        _room = await SlackNewsroom.StartAsync(
            new FakeSlackOptions
            {
                Time = new HurriedTime(10),
                DataFile = Path.Combine(_folder, "slack.json"),
                RetryDelays = [TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)],
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
