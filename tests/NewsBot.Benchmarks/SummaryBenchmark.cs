using System.Globalization;
using NewsBot.Core.Summaries;

namespace NewsBot.Benchmarks;

/// <summary>How long a summary takes, beside taking the leading sentences of the same articles.</summary>
internal static class SummaryBenchmark
{
    private const int Articles = 2_000;
    private const int WarmUps = 500;

    public static async Task RunAsync()
    {
        var news = new SyntheticNews(3);
        var articles = Enumerable.Range(0, Articles).Select(_ => Written(news.Article())).ToList();
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"summaries: {Articles} articles of {articles.Average(article => article.Text.Split(' ').Length):0} words on average; target 1 ms"
            )
        );
        await ReportAsync(
            "NewsBot",
            article => ExtractiveSummariser.Summarise(article.Title, article.Text, "en", SummaryLimits.Card).Text.Length
        );
        await ReportAsync("leading sentences", article => LeadingSentences.Of(article.Text).Length);

        async Task ReportAsync(string what, Func<(string Title, string Text), int> summarise)
        {
            var letters = 0L;
            Task Step(int round)
            {
                letters += summarise(articles[round % Articles]);
                return Task.CompletedTask;
            }

            await Measured.OfAsync(WarmUps, Step);
            // On a busy machine the clock on the wall measures the others.
            var start = Environment.CpuUsage.TotalTime;
            var measured = await Measured.OfAsync(Articles, Step);
            var busy = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds / Articles;
            Output.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {what, -20} mean {busy:0.000} ms of processor time; by the clock mean {measured.Values.Average():0.000} ms, median {measured.Median:0.000} ms, 99th percentile {measured.Percentile99:0.000} ms; {letters} letters"
                )
            );
        }
    }

    // Sentences begin with a capital letter, or none would be found.
    private static (string Title, string Text) Written((string Title, string Text) article) =>
        (
            article.Title,
            string.Join(
                ' ',
                article.Text.TrimEnd(' ', '.').Split(". ").Select(one => $"{char.ToUpperInvariant(one[0])}{one[1..]}.")
            )
        );
}
