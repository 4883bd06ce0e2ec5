using System.ServiceModel.Syndication;
using System.Text.Json.Nodes;
using System.Xml;
using NewsBot.Cli.Lab;
using NewsBot.Testing.Measures;

namespace NewsBot.Benchmarks;

/// <summary>How many feeds are read right, beside System.ServiceModel.Syndication.</summary>
internal sealed class FeedQuality(MeasuringSets sets)
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
    };

    public void Run()
    {
        var bodies = sets.Files("feeds/files")
            .ToDictionary(file => file.Name, file => file.Body, StringComparer.Ordinal);
        var known = sets.Lines("feeds/expected.jsonl").Where(IsOfFile).ToList();
        Output.Line(FormattableString.Invariant($"feeds: {known.Count} files"));
        var scored = known
            .Select(line =>
                (
                    Group: $"{line["source"]}/{line["group"]!.ToString().Split('/')[0]}",
                    Own: IsRight(line, bodies, LabFeed.Read),
                    Plain: IsRight(line, bodies, ReadPlain)
                )
            )
            .ToList();
        foreach (
            var group in scored
                .GroupBy(one => one.Group, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            Print(group.Key, [.. group.Select(one => (one.Own, one.Plain))]);
        }

        Print("all", scored.ConvertAll(one => (one.Own, one.Plain)));
    }

    // What is cleaned is measured by other means, and headers are no part of a file.
    private static bool IsOfFile(JsonNode line) =>
        !line["group"]!.ToString().Contains("sanitize", StringComparison.Ordinal)
        && line["headers"]!.AsObject().Count == 0
        && !line["file"]!.ToString().Contains("/http", StringComparison.Ordinal);

    private static bool IsRight(JsonNode line, Dictionary<string, byte[]> bodies, Func<byte[], Uri, JsonObject> read)
    {
        var name = line["file"]!.ToString();
        var url = new Uri($"http://localhost/{Uri.EscapeDataString(Path.GetFileName(name))}");
        return bodies.TryGetValue(name, out var body) && FeedFacts.Agree(line["expect"]!, read(body, url));
    }

    private static JsonObject ReadPlain(byte[] body, Uri url)
    {
        try
        {
            using var stream = new MemoryStream(body);
            using var reader = XmlReader.Create(stream, Settings, url.AbsoluteUri);
            var feed = SyndicationFeed.Load(reader);
            return new JsonObject
            {
                ["ok"] = true,
                ["title"] = feed.Title?.Text,
                ["entries"] = new JsonArray([.. feed.Items.Select(Entry)]),
            };
        }
#pragma warning disable CA1031 // It throws many kinds; each is a feed that was not read.
        catch (Exception error) when (error is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            return new JsonObject { ["ok"] = false };
        }
    }

    private static JsonObject Entry(SyndicationItem item) =>
        new()
        {
            ["title"] = item.Title?.Text,
            ["link"] = item
                .Links.OrderBy(link => link.RelationshipType is null or "alternate" ? 0 : 1)
                .FirstOrDefault()
                ?.GetAbsoluteUri()
                ?.ToString(),
            ["published"] = LabLine.Instant(Known(item.PublishDate)),
            ["updated"] = LabLine.Instant(Known(item.LastUpdatedTime)),
        };

    private static DateTimeOffset? Known(DateTimeOffset at) => at == default ? null : at;

    private static void Print(string what, List<(bool Own, bool Plain)> files)
    {
        var (own, plain) = (files.Count(file => file.Own), files.Count(file => file.Plain));
        QualityBenchmark.Line(
            what,
            $"NewsBot {100.0 * own / files.Count, 5:0.0} %  Syndication {100.0 * plain / files.Count, 5:0.0} %  of {files.Count}"
        );
    }
}
