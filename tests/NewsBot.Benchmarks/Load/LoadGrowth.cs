using System.Globalization;

namespace NewsBot.Benchmarks.Load;

/// <summary>What a claim, a poll, a reply and pages take as the database grows. What grows with it is looked for without an index.</summary>
internal static class LoadGrowth
{
    private const int WarmUps = 30;
    private const int Rounds = 100;

    /// <param name="sources">The most sources.</param>
    /// <param name="stories">The most stories.</param>
    /// <param name="storages">Which databases: true is PostgreSQL.</param>
    public static async Task RunAsync(int sources, int stories, IEnumerable<bool> storages)
    {
        foreach (var isPostgres in storages)
        {
            Output.Line($"claims: {(isPostgres ? "PostgreSQL" : "SQLite")}; each median / 99th percentile in ms");
            foreach (var size in Sizes(sources))
            {
                await SourcesAsync(isPostgres, size);
            }

            foreach (var size in Sizes(stories))
            {
                await StoriesAsync(isPostgres, size);
            }
        }
    }

    // 10,000, 100,000 and so on.
    private static IEnumerable<int> Sizes(int most)
    {
        for (var size = 10_000L; size <= most; size *= 10)
        {
            yield return (int)size;
        }
    }

    private static async Task SourcesAsync(bool isPostgres, int size)
    {
        await using var newsroom = await GrowthNewsroom.StartAsync(isPostgres);
        await newsroom.FillSourcesAsync(size);
        var claim = await MeasureAsync(newsroom.ClaimAsync);
        var batch = await newsroom.ClaimAsync();
        var save = await MeasureAsync(() => newsroom.SaveAsync(batch));
        Print(
            size,
            "sources",
            await newsroom.Database.SizeAsync(CancellationToken.None),
            ("a claim of 50", claim),
            ("50 endings", save)
        );
    }

    private static async Task StoriesAsync(bool isPostgres, int size)
    {
        await using var newsroom = await GrowthNewsroom.StartAsync(isPostgres);
        await newsroom.FillStoriesAsync(size);
        var began = TimeProvider.System.GetTimestamp();
        await newsroom.TakeInAsync();
        var first = TimeProvider.System.GetElapsedTime(began);
        var taken = await MeasureAsync(newsroom.TakeInAsync);
        var page = await MeasureAsync(() => newsroom.StoryAsync(size));
        var front = await MeasureAsync(newsroom.FrontAsync);
        var reply = await MeasureAsync(() => newsroom.ReplyAsync(size));
        Print(
            size,
            "stories",
            await newsroom.Database.SizeAsync(CancellationToken.None),
            ("a story page", page),
            ("the front page", front),
            ("a reply", reply),
            ("a poll with news", taken),
            ("the first after the start", new Measured([first.TotalMilliseconds]))
        );
    }

    private static async Task<Measured> MeasureAsync(Func<Task> step)
    {
        await Measured.OfAsync(WarmUps, _ => step());
        return await Measured.OfAsync(Rounds, _ => step());
    }

    private static void Print(int size, string what, long bytes, params (string Name, Measured Time)[] figures) =>
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {size, 10:N0} {what} ({bytes / 1e6:N0} MB): {string.Join(", ", figures.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Time.Median:0.0} / {one.Time.Percentile99:0.0}")))}"
            )
        );
}
