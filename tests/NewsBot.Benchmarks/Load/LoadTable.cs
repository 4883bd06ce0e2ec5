using System.Globalization;

namespace NewsBot.Benchmarks.Load;

/// <summary>The results side by side, as one table.</summary>
internal static class LoadTable
{
    public static void Print(IReadOnlyList<LoadResult> results)
    {
        List<(string Name, Func<LoadResult, string> Cell)> rows =
        [
            ("", result => result.SetUp.ToString()),
            ("polls/s, nothing new", result => Text($"{result.Unchanged.PollsPerSecond:0}")),
            ("polls/s, all with news", result => Text($"{result.News.PollsPerSecond:0}")),
            ("CPU s for 1,000 polls, nothing new", result => Text($"{result.Unchanged.SecondsPerThousand:0.00}")),
            ("CPU s for 1,000 polls, all with news", result => Text($"{result.News.SecondsPerThousand:0.00}")),
            (
                "CPU s of the database, nothing new / news",
                result =>
                    result.SetUp.IsPostgres
                        ? Text(
                            $"{result.Unchanged.DatabaseSecondsPerThousand:0.00} / {result.News.DatabaseSecondsPerThousand:0.00}"
                        )
                        : "within"
            ),
            (
                "posts/s after a wave of news",
                result => Text($"{result.Posting.PostsPerSecond:0} ({result.Posting.Posts} posts)")
            ),
            ("day: polls/s", result => Text($"{result.Day.PollsPerSecond:0}")),
            (
                "day: polls with nothing new",
                result => Text($"{1 - ((double)result.Day.Changed / Math.Max(1, result.Day.Polls)):P0}")
            ),
            ("day: posts/s", result => Text($"{result.Day.PostsPerSecond:0.0} ({result.Lags.Published.Count} posts)")),
            ("day: from publication to post, p50 / p99", result => Times(result.Lags.Published)),
            ("day: from its first poll to post, p50 / p99", result => Times(result.Lags.Served)),
            (
                "day: processors, program / database",
                result =>
                    Text($"{result.Day.Newsroom / result.Day.Wall:0.00} / {result.Day.Database / result.Day.Wall:0.00}")
            ),
            ("day: written to the database's log", result => Text($"{result.Day.WrittenPerSecond / 1e6:0.00} MB/s")),
            (
                "resident memory, all / largest",
                result => Text($"{result.MegabytesInAll:0} / {result.MostMegabytes:0} MB")
            ),
            ("size of the database", result => Text($"{result.Size / 1e6:0} MB")),
            ("feeds that failed", result => Text($"{result.Error}")),
        ];
        var names = rows.Max(row => row.Name.Length);
        var widths = results.Select(result => rows.Max(row => row.Cell(result).Length)).ToList();
        foreach (var (name, cell) in rows)
        {
            Output.Line(
                $"  {name.PadRight(names)}  {string.Join("  ", results.Select((result, at) => cell(result).PadLeft(widths[at])))}"
            );
        }
    }

    private static string Times(IReadOnlyList<double> milliseconds)
    {
        if (milliseconds.Count == 0)
        {
            return "none";
        }

        var times = new Measured(milliseconds);
        return Text($"{times.Median / 1_000:0.00} / {times.Percentile99 / 1_000:0.00} s");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
