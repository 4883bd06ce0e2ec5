using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Benchmarks;

/// <summary>The burst of cards at a fake Slack.</summary>
internal static class SlackBurst
{
    public static async Task RunAsync()
    {
        var options = new FakeSlackOptions();
        await using var room = await SlackNewsroom.StartAsync(options);
        await Of(room, options).RunAsync();
        Output.Line($"  refusals (429): {room.Slack.Statistics.Avoidable} (target 0)");
    }

    public static CardBurst Of(SlackNewsroom room, FakeSlackOptions options) =>
        new("slack", room.Newsroom, options.Time)
        {
            AddChannelAsync = name => room.ChannelAsync(room.Slack.Driver.AddChannel(name, withBot: true)),
            WriteStoryAsync = (headline, channels) => room.StoryAsync(headline, channels),
            Creates = () => [.. room.Slack.Statistics.Creates.Select(create => create.At)],
            Optimum = Optimum(options.Limits),
        };

    private static TimeSpan Optimum(FakeLimits limits) =>
        FakeStatistics.Optimum(limits, CardBurst.ChannelCount, CardBurst.StoryCount);
}
