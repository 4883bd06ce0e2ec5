using System.Globalization;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Benchmarks;

/// <summary>
/// Replies on both sides of many channel pairs, each of which has to appear on the other side: how long that takes while
/// both platforms keep their usual limits, and whether any is lost or doubled.
/// </summary>
/// <param name="length">How long people write.</param>
/// <param name="seed">Decides when and where.</param>
internal sealed class MirrorBenchmark(TimeSpan length, int seed)
{
    private const double RepliesPerSecondAndSide = 3;
    private const int BaselineCalls = 50;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<Spoken> _spoken = [];
    private readonly Lock _lock = new();

    public async Task RunAsync()
    {
        await using var stage = await MirrorStage.StartAsync(new FakeDiscordOptions(), new FakeSlackOptions());
        using var stop = new CancellationTokenSource();
        var looking = LookAsync(stage.Watch, stop.Token);

        await WarmUpAsync(stage);
        var bare = await Measured.OfAsync(
            BaselineCalls,
            round => stage.SayAsync('s', round % MirrorStage.Stories, "hm")
        );
        await Task.WhenAll(WriteAsync(stage, 'd'), WriteAsync(stage, 's'));
        await WaitAsync(stage.Watch);
        await stop.CancelAsync();
        await looking;
        await ReportAsync(stage, bare);
    }

    /// <summary>The first copy of a story opens its thread in Discord, and the first of all finds out what Slack allows.</summary>
    private async Task WarmUpAsync(MirrorStage stage)
    {
        for (var story = 0; story < MirrorStage.Stories; story++)
        {
            await SayAsync(stage, 's', story, story);
        }

        await WaitAsync(stage.Watch);
        await SayAsync(stage, 'd', 0, 0);
        await WaitAsync(stage.Watch);
        if (Missing(stage.Watch) > 0)
        {
            throw new InvalidOperationException(
                $"{Missing(stage.Watch)} first replies were not copied.\n{await stage.Room.DescribeAsync(1, 2, 3, 4)}"
            );
        }

        lock (_lock)
        {
            _spoken.Clear();
        }
    }

    private async Task WriteAsync(MirrorStage stage, char side)
    {
        var random = new Random(HashCode.Combine(seed, side));
        var number = MirrorStage.Stories;
        var due = TimeSpan.Zero;
        var start = TimeProvider.System.GetTimestamp();
        List<Task> writing = [];
        while ((due += TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / RepliesPerSecondAndSide)) < length)
        {
            var wait = due - TimeProvider.System.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, TimeProvider.System);
            }

            writing.Add(SayAsync(stage, side, random.Next(MirrorStage.Stories), number++));
        }

        await Task.WhenAll(writing);
    }

    private Task SayAsync(MirrorStage stage, char side, int story, int number)
    {
        var mark = CopyWatch.Mark(side, number);
        lock (_lock)
        {
            _spoken.Add(new Spoken(mark, TimeProvider.System.GetTimestamp()));
        }

        return stage.SayAsync(side, story, $"I think {mark}, and you?");
    }

    private static async Task LookAsync(CopyWatch watch, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            lock (watch)
            {
                watch.Look();
            }

            await Task.Delay(LookEvery, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Waits until everything was copied, or that takes far too long.</summary>
    private async Task WaitAsync(CopyWatch watch)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (Missing(watch) > 0 && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(LookEvery, TimeProvider.System);
        }
    }

    private int Missing(CopyWatch watch)
    {
        lock (_lock)
            lock (watch)
            {
                return _spoken.Count(spoken => !watch.Seen.ContainsKey(spoken.Mark));
            }
    }

    private async Task ReportAsync(MirrorStage stage, Measured bare)
    {
        var watch = stage.Watch;
        var waits = new Measured([
            .. _spoken
                .Where(spoken => watch.Seen.ContainsKey(spoken.Mark))
                .Select(spoken =>
                    TimeProvider.System.GetElapsedTime(spoken.At, watch.Seen[spoken.Mark][0]).TotalMilliseconds
                ),
        ]);
        var doubled = _spoken.Count(spoken => watch.Seen.TryGetValue(spoken.Mark, out var times) && times.Count > 1);
        var comments = await stage.Room.Newsroom.NumberAsync("SELECT COUNT(*) FROM comment");
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"mirror: {_spoken.Count} replies in {length.TotalSeconds:0} s over {MirrorStage.Stories} stories in {MirrorStage.Pairs} channel pairs, from writing on one side to the copy on the other: median {waits.Median:0.0} ms (target 500), 95th percentile {waits.Percentile95:0.0} ms (target 1500), 99th {waits.Percentile99:0.0} ms"
            )
        );
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  lost {Missing(watch)}, doubled {doubled} (target 0, 0); comments {comments} of {_spoken.Count + MirrorStage.Stories + 1 + BaselineCalls} replies; a message written by hand alone: {bare}"
            )
        );
        foreach (var spoken in _spoken.Where(spoken => watch.Texts(spoken.Mark).Count > 1))
        {
            Output.Line($"  doubled {spoken.Mark}: {string.Join(" | ", watch.Texts(spoken.Mark))}");
        }

        Output.Line(
            $"  refusals (429): Slack {stage.Room.Slack.Slack.Statistics.Avoidable}, Discord {stage.Room.Discord.Discord.Statistics.Avoidable}"
        );
    }

    /// <summary>A reply and when it was begun to be written.</summary>
    private sealed record Spoken(string Mark, long At);
}
