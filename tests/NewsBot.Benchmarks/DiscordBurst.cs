using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Benchmarks;

/// <summary>The burst of cards at a fake Discord.</summary>
internal static class DiscordBurst
{
    public static async Task RunAsync()
    {
        var options = new FakeDiscordOptions();
        await using var room = await DiscordNewsroom.StartAsync(options);
        await new CardBurst("discord", room.Newsroom, options.Time)
        {
            AddChannelAsync = name => room.ChannelAsync(room.Discord.Driver.AddChannel(0, name)),
            WriteStoryAsync = (headline, channels) => room.StoryAsync(headline, channels),
            Creates = () => [.. room.Discord.Statistics.Creates.Select(create => create.At)],
            Optimum = Optimum(options.Limits),
        }.RunAsync();
        var statistics = room.Discord.Statistics;
        Output.Line(
            $"  refusals (429): {statistics.Avoidable} on buckets that had told their state (target 0), {statistics.Hidden} on hidden limits (target at most 1 each), {statistics.Refusals.Count} in all"
        );
    }

    // A client without any latency: each channel takes its windows one after another, and all of them together no more
    // than the limit over all calls.
    private static TimeSpan Optimum(FakeLimits limits)
    {
        var windows = (CardBurst.StoryCount - 1) / limits.Create.Count;
        var own = limits.Create.Window * windows;
        var seconds = (CardBurst.StoryCount * CardBurst.ChannelCount - 1) / limits.Global.Count;
        var together = limits.Global.Window * seconds;
        return own > together ? own : together;
    }
}
