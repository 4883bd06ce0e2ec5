using System.Globalization;
using NewsBot.Core.Stories;

namespace NewsBot.Benchmarks;

/// <summary>How fast copies are found and stories chosen, and how much memory what is known takes, the fuller the slower or not.</summary>
internal static class StoriesBenchmark
{
    private const int MeasuredTexts = 10_000;
    private const int MeasuredReports = 2_000;

    // Its dictionaries would take more memory than many machines have.
    private const int MaxPlain = 100_000;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly int[] Texts = [10_000, 100_000, 1_000_000];
    private static readonly int[] Reports = [5_000, 50_000, 500_000];

    public static void Run()
    {
        Output.Line(
            "copies: by processor time of one core, of 80 to 580 words, every fifth text a copy; target 20,000 a second, however many are kept"
        );
        foreach (var kept in Texts)
        {
            Measure(kept);
        }

        Output.Line("stories: against three days of reports; target 1 ms");
        foreach (var known in Reports)
        {
            Choose(known);
        }
    }

    private static void Measure(int kept)
    {
        var before = Memory();
        var index = new NearDuplicates(kept);
        var own = Race(kept, article => Take(index, article));
        var bytes = (Memory() - before) / kept;
        GC.KeepAlive(index);
        var plain = kept > MaxPlain ? "not run, for its memory" : Plain(kept);
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {kept:N0} kept: {own.PerSecond:N0} a second, {bytes} bytes each, {own.Copies:P1} found to be copies (plain MinHash-128: {plain})"
            )
        );
    }

    private static string Plain(int kept)
    {
        var before = Memory();
        var plain = new PlainMinHash();
        var race = Race(kept, article => plain.Take(article.Text) is not null);
        var bytes = (Memory() - before) / kept;
        GC.KeepAlive(plain);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{race.PerSecond:N0} a second, {bytes} bytes each, {race.Copies:P1} found"
        );
    }

    // Fills up first; only the last texts are measured.
    private static (double PerSecond, double Copies) Race(int kept, Func<(string Title, string Text), bool> take)
    {
        var news = new SyntheticNews(1);
        for (var i = 0; i < kept; i++)
        {
            take(news.Article());
        }

        var last = Enumerable.Range(0, MeasuredTexts).Select(_ => news.Article()).ToList();
        // A busy machine must not count.
        var start = Environment.CpuUsage.TotalTime;
        var copies = last.Count(take);
        var took = Environment.CpuUsage.TotalTime - start;
        return (MeasuredTexts / took.TotalSeconds, (double)copies / MeasuredTexts);
    }

    /// <summary>Whether the article copies one that was taken before.</summary>
    public static bool Take(NearDuplicates index, (string Title, string Text) article)
    {
        if (TextPrint.Of(article.Title, article.Text) is not { } print)
        {
            return false;
        }

        var match = index.Find(print);
        index.Add(match?.Original ?? index.Count, print, Start);
        return match is not null;
    }

    private static void Choose(int known)
    {
        var news = new SyntheticNews(2);
        var before = Memory();
        var index = new StoryIndex(known);
        var step = StoryIndex.Window / (known + MeasuredReports);
        for (var i = 0; i < known; i++)
        {
            var (story, item) = news.Report(Start + (step * i));
            index.Add(story, item);
        }

        var bytes = Memory() - before;
        var values = new List<double>(MeasuredReports);
        var (right, wrong) = (0, 0);
        var busy = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < MeasuredReports; i++)
        {
            var (story, item) = news.Report(Start + (step * (known + i)));
            var start = TimeProvider.System.GetTimestamp();
            var chosen = index.Choose(item);
            index.Add(story, item);
            index.Other(item, story);
            values.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            right += chosen?.Story == story ? 1 : 0;
            wrong += chosen is not null && chosen.Story != story ? 1 : 0;
        }

        busy = (Environment.CpuUsage.TotalTime - busy) / MeasuredReports;
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {known:N0} reports: {new Measured(values)}, {busy.TotalMilliseconds:0.00} ms of processor time on average; {bytes / 1e6:N0} MB, {bytes / known:N0} bytes each; {(double)right / MeasuredReports:P1} joined their story, {(double)wrong / MeasuredReports:P1} another that sounds alike"
            )
        );
        GC.KeepAlive(index);
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);
}
