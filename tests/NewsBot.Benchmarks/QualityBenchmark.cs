using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Cli.Lab;
using NewsBot.Core.Stories;
using NewsBot.Testing.Measures;

namespace NewsBot.Benchmarks;

/// <summary>How right the news is: runs the laboratory over measuring sets, each figure with a baseline's from the same run.</summary>
/// <param name="sets">What there is of them is measured.</param>
internal sealed class QualityBenchmark(MeasuringSets sets)
{
    private const int Rounds = 5;
    private const string Careful = "TF-IDF of titles, careful";
    private const string Bold = "TF-IDF of titles, bold";

    public async Task RunAsync()
    {
        if (sets.Has("feeds/expected.jsonl"))
        {
            new FeedQuality(sets).Run();
        }

        if (sets.Has("extract/pages.jsonl"))
        {
            await new TextQuality(sets).RunAsync();
        }

        if (sets.Has("cluster/neardup.jsonl"))
        {
            Copies();
        }

        if (sets.Has("cluster/items.jsonl"))
        {
            Stories();
        }

        if (sets.Names("cluster/small", ".jsonl") is { Count: > 0 } small)
        {
            SmallStories(small);
        }

        foreach (var name in sets.Names("summ", ".jsonl"))
        {
            Summaries(name);
        }
    }

    /// <summary>What a verb of the laboratory prints for these lines.</summary>
    public static List<JsonNode> Lab(Func<CancellationToken, int> verb, string lines)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        Input.Capture(new StringReader(lines));
        NewsBot.Output.Capture(output, TextWriter.Null);
        verb(CancellationToken.None);
        return MeasuringSets.Parse(output.ToString());
    }

    private void Copies()
    {
        const string Name = "cluster/neardup.jsonl";
        var lines = sets.Text(Name);
        var items = MeasuringSets.Parse(lines);
        var right = Groups(items, "group");
        var own = Lab(LabCopies.Run, lines)
            .ToDictionary(Id, line => line["duplicateOf"]?.ToString(), StringComparer.Ordinal);
        var articles = items.ConvertAll(item => (Title: item["title"]!.ToString(), Text: item["text"]!.ToString()));
        var (found, ownTook) = Best(() =>
        {
            var index = new NearDuplicates();
            return articles.Count(article => StoriesBenchmark.Take(index, article));
        });
        var (plain, plainTook) = Best(() =>
        {
            var index = new PlainMinHash();
            return articles.ConvertAll(article => index.Take(article.Text));
        });
        var ids = items.ConvertAll(Id);
        Output.Line(FormattableString.Invariant($"near-duplicates: {items.Count} articles"));
        Print($"NewsBot, {found} found", own, ownTook);
        Print(
            "plain MinHash-128",
            ids.Index()
                .ToDictionary(id => id.Item, id => plain[id.Index] is { } at ? ids[at] : null, StringComparer.Ordinal),
            plainTook
        );

        void Print(string what, Dictionary<string, string?> copies, TimeSpan took)
        {
            var score = GroupScore.Of(right, GroupScore.Chains(copies));
            Line(
                what,
                $"P {score.PairPrecision:0.0000}  R {score.PairRecall:0.0000}  {items.Count / took.TotalSeconds:N0} items a second of processor time"
            );
        }
    }

    private void Stories()
    {
        var lines = sets.Text("cluster/items.jsonl");
        var items = MeasuringSets.Parse(lines);
        var right = Groups(items, "story");
        Output.Line(
            FormattableString.Invariant(
                $"stories: {items.Count} reports of {right.Values.Distinct(StringComparer.Ordinal).Count()} stories"
            )
        );
        Print("NewsBot", Groups(Lab(LabStories.Run, lines), "cluster"));
        Print(Careful, TitleClusters.Of(items, TitleClusters.Careful));
        Print(Bold, TitleClusters.Of(items, TitleClusters.Bold));

        void Print(string what, Dictionary<string, string> made)
        {
            var score = GroupScore.Of(right, made);
            Line(
                what,
                $"B3 P {score.Precision:0.000}  R {score.Recall:0.000}  F1 {score.F1:0.000}  pairs P {score.PairPrecision:0.0000}  R {score.PairRecall:0.0000}"
            );
        }
    }

    private void SmallStories(IReadOnlyList<string> names)
    {
        List<GroupScore> own = [];
        List<GroupScore> careful = [];
        List<GroupScore> bold = [];
        foreach (var lines in names.Select(sets.Text))
        {
            var items = MeasuringSets.Parse(lines);
            var right = Groups(items, "story");
            own.Add(GroupScore.Of(right, Groups(Lab(LabStories.Run, lines), "cluster")));
            careful.Add(GroupScore.Of(right, TitleClusters.Of(items, TitleClusters.Careful)));
            bold.Add(GroupScore.Of(right, TitleClusters.Of(items, TitleClusters.Bold)));
        }

        Output.Line(FormattableString.Invariant($"small stories: {names.Count} draws"));
        Print("NewsBot", GroupScore.PairsOf(own));
        Print(Careful, GroupScore.PairsOf(careful));
        Print(Bold, GroupScore.PairsOf(bold));

        static void Print(string what, GroupScore score) =>
            Line(what, $"pairs P {score.PairPrecision:0.000}  R {score.PairRecall:0.000}");
    }

    private void Summaries(string name)
    {
        var lines = sets.Text(name);
        var articles = MeasuringSets.Parse(lines);
        var own = Lab(LabSummaries.Run, lines)
            .ToDictionary(Id, line => line["summary"]!.GetValue<string>(), StringComparer.Ordinal);
        Output.Line(FormattableString.Invariant($"summaries: {articles.Count} articles of {name}"));
        Print("NewsBot", article => own.GetValueOrDefault(Id(article), ""));
        Print("leading sentences", article => LeadingSentences.Of(article["text"]!.GetValue<string>()));

        void Print(string what, Func<JsonNode, string> summarise)
        {
            var score = Rouge.Mean(
                articles.ConvertAll(article => Rouge.Of(summarise(article), article["summary"]!.GetValue<string>()))
            );
            Line(
                what,
                $"ROUGE-1 {score.One * 100:0.00}  ROUGE-2 {score.Two * 100:0.00}  ROUGE-L {score.Longest * 100:0.00}  {score.Words:0} words"
            );
        }
    }

    private static (T Result, TimeSpan Took) Best<T>(Func<T> run)
    {
        var best = TimeSpan.MaxValue;
        T result;
        var round = 0;
        do
        {
            // A busy machine must not count.
            var start = Environment.CpuUsage.TotalTime;
            result = run();
            var took = Environment.CpuUsage.TotalTime - start;
            best = took < best ? took : best;
        } while (++round < Rounds);

        return (result, best);
    }

    /// <summary>Prints a figure under its set.</summary>
    public static void Line(string what, FormattableString figures) =>
        Output.Line(FormattableString.Invariant($"  {what, -28} {FormattableString.Invariant(figures)}"));

    private static Dictionary<string, string> Groups(List<JsonNode> lines, string name) =>
        lines.ToDictionary(Id, line => line[name]!.ToString(), StringComparer.Ordinal);

    private static string Id(JsonNode line) => line["id"]!.ToString();
}
