using System.Text.Json.Nodes;
using NewsBot.Core.Summaries;

namespace NewsBot.Cli.Lab;

/// <summary>What summaries articles get.</summary>
internal static class LabSummaries
{
    public static int Run(CancellationToken cancellationToken)
    {
        foreach (var line in LabLine.Read(cancellationToken))
        {
            var summary = ExtractiveSummariser.Summarise(
                LabLine.Text(line, "title") ?? "",
                LabLine.Text(line, "text") ?? "",
                LabLine.Text(line, "language"),
                SummaryLimits.Card
            );
            LabLine.Print(
                new JsonObject
                {
                    ["id"] = line["id"]!.DeepClone(),
                    ["summary"] = summary.Text,
                    ["sentences"] = new JsonArray([
                        .. summary.Sentences.Select(one => new JsonObject
                        {
                            ["text"] = one.Text,
                            ["start"] = one.Start,
                            ["end"] = one.End,
                        }),
                    ]),
                }
            );
        }

        return CommandLineDoor.Done;
    }
}
