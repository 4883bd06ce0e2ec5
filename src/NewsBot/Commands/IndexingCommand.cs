using NewsBot.Core.Commands;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Says whether search engines may list a community's public pages.</summary>
internal sealed class IndexingCommand(Changes changes)
{
    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal) { ["indexing"] = SetAsync };

    private Task<CommandReply> SetAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var lets = context.Command["indexing"] == "on";
        return changes.RunAsync(
            context,
            async connection =>
                await AdminStore.CompareAsync(connection, "community", context.Community, ("indexing", lets ? 1L : 0L))
                    is { } row
                    ? new Plan.Change(
                        "search engines",
                        lets
                            ? "Search engines may list the pages of this community's stories that stand in a channel published to everybody; `/sitemap.xml` names them. Nothing becomes readable that is not now."
                            : "Search engines are told on every page not to list it, and `/sitemap.xml` names none. What they have listed goes when they next look.",
                        lets ? "Search engines may list the public pages." : "Search engines may list no page."
                    )
                    {
                        Rows = [row],
                    }
                    : new Plan.Refused($"Indexing is {(lets ? "on" : "off")} already; nothing to change."),
            cancellationToken
        );
    }
}
