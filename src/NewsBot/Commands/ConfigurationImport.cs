using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Takes in an exported configuration: adds and changes, never removes, and shows the difference first.</summary>
internal sealed class ConfigurationImport(Changes changes)
{
    private const int MostShown = 40;

    /// <summary>Whether a file is JSON rather than a list of feeds.</summary>
    public static bool IsConfiguration(ReadOnlySpan<byte> bytes) =>
        bytes.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{', ..];

    public async Task<CommandReply> RunAsync(
        CommandContext context,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        ConfigurationFile? file;
        try
        {
            file = JsonSerializer.Deserialize<ConfigurationFile>(bytes.Span.TrimStart("\uFEFF"u8), ExportFormat.Json);
        }
        catch (JsonException error)
        {
            var line = error.LineNumber is { } number
                ? $" Line {(number + 1).ToString(CultureInfo.InvariantCulture)}"
                : "";
            return CommandReply.Refused(
                $"This is not a configuration that `export json` wrote.{line}: {MarkdownEscape.Line(error.Path ?? "", 100)} cannot be read."
            );
        }

        if (file is not { Newsbot: > 0 and <= ExportFormat.Version })
        {
            return CommandReply.Refused(
                file is { Newsbot: > ExportFormat.Version }
                    ? "This configuration was written by a newer NewsBot. Update this one first."
                    : "This JSON is not a configuration that `export json` wrote: it lacks `\"newsbot\": 1`."
            );
        }

        if (ConfigurationCheck.Problem(file) is { } problem)
        {
            return CommandReply.Refused($"This configuration cannot be taken in. {problem} Nothing was changed.");
        }

        return await changes.RunAsync(context, connection => PlanAsync(connection, context, file), cancellationToken);
    }

    private static async Task<Plan> PlanAsync(DbConnection connection, CommandContext context, ConfigurationFile file)
    {
        var work = new ImportWork(connection, context, await ImportChannels.FindAsync(connection, context, file));
        await ImportChannels.CompareAsync(work, file);
        var toAdd = await ImportSources.CompareAsync(work, file);
        await ImportHouse.CompareAsync(work, file);
        var moderation = await ImportHouse.ModerationAsync(work, file.Moderation);
        var refused =
            work.Problems.Count == 0
                ? ""
                : "\n\nLeft out:\n" + Answers.Lines([.. work.Problems.Select(problem => "- " + problem)], MostShown);
        return work.Difference.Count == 0
            ? new Plan.Refused("All is as in the file already; nothing to change." + refused)
            : new Plan.Change(
                "import of a configuration",
                $"{LengthOfTime.Count(work.Difference.Count, "change")}; nothing is removed:\n{Answers.Lines(work.Difference, MostShown)}{refused}",
                $"Imported: {LengthOfTime.Count(work.Difference.Count, "change")}.{refused}"
            )
            {
                Rows = work.Rows,
                ApplyAsync = async inside =>
                {
                    var added = await ImportSources.AddAsync(inside, context, work.Channels, toAdd);
                    if (moderation.Count == 0)
                    {
                        return added;
                    }

                    var row = await ModerationRow.ChangeAsync(inside, context.Community, moderation);
                    return added with { Rows = [.. added.Rows, await AdminStore.ApplyAsync(inside, row)] };
                },
            };
    }
}
