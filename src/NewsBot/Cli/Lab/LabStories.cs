using System.Text.Json.Nodes;
using NewsBot.Core.Stories;

namespace NewsBot.Cli.Lab;

/// <summary>Which reports become one story, as they come in.</summary>
internal static class LabStories
{
    // The end of the year 9999.
    private const long MaxMs = 253_402_300_799_999;

    public static int Run(CancellationToken cancellationToken)
    {
        var index = new StoryIndex();
        var texts = new NearDuplicates();
        List<(JsonNode Id, StoryId Story, int? Original)> reports = [];
        // A story that turns out to be another one points to it.
        var merged = new Dictionary<StoryId, StoryId>();
        foreach (var line in LabLine.Read(cancellationToken))
        {
            var item = Item(line);
            texts.Forget(item.At - StoryIndex.Window);
            var original = Original(texts, item, reports.Count);
            var story = original is { } first
                ? End(merged, reports[first].Story)
                : index.Choose(item)?.Story ?? new StoryId(reports.Count + 1);
            index.Add(story, item);
            reports.Add((line["id"]!.DeepClone(), story, original));
            if (index.Other(item, story) is { } other)
            {
                var (winner, loser) = other.Value < story.Value ? (other, story) : (story, other);
                merged[loser] = winner;
                index.Merge(loser, winner);
            }
        }

        foreach (var (id, story, original) in reports)
        {
            LabLine.Print(
                new JsonObject
                {
                    ["id"] = id,
                    ["cluster"] = End(merged, story).Value,
                    ["duplicateOf"] = original is { } first ? reports[first].Id.DeepClone() : null,
                }
            );
        }

        return CommandLineDoor.Done;
    }

    private static int? Original(NearDuplicates texts, ClusterItem item, int number)
    {
        if (TextPrint.Of(item.Title, item.Lead) is not { } print)
        {
            return null;
        }

        var match = texts.Find(print);
        texts.Add(match?.Original ?? number, print, item.At);
        return (int?)match?.Original;
    }

    private static StoryId End(Dictionary<StoryId, StoryId> merged, StoryId story)
    {
        while (merged.TryGetValue(story, out var next))
        {
            story = next;
        }

        return story;
    }

    private static ClusterItem Item(JsonObject line)
    {
        var ms = line["ts"] is JsonValue value && value.TryGetValue(out long number) ? number : 0;
        return new ClusterItem(
            Uri.TryCreate(LabLine.Text(line, "url"), UriKind.Absolute, out var url) ? url : null,
            LabLine.Text(line, "title") ?? "",
            LabLine.Text(line, "text"),
            // Who does not say who they are is nobody's double.
            LabLine.Text(line, "publisher") ?? line["id"]!.ToJsonString(),
            DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(ms, 0, MaxMs))
        );
    }
}
