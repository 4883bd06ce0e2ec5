using System.Globalization;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Time;

namespace NewsBot.Benchmarks;

/// <summary>Plays fault scripts against a fake platform, each from a seed of its own, and counts what was lost or doubled.</summary>
internal static class FaultBenchmark
{
    // A newsroom is started anew after so many, so that no script plays before a database of thousands of stories.
    private const int ScriptsANewsroom = 25;

    private const double Hurry = 10;

    /// <param name="platform">"discord", "slack" or "both".</param>
    /// <param name="scripts">How many.</param>
    /// <param name="firstSeed">The first one's seed; the others follow it.</param>
    /// <returns>Whether all of them ended well.</returns>
    public static async Task<bool> RunAsync(string platform, int scripts, int firstSeed)
    {
        var (stories, replies, untold, kills, failed) = (0, 0, 0, 0, new List<int>());
        var begin = TimeProvider.System.GetTimestamp();
        for (var first = 0; first < scripts; first += ScriptsANewsroom)
        {
            var folder = Directory.CreateTempSubdirectory("newsbot-faults-").FullName;
            await using (var room = await StartAsync(platform, folder))
            {
                for (var number = first; number < Math.Min(first + ScriptsANewsroom, scripts); number++)
                {
                    var script = new FaultScript(room.Stage, firstSeed + number);
                    try
                    {
                        await script.RunAsync(CancellationToken.None);
                    }
                    catch (Exception error) when (error is InvalidOperationException or TimeoutException)
                    {
                        failed.Add(firstSeed + number);
                        Output.Line($"  seed {firstSeed + number} failed: {error.Message}");
                        foreach (var step in script.Steps)
                        {
                            Output.Line($"    {step}");
                        }
                    }

                    stories += script.Stories;
                    replies += script.Replies;
                    untold += script.Untold;
                    kills += script.Kills;
                }
            }

            Directory.Delete(folder, recursive: true);
            Report(Math.Min(first + ScriptsANewsroom, scripts));
        }

        return failed.Count == 0;

        void Report(int done) =>
            Output.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"faults: platform={platform} scripts={done} seeds={firstSeed}..{firstSeed + done - 1} stories={stories} replies={replies} untold={untold} kills={kills} failed={failed.Count} ({TimeProvider.System.GetElapsedTime(begin).TotalSeconds:0} s)"
                )
            );
    }

    private static async Task<Room> StartAsync(string platform, string folder)
    {
        var time = new HurriedTime(Hurry);
        var atDiscord = new FakeDiscordOptions { Time = time, DataFile = Path.Combine(folder, "discord.json") };
        var atSlack = new FakeSlackOptions
        {
            Time = time,
            DataFile = Path.Combine(folder, "slack.json"),
            // As often as Slack retries, but sooner: nobody here waits for six minutes.
            RetryDelays = [TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)],
        };
        switch (platform)
        {
            case "both":
                var joined = await JoinedNewsroom.StartAsync(atDiscord, atSlack, "--Chat:Web:Enabled=true");
                return new Room(new JoinedFaultStage(joined), joined);
            case "slack":
                var slack = await SlackNewsroom.StartAsync(atSlack);
                return new Room(new SlackFaultStage(slack), slack);
            default:
                var discord = await DiscordNewsroom.StartAsync(atDiscord);
                return new Room(new DiscordFaultStage(discord), discord);
        }
    }

    private sealed record Room(IFaultStage Stage, IAsyncDisposable Newsroom) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Newsroom.DisposeAsync();
    }
}
