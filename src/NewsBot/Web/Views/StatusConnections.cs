using System.Globalization;
using NewsBot.Chat;
using NewsBot.Core.Channels;
using NewsBot.Processes;

namespace NewsBot.Web.Views;

/// <summary>Puts what the server depends on into words. Pure.</summary>
internal static class StatusConnections
{
    /// <summary>All of them, in the order of the page.</summary>
    /// <param name="facts">What was read.</param>
    /// <param name="startedAt">Since when the server runs.</param>
    /// <param name="readers">Open pages of the built-in chat; null where it is off.</param>
    /// <param name="chats">How the chat platforms are that are set up.</param>
    /// <param name="noHubs">Why hubs are asked for nothing; empty where they are asked.</param>
    /// <param name="model">The model that writes summaries, and its day; null where none is set up.</param>
    /// <param name="isAdmin">Whether the viewer may read who cannot be reached, and what the model costs.</param>
    public static IReadOnlyList<ConnectionStatus> Of(
        StatusFacts facts,
        DateTimeOffset startedAt,
        int? readers,
        IReadOnlyList<ChatConnectionView> chats,
        string noHubs,
        ModelDay? model,
        bool isAdmin
    ) =>
        [
            .. OfChats(chats, isAdmin),
            .. OfNotices(facts.Unreachable, isAdmin),
            readers switch
            {
                null => new("Built-in chat", "switched off", Health.Off, "Not used", null),
                0 => new("Built-in chat", "no page is open", Health.Well, "Well", startedAt),
                { } open => new("Built-in chat", $"{Wording.Count(open, "page")} open", Health.Well, "Well", startedAt),
            },
            facts.Storage is { } trouble
                ? new("Database", trouble.Words, Health.Bad, "Stopped", trouble.Since)
                : new("Database", $"{Megabytes(facts.DatabaseBytes)} MB", Health.Well, "Well", startedAt),
            .. isAdmin ? facts.Processes.Select(process => OfProcess(process, facts.Processes)) : [],
            OfHubs(facts.Hubs, noHubs),
            OfModel(model, isAdmin),
        ];

    // Names of machines are nobody else's business.
    private static ConnectionStatus OfProcess(ProcessFacts process, IReadOnlyList<ProcessFacts> all)
    {
        var holds =
            process.Leases.Count > 0
                ? $"; it holds {string.Join(", ", process.Leases.Order(StringComparer.Ordinal))}"
                : "";
        var note = $"does {string.Join(", ", process.Roles)}, version {process.Version}{holds}";
        return Difference(process, all) is { } difference
            ? new($"Process {process.Name}", $"{note}; {difference}", Health.Slow, "Differs", process.StartedAt)
            : new($"Process {process.Name}", note, Health.Well, "Well", process.StartedAt);
    }

    // From the first of its version: a new one may know settings that an earlier one does not.
    private static string? Difference(ProcessFacts process, IReadOnlyList<ProcessFacts> all)
    {
        var first = all.FirstOrDefault(other => other.Version == process.Version && other.Settings is not null);
        return
            process.Settings is { } settings
            && first is not null
            && SharedSettings.Differences(settings, first.Settings!) is { Count: > 0 } keys
            ? $"it was told something else than {first.Name} as {string.Join(", ", keys)}: give all processes the same"
            : null;
    }

    private static ConnectionStatus OfHubs((int Pushed, int All) feeds, string noHubs) =>
        noHubs.Length > 0
            ? new("WebSub", noHubs, Health.Off, "Not used", null)
            : new(
                "WebSub",
                $"hubs send the news of {Wording.Number(feeds.Pushed)} of {Wording.Count(feeds.All, "feed")} that name one",
                Health.Well,
                "Well",
                null
            );

    private static ConnectionStatus OfModel(ModelDay? model, bool isAdmin)
    {
        if (model is null)
        {
            return new("Summaries", "made on this server; no model is set up", Health.Off, "Not used", null);
        }

        var cost = isAdmin
            ? $"; {Wording.Count((int)model.Requests, "request")} and {Wording.Number(model.Tokens)} of {Wording.Number(model.Budget)} tokens today"
            : "";
        var note = $"written by {model.Name} and checked{cost}";
        return model switch
        {
            { PausedUntil: { } } => new(
                "Summaries",
                $"{note}; it does not answer, so articles' own sentences are taken",
                Health.Slow,
                "Waiting",
                model.PausedUntil
            ),
            { IsSpent: true } => new(
                "Summaries",
                $"{note}; the day's share is spent, so articles' own sentences are taken",
                Health.Slow,
                "Spent",
                null
            ),
            _ => new("Summaries", note, Health.Well, "Well", null),
        };
    }

    /// <summary>The lines of the chat platforms: one a connection; none for a platform that is not set up.</summary>
    /// <param name="chats">How the platforms are.</param>
    /// <param name="isAdmin">Whether the reader runs this server: how many workspaces there are is nobody else's to know.</param>
    public static IEnumerable<ConnectionStatus> OfChats(IReadOnlyList<ChatConnectionView> chats, bool isAdmin) =>
        chats.SelectMany(chat => OfChat(chat.Platform, chat.Conditions, isAdmin));

    private static IEnumerable<ConnectionStatus> OfChat(Platform platform, ChatConditions? conditions, bool isAdmin)
    {
        var name = Wording.Platform(platform);
        return conditions switch
        {
            null => [new(name, "not started yet", Health.Off, "Waiting", null)],
            { Problem: { } problem } => [new(name, problem, Health.Bad, "Stopped", null)],
            { Connections.Count: 0 } => [new(name, "connecting", Health.Slow, "Waiting", null)],
            _ => conditions.Connections.Select(connection => OfConnection(platform, conditions, connection, isAdmin)),
        };
    }

    private static ConnectionStatus OfConnection(
        Platform platform,
        ChatConditions conditions,
        ChatConnection connection,
        bool isAdmin
    )
    {
        var name = Wording.Platform(platform);
        if (conditions.Connections.Count > 1)
        {
            name = string.Create(
                CultureInfo.InvariantCulture,
                $"{name} {connection.Number + 1} of {conditions.Connections.Count}"
            );
        }

        var place = platform is Platform.Discord ? "server" : "workspace";
        var tells = isAdmin && connection.Number == 0;
        List<string> notes = tells ? [$"in {Wording.Count(conditions.Workspaces, place)}"] : [];
        if (tells && conditions.CatchUp is { } progress)
        {
            notes.Add($"catching up: {Wording.Number(progress.Done)} of {Wording.Count(progress.Of, "thread")}");
        }

        return connection.IsConnected
            ? new(name, string.Join(" · ", notes), Health.Well, "Well", connection.Since)
            : new(
                name,
                string.Join(" · ", [.. notes, "it is tried again by itself"]),
                Health.Slow,
                "Away",
                connection.Since
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
