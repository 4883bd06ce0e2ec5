using Dapper;
using NewsBot.Core.Comments;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>What of an imported file belongs to no channel and no source: words, moderation, search engines.</summary>
internal static class ImportHouse
{
    private static readonly string[] Logs = ["public", "private", "off"];
    private static readonly string[] Links = ["let-through", "hold-new-members", "hold-all"];

    /// <summary>Notes what the file changes about words and search engines.</summary>
    public static async Task CompareAsync(ImportWork work, ConfigurationFile file)
    {
        await CompareWordsAsync(work, file.Words ?? []);
        if (file.Indexing is not { } lets)
        {
            return;
        }

        var row = await AdminStore.CompareAsync(
            work.Connection,
            "community",
            work.Context.Community,
            ("indexing", lets ? 1L : 0L)
        );
        if (row is not null)
        {
            work.Rows.Add(row);
            work.Difference.Add(
                lets
                    ? "- search engines **may list** the pages that everybody can read"
                    : "- search engines **may no longer list** any page"
            );
        }
    }

    /// <summary>Notes what the file changes about moderation.</summary>
    /// <returns>Columns, as they are and as they will be; empty where nothing changes.</returns>
    public static async Task<IReadOnlyList<(string Column, object? Before, object? After)>> ModerationAsync(
        ImportWork work,
        ConfiguredModeration? wanted
    )
    {
        if (wanted is null)
        {
            return [];
        }

        var now = await ModerationRow.FindAsync(work.Connection, work.Context.Community);
        List<(string Column, object? Before, object? After)> changes = [];
        if (Place(work, wanted.Channel) is { } place && place.Id != now.ChannelId)
        {
            changes.Add(("channel_id", now.ChannelId, place.Id));
            work.Difference.Add($"- moderators are asked in **#{MarkdownEscape.Line(place.Name, 60)}**");
        }

        Choose("log", "moderation log", now.Log, wanted.Log, Logs);
        Choose("links", "replies with links", now.Links, wanted.Links, Links);
        return changes;

        void Choose(string column, string name, string before, string? after, string[] allowed)
        {
            if (after is null || after == before)
            {
                return;
            }

            if (!allowed.Contains(after, StringComparer.Ordinal))
            {
                work.Problems.Add(
                    $"{name}: this is one of {string.Join(", ", allowed)}, not “{MarkdownEscape.Line(after, 40)}”."
                );
                return;
            }

            changes.Add((column, before, after));
            work.Difference.Add($"- {name}: {before} → **{after}**");
        }
    }

    private static ChannelRow? Place(ImportWork work, string? key)
    {
        if (key is null)
        {
            return null;
        }

        if (!work.Channels.TryGetValue(key, out var found))
        {
            work.Problems.Add(
                $"where moderators are asked: there is no channel {MarkdownEscape.Line(key, 60)} here. `/news moderation channel` names one."
            );
            return null;
        }

        if (found.Row.Publication != "off")
        {
            work.Problems.Add(
                $"where moderators are asked: #{MarkdownEscape.Line(found.Row.Name, 60)} is published here, so what was held back would be in the open."
            );
            return null;
        }

        return found.Row;
    }

    private static async Task CompareWordsAsync(ImportWork work, IReadOnlyList<string> words)
    {
        var known = (
            await work.Connection.QueryAsync<string>(
                "SELECT word FROM word WHERE community_id = @Community",
                new { work.Context.Community }
            )
        ).ToHashSet(StringComparer.Ordinal);
        foreach (var word in words.Select(WordFilter.EntryOf).OfType<string>())
        {
            if (known.Count >= WordFilter.MostEntries && !known.Contains(word))
            {
                work.Problems.Add($"words: the list holds {WordFilter.MostEntries} of them, which is its limit.");
                return;
            }

            if (known.Add(word))
            {
                work.Rows.Add(Row(work.Context, word));
                work.Difference.Add($"- new word: {MarkdownEscape.Code(word)}");
            }
        }
    }

    private static RowChange Row(CommandContext context, string word) =>
        new(
            "word",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["community_id"] = context.Community,
                ["word"] = word,
            },
            null,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["added_by"] = context.Actor,
                ["created_at"] = context.Now.Ms(),
            }
        );
}
