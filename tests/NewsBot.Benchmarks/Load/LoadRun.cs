using NewsBot.Testing.Load;

namespace NewsBot.Benchmarks.Load;

/// <summary>Measures one way to run the program: polls that bring nothing, polls that bring news, and a day of both.</summary>
internal sealed class LoadRun(LoadOptions options, LoadSetUp setUp)
{
    // Enough for the code to be compiled as it runs for weeks; many sources come to that in one round.
    private const int ManySources = 10_000;

    private int WarmUps => options.Sources < ManySources ? 2 : 1;

    private int Rounds => options.Sources < ManySources ? 3 : 1;

    public async Task<LoadResult> RunAsync()
    {
        using var world = await LoadWorld.StartAsync(options);
        using var newsroom = await LoadNewsroom.StartAsync(options, setUp, world);
        var plan = new LoadPlan(options.Sources, options.Channels, options.Seed);
        var subscriptions = await LoadFill.RunAsync(newsroom.Database, plan, world, options.Interval);
        for (var round = 0; round < WarmUps; round++)
        {
            await newsroom.PollAsync(options.Sources);
        }

        await newsroom.RestAsync();
        await newsroom.AnalyzeAsync();
        var unchanged = await MeasureAsync(newsroom, world, () => PollAgainAsync(newsroom));
        // What had to be compiled for news is, before it is measured.
        await PublishAsync(newsroom, world, options.Waved);
        await UntilPostedAsync(newsroom);
        await newsroom.AnalyzeAsync();
        await world.PublishAsync(options.Waved);
        var news = await MeasureAsync(newsroom, world, () => newsroom.PollAsync(options.Waved));
        await newsroom.RestAsync();
        var posting = await MeasureAsync(newsroom, world, () => UntilPostedAsync(newsroom));
        var day = await DayAsync(newsroom, world);
        return new LoadResult(setUp, subscriptions)
        {
            Unchanged = unchanged,
            News = news,
            // Posting began with the polls.
            Posting = posting with
            {
                Wall = posting.Wall + news.Wall,
                Posts = posting.Posts + news.Posts,
            },
            Day = day.Phase,
            Lags = day.Lags,
            MegabytesInAll = newsroom.MegabytesInAll,
            MostMegabytes = newsroom.MostMegabytes,
            Size = await newsroom.Database.SizeAsync(CancellationToken.None),
            Error = await newsroom.NumberAsync("SELECT COUNT(*) FROM feed WHERE last_error IS NOT NULL"),
        };
    }

    private async Task PollAgainAsync(LoadNewsroom newsroom)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await newsroom.PollAsync(options.Sources);
            await newsroom.RestAsync();
        }
    }

    private static async Task PublishAsync(LoadNewsroom newsroom, LoadWorld world, int count)
    {
        await world.PublishAsync(count);
        await newsroom.PollAsync(count);
        await newsroom.RestAsync();
    }

    private async Task<(LoadPhase Phase, LoadLags Lags)> DayAsync(LoadNewsroom newsroom, LoadWorld world)
    {
        var since = TimeProvider.System.GetUtcNow();
        await world.BeginDayAsync(options);
        await newsroom.GoOnAsync(since, options.Interval);
        var phase = await MeasureAsync(newsroom, world, () => Task.Delay(options.Day, TimeProvider.System));
        // What was published last is polled an interval later.
        await Task.Delay(options.Interval * 1.2, TimeProvider.System);
        await newsroom.RestAsync();
        await UntilPostedAsync(newsroom);
        return (phase, await world.LagsAsync(since));
    }

    private static Task UntilPostedAsync(LoadNewsroom newsroom) =>
        newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE state = 'waiting'", 0);

    private static async Task<LoadPhase> MeasureAsync(LoadNewsroom newsroom, LoadWorld world, Func<Task> work)
    {
        var before = await LoadMoment.TakeAsync(newsroom, world);
        await work();
        return (await LoadMoment.TakeAsync(newsroom, world)).Since(before);
    }
}
