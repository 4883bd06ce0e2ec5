using System.Text.Json.Nodes;
using NewsBot.Core.Stories;

namespace NewsBot.Cli.Lab;

/// <summary>Which reports become one story, as they come in.</summary>
internal static class LabStories
{
    public static int Run(CancellationToken cancellationToken)
    {
        var index = new StoryIndex();
        List<(JsonNode Id, StoryId Story)> reports = [];
        // A story that turns out to be another one points to it.
        var merged = new Dictionary<StoryId, StoryId>();
        foreach (var line in LabLine.Read(cancellationToken))
        {
            var item = Item(line);
            var story = index.Choose(item)?.Story ?? new StoryId(reports.Count + 1);
            index.Add(story, item);
            reports.Add((line["id"]!.DeepClone(), story));
            if (index.Other(item, story) is { } other)
            {
                var (winner, loser) = other.Value < story.Value ? (other, story) : (story, other);
                merged[loser] = winner;
                index.Merge(loser, winner);
            }
        }

        foreach (var (id, story) in reports)
        {
            LabLine.Print(
                new JsonObject
                {
                    ["id"] = id,
                    ["cluster"] = End(merged, story).Value,
                    ["duplicateOf"] = null,
                }
            );
        }

        return CommandLineDoor.Done;
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
        var at = line["ts"] is JsonValue value && value.TryGetValue(out long ms) ? ms : 0;
        return new ClusterItem(
            Uri.TryCreate(LabLine.Text(line, "url"), UriKind.Absolute, out var url) ? url : null,
            LabLine.Text(line, "title") ?? "",
            LabLine.Text(line, "text"),
            // Who does not say who they are is nobody's double.
            LabLine.Text(line, "publisher") ?? line["id"]!.ToJsonString(),
            DateTimeOffset.FromUnixTimeMilliseconds(at)
        );
    }
}
