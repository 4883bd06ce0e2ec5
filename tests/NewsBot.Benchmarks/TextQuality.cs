using System.Text.Json.Nodes;
using NewsBot.Cli.Lab;
using NewsBot.Fetching;
using NewsBot.Testing.Measures;
using SmartReader;

namespace NewsBot.Benchmarks;

/// <summary>How much of articles is found in their pages, and how much else, beside SmartReader alone.</summary>
internal sealed class TextQuality(MeasuringSets sets)
{
    public async Task RunAsync()
    {
        var bodies = sets.Files("extract/pages")
            .ToDictionary(file => Path.GetFileName(file.Name), file => file.Body, StringComparer.Ordinal);
        var pages = sets.Lines("extract/pages.jsonl");
        var truth =
            JsonNode.Parse(sets.Text("extract/truth.json"))
            ?? throw new FormatException("extract/truth.json is empty.");
        var (own, smart) = (new Hits(0, 0, 0), new Hits(0, 0, 0));
        foreach (var page in pages)
        {
            var name = Path.GetFileName(page["file"]!.ToString());
            var known = truth[page["id"]!.ToString()]!;
            var body = bodies.GetValueOrDefault(name, []);
            var url = new Uri($"http://localhost/{Uri.EscapeDataString(name)}");
            own += Score((await LabPage.ReadAsync(body, url, CancellationToken.None))["text"]!.ToString(), known);
            smart += Score(await SmartReadAsync(HtmlBytes.Decode(body, null), url), known);
        }

        Output.Line(FormattableString.Invariant($"article text: {pages.Count} pages"));
        Print("NewsBot", own);
        Print("SmartReader", smart);
    }

    private static Hits Score(string text, JsonNode known) =>
        Hits.In(text, Passages(known["with"]!), Passages(known["without"]!));

    private static List<string> Passages(JsonNode node) => [.. node.AsArray().Select(passage => passage!.ToString())];

    private static async Task<string> SmartReadAsync(string html, Uri url)
    {
        using var reader = new Reader(url.AbsoluteUri, html);
        return (await reader.GetArticleAsync(CancellationToken.None)).TextContent ?? "";
    }

    private static void Print(string what, Hits hits) =>
        QualityBenchmark.Line(what, $"P {hits.Precision:0.000}  R {hits.Recall:0.000}  F1 {hits.F1:0.000}");
}
