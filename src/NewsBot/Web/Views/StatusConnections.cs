using System.Globalization;
using NewsBot.Chat.Discord;

namespace NewsBot.Web.Views;

/// <summary>Puts what the server depends on into words. Pure.</summary>
internal static class StatusConnections
{
    /// <summary>All of them, in the order of the page.</summary>
    /// <param name="facts">What was read.</param>
    /// <param name="startedAt">Since when the server runs.</param>
    /// <param name="readers">Open pages of the built-in chat; null where it is off.</param>
    /// <param name="discord">How Discord is.</param>
    /// <param name="isAdmin">Whether the viewer may read who cannot be reached.</param>
    public static IReadOnlyList<ConnectionStatus> Of(
        StatusFacts facts,
        DateTimeOffset startedAt,
        int? readers,
        DiscordConnectionView discord,
        bool isAdmin
    ) =>
        [
            .. OfDiscord(discord),
            .. OfNotices(facts.Unreachable, isAdmin),
            readers switch
            {
                null => new("Built-in chat", "switched off", Health.Off, "Not used", null),
                0 => new("Built-in chat", "no page is open", Health.Well, "Well", startedAt),
                { } open => new("Built-in chat", $"{Wording.Count(open, "page")} open", Health.Well, "Well", startedAt),
            },
            new("Database", $"{Megabytes(facts.DatabaseBytes)} MB", Health.Well, "Well", startedAt),
            facts.SummaryMethod is { } method && !method.Contains("extract", StringComparison.OrdinalIgnoreCase)
                ? new("Summaries", $"made by {method}", Health.Well, "Well", null)
                : new("Summaries", "made on this server; no model is set up", Health.Off, "Not used", null),
        ];

    /// <summary>The lines of Discord: one a connection; none where it is not set up.</summary>
    public static IEnumerable<ConnectionStatus> OfDiscord(DiscordConnectionView discord)
    {
        if (!discord.IsOn)
        {
            return [];
        }

        return discord.Conditions switch
        {
            null => [new("Discord", "not started yet", Health.Off, "Waiting", null)],
            { Problem: { } problem } => [new("Discord", problem, Health.Bad, "Stopped", null)],
            { Shards.Count: 0 } => [new("Discord", "connecting", Health.Slow, "Waiting", null)],
            var conditions => conditions.Shards.Select(shard => OfShard(conditions, shard)),
        };
    }

    private static ConnectionStatus OfShard(DiscordConditions conditions, DiscordShard shard)
    {
        var name =
            conditions.Shards.Count == 1
                ? "Discord"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Discord {shard.Number + 1} of {conditions.Shards.Count}"
                );
        List<string> notes = shard.Number == 0 ? [$"in {Wording.Count(conditions.Guilds, "server")}"] : [];
        if (shard.Number == 0 && conditions.CatchUp is { } progress)
        {
            notes.Add($"catching up: {Wording.Number(progress.Done)} of {Wording.Count(progress.Of, "thread")}");
        }

        return shard.IsConnected
            ? new(name, string.Join(" · ", notes), Health.Well, "Well", shard.Since)
            : new(
                name,
                string.Join(" · ", [.. notes, "it is tried again by itself"]),
                Health.Slow,
                "Away",
                shard.Since
            );
    }

    private static IEnumerable<ConnectionStatus> OfNotices(IReadOnlyList<string> unreachable, bool isAdmin) =>
        unreachable.Count == 0
            ? []
            :
            [
                new(
                    "Private notices",
                    isAdmin
                        ? $"not delivered, because direct messages are closed: {string.Join(", ", unreachable)}"
                        : $"{Wording.Count(unreachable.Count, "member")} cannot be reached by direct message",
                    Health.Slow,
                    "Waiting",
                    null
                ),
            ];

    private static string Megabytes(long bytes) =>
        (bytes / 1_000_000d).ToString(bytes < 10_000_000 ? "0.0" : "0", CultureInfo.InvariantCulture);
}

/// <summary>Discord as a page sees it.</summary>
/// <param name="IsOn">Whether a token is set.</param>
/// <param name="Conditions">How the connection is; null where nobody has said yet.</param>
internal sealed record DiscordConnectionView(bool IsOn, DiscordConditions? Conditions);
