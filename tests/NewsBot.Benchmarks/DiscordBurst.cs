using System.Globalization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Benchmarks;

/// <summary>Two hundred cards at once for ten channels, against Discord's usual limits.</summary>
internal static class DiscordBurst
{
    private const int ChannelCount = 10;
    private const int StoryCount = 20;

    public static async Task RunAsync()
    {
        var options = new FakeDiscordOptions();
        await using var room = await DiscordNewsroom.StartAsync(options);
        var database = room.Newsroom.Services.GetRequiredService<Database>();
        List<long> channels = [];
        for (var number = 0; number < ChannelCount; number++)
        {
            channels.Add(await room.ChannelAsync(room.Discord.Driver.AddChannel(0, $"burst-{number}")));
        }

        // Nothing goes out before all of it is written.
        await SetAsync("UPDATE channel SET parked_reason = 'benchmark'");
        for (var story = 0; story < StoryCount; story++)
        {
            await room.StoryAsync($"Story {story} of the burst", channels);
        }

        await SetAsync("UPDATE channel SET parked_reason = NULL");
        var begin = options.Time.GetUtcNow();
        room.Newsroom.Services.GetRequiredService<PostPump>().Wake();
        var creates = await DoneAsync(room);
        var took = creates[^1] - begin;
        var optimum = Optimum(options.Limits);
        var statistics = room.Discord.Statistics;
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"discord burst: {creates.Count} cards over {ChannelCount} channels in {took.TotalSeconds:0.000} s, the fake's own optimum {optimum.TotalSeconds:0.000} s, ratio {took / optimum:0.000} (target 1.05)"
            )
        );
        Output.Line(
            $"  refusals (429): {statistics.Avoidable} on buckets that had told their state (target 0), {statistics.Hidden} on hidden limits (target at most 1 each), {statistics.Refusals.Count} in all"
        );

        Task SetAsync(string sql) =>
            database.WriteAsync(connection => (Task)connection.ExecuteAsync(sql), CancellationToken.None);
    }

    private static async Task<IReadOnlyList<DateTimeOffset>> DoneAsync(DiscordNewsroom room) =>
        await RunningNewsroom.UntilAsync(() =>
        {
            var creates = room.Discord.Statistics.Creates.Select(create => create.At).ToList();
            return Task.FromResult<IReadOnlyList<DateTimeOffset>?>(
                creates.Count >= ChannelCount * StoryCount ? creates : null
            );
        });

    // A client without any latency: each channel takes its windows one after another, and all of them together no more
    // than the limit over all calls.
    private static TimeSpan Optimum(FakeLimits limits)
    {
        var windows = (StoryCount - 1) / limits.Create.Count;
        var own = limits.Create.Window * windows;
        var seconds = (StoryCount * ChannelCount - 1) / limits.Global.Count;
        var together = limits.Global.Window * seconds;
        return own > together ? own : together;
    }
}
