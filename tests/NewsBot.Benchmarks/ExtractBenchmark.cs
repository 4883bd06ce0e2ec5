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
    // The small pages of the corpus are read over and over until a round takes long enough to measure.
    private const int MinBytes = 20_000_000;

    private static readonly Uri Address = new("https://pages.example/article");

    public async Task RunAsync()
    {
        var pages = Pages().ToList();
        if (pages.Count == 0)
        {
            throw new InvalidOperationException($"There are no pages in {folder}.");
        }

        var bytes = pages.Sum(page => (long)page.Bytes);
        var times = (int)Math.Clamp(MinBytes / bytes, 1, 1_000);
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"extract: {pages.Count} pages, {bytes / 1e6:0.0} MB, {times} times a round, best of {rounds} rounds"
            )
        );
        var (bare, smart, ours) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round <= rounds; round++)
        {
            // By turns, so that whatever else the machine does meets all three; the first round warms up.
            var (first, second, third) = (
                await MeasureAsync(pages, times, ParseAsync),
                await MeasureAsync(pages, times, SmartReadAsync),
                await MeasureAsync(pages, times, ReadAsync)
            );
            bare = round > 0 && first < bare ? first : bare;
            smart = round > 0 && second < smart ? second : smart;
            ours = round > 0 && third < ours ? third : ours;
        }

        Report("AngleSharp's parse", bare, bare);
        Report("SmartReader", smart, bare);
        Report("NewsBot", ours, bare);

        void Report(string what, TimeSpan took, TimeSpan parse) =>
            Output.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {what, -20} {pages.Count * times / took.TotalSeconds, 8:0} pages/s {bytes * times / took.TotalSeconds / 1e6, 8:0.0} MB/s   ratio {parse / took:0.00}"
                )
            );
    }

    private static async Task<TimeSpan> MeasureAsync(
        List<(string Html, int Bytes)> pages,
        int times,
        Func<string, Task> read
    )
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        for (var time = 0; time < times; time++)
        {
            foreach (var (html, _) in pages)
            {
                await read(html);
            }
        }

        return watch.Elapsed;
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
