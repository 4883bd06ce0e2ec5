using System.Globalization;

namespace NewsBot.Benchmarks;

/// <summary>
/// A long discussion and a large database, each beside the same newsroom without: what a story page, a reply and a poll take,
/// turn by turn in one run, so that whatever else the machine does meets both.
/// </summary>
internal static class CrowdBenchmark
{
    private const int LongDiscussion = 10_000;
    private const int ShortDiscussion = 200;
    private const int WarmUp = 60;
    private const int Rounds = 150;
    private const int Polls = 60;

    /// <param name="comments">How many comments the large database holds beside the story that is looked at.</param>
    public static async Task RunAsync(int comments)
    {
        await using (var small = await CrowdNewsroom.StartAsync(ShortDiscussion, 0))
        await using (var large = await CrowdNewsroom.StartAsync(LongDiscussion, 0))
        {
            Output.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"crowd: a story with {LongDiscussion:N0} comments beside one with {ShortDiscussion:N0}"
                )
            );
            await PagesAsync(small, large, "target 25 ms");
            await RepliesAsync(small, large, "target 50 ms");
            await CompareAsync(
                "both",
                Rounds,
                small,
                large,
                async (newsroom, round) =>
                {
                    await newsroom.ReplyAsync(round);
                    await newsroom.PageAsync("br", 1);
                },
                "a reply and the page after it"
            );
            var first = await large.PageAsync("br", 1);
            var second = await large.PageAsync("br", 2);
            Output.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  bytes of its page as a browser asks for it: {first:N0}, of the next {second:N0} (target 50,000)"
                )
            );
        }

        await using var empty = await CrowdNewsroom.StartAsync(ShortDiscussion, 0);
        await using var full = await CrowdNewsroom.StartAsync(ShortDiscussion, comments);
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"crowd: a database of {full.Size / 1e6:N0} MB with {comments:N0} other comments beside an empty one"
            )
        );
        await PagesAsync(empty, full, "target 1.20 times");
        await RepliesAsync(empty, full, "target 1.20 times");
        await CompareAsync(
            "poll",
            Polls,
            empty,
            full,
            (newsroom, round) => newsroom.PollAsync(round),
            "target 1.20 times"
        );
    }

    private static Task PagesAsync(CrowdNewsroom first, CrowdNewsroom second, string target) =>
        CompareAsync("page", Rounds, first, second, (newsroom, _) => newsroom.PageAsync("br", 1), target);

    private static Task RepliesAsync(CrowdNewsroom first, CrowdNewsroom second, string target) =>
        CompareAsync("reply", Rounds, first, second, (newsroom, round) => newsroom.ReplyAsync(round), target);

    private static async Task CompareAsync(
        string what,
        int rounds,
        CrowdNewsroom first,
        CrowdNewsroom second,
        Func<CrowdNewsroom, int, Task> step,
        string target
    )
    {
        List<double> before = [];
        List<double> after = [];
        for (var round = -WarmUp; round < rounds; round++)
        {
            // Whoever comes second finds the machine warmer, so they take turns in that too.
            foreach (var newsroom in round % 2 == 0 ? (CrowdNewsroom[])[first, second] : [second, first])
            {
                var start = TimeProvider.System.GetTimestamp();
                await step(newsroom, round + WarmUp);
                if (round >= 0)
                {
                    (newsroom == first ? before : after).Add(
                        TimeProvider.System.GetElapsedTime(start).TotalMilliseconds
                    );
                }
            }
        }

        var (baseline, measured) = (new Measured(before), new Measured(after));
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {what, -5} {measured} ({target}; baseline: {baseline}; {measured.Median / baseline.Median:0.00} times)"
            )
        );
    }
}
