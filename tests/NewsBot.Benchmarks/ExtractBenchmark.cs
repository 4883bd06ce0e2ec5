using System.Diagnostics;
using System.Globalization;
using AngleSharp.Html.Parser;
using NewsBot.Fetching;
using NewsBot.Testing;
using SmartReader;

namespace NewsBot.Benchmarks;

/// <summary>How fast articles are found in pages, beside SmartReader and AngleSharp's bare parse of the same pages.</summary>
/// <param name="folder">Pages to read; null for the corpus of the tests.</param>
/// <param name="rounds">How often each is measured; the best counts.</param>
internal sealed class ExtractBenchmark(string? folder, int rounds)
{
    // Small pages are read more often, for their times are small.
    private const int MinBytes = 1_000_000;

    private static readonly Uri Address = new("https://pages.example/article");

    public async Task RunAsync()
    {
        var pages = Pages().ToList();
        if (pages.Count == 0)
        {
            throw new InvalidOperationException($"There are no pages in {folder}.");
        }

        var bytes = pages.Sum(page => (long)page.Bytes);
        var times = (int)Math.Clamp(MinBytes / bytes, 1, 100);
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"extract: {pages.Count} pages, {bytes / 1e6:0.0} MB, the best of {rounds * times} times each"
            )
        );
        var (bare, smart, ours) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        foreach (var (html, _) in pages)
        {
            // By turns, so that whatever else the machine does meets all three.
            var best = (Bare: TimeSpan.MaxValue, Smart: TimeSpan.MaxValue, Ours: TimeSpan.MaxValue);
            for (var round = 0; round < rounds * times; round++)
            {
                best.Bare = Least(best.Bare, await MeasureAsync(html, ParseAsync));
                best.Smart = Least(best.Smart, await MeasureAsync(html, SmartReadAsync));
                best.Ours = Least(best.Ours, await MeasureAsync(html, ReadAsync));
            }

            (bare, smart, ours) = (bare + best.Bare, smart + best.Smart, ours + best.Ours);
        }

        Report("AngleSharp's parse", bare, bare);
        Report("SmartReader", smart, bare);
        Report("NewsBot", ours, bare);

        void Report(string what, TimeSpan took, TimeSpan parse) =>
            Output.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {what, -20} {pages.Count / took.TotalSeconds, 8:0} pages/s {bytes / took.TotalSeconds / 1e6, 8:0.0} MB/s   ratio {parse / took:0.00}"
                )
            );
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static async Task<TimeSpan> MeasureAsync(string html, Func<string, Task> read)
    {
        var start = Stopwatch.GetTimestamp();
        await read(html);
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task ParseAsync(string html)
    {
        using var document = await new HtmlParser().ParseDocumentAsync(html, CancellationToken.None);
    }

    private static async Task SmartReadAsync(string html)
    {
        using var reader = new Reader(Address.AbsoluteUri, html);
        await reader.GetArticleAsync(CancellationToken.None);
    }

    private static Task ReadAsync(string html) => ArticleExtractor.ReadAsync(html, Address, CancellationToken.None);

    private IEnumerable<(string Html, int Bytes)> Pages() =>
        folder is null
            ? CorpusPage.All.Select(page => (HtmlBytes.Decode(page.Body, null), page.Body.Length))
            : Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(File.ReadAllBytes)
                .Select(body => (HtmlBytes.Decode(body, null), body.Length));
}
