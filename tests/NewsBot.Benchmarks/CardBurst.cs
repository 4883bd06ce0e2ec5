using System.Globalization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Benchmarks;

/// <summary>Two hundred cards at once for ten channels, against a platform's usual limits.</summary>
/// <param name="Platform">As it is printed.</param>
/// <param name="Newsroom">The program that posts.</param>
/// <param name="Time">The clock of both.</param>
internal sealed record CardBurst(string Platform, RunningNewsroom Newsroom, TimeProvider Time)
{
    public const int ChannelCount = 10;
    public const int StoryCount = 20;

    /// <summary>Makes a channel of a name on both sides; its id in the newsroom.</summary>
    public required Func<string, Task<long>> AddChannelAsync { get; init; }

    /// <summary>Writes a story of a headline for channels into the outbox.</summary>
    public required Func<string, IReadOnlyList<long>, Task> WriteStoryAsync { get; init; }

    /// <summary>When the fake took messages, oldest first.</summary>
    public required Func<IReadOnlyList<DateTimeOffset>> Creates { get; init; }

    /// <summary>The shortest time in which a client without any latency could post all of it.</summary>
    public required TimeSpan Optimum { get; init; }

    /// <summary>Posts all of it and prints how long that took.</summary>
    public async Task RunAsync()
    {
        List<long> channels = [];
        for (var number = 0; number < ChannelCount; number++)
        {
            channels.Add(await AddChannelAsync($"burst-{number}"));
        }

        // Nothing goes out before all of it is written.
        await SetAsync("UPDATE channel SET parked_reason = 'benchmark'");
        for (var story = 0; story < StoryCount; story++)
        {
            await WriteStoryAsync($"Story {story} of the burst", channels);
        }

        var before = Creates().Count;
        await SetAsync("UPDATE channel SET parked_reason = NULL");
        var begin = Time.GetUtcNow();
        Newsroom.Services.GetRequiredService<PostPump>().Wake();
        var creates = await RunningNewsroom.UntilAsync(() =>
        {
            var taken = Creates();
            return Task.FromResult(taken.Count >= before + (ChannelCount * StoryCount) ? taken : null);
        });
        var took = creates[^1] - begin;
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Platform} burst: {creates.Count - before} cards over {ChannelCount} channels in {took.TotalSeconds:0.000} s, the fake's own optimum {Optimum.TotalSeconds:0.000} s, ratio {took / Optimum:0.000} (target 1.05)"
            )
        );
    }

    private Task SetAsync(string sql) =>
        Newsroom
            .Services.GetRequiredService<Database>()
            .WriteAsync(connection => (Task)connection.ExecuteAsync(sql), CancellationToken.None);
}
