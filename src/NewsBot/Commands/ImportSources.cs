using System.Data.Common;
using NewsBot.Core.Feeds;
using NewsBot.Core.Posts;
using NewsBot.Core.Sources;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>The sources of an imported file.</summary>
internal static class ImportSources
{
    /// <summary>Notes what the file changes about sources.</summary>
    /// <returns>Those that are new.</returns>
    public static async Task<IReadOnlyList<ConfiguredSource>> CompareAsync(ImportWork work, ConfigurationFile file)
    {
        var sources = (await AdminStore.SourcesAsync(work.Connection, work.Context.Community))
            .DistinctBy(source => source.Url, StringComparer.Ordinal)
            .ToDictionary(source => source.Url, StringComparer.Ordinal);
        var toAdd = new List<ConfiguredSource>();
        foreach (var source in file.Sources ?? [])
        {
            await CompareAsync(work, source, sources, toAdd);
        }

        return toAdd;
    }

    private static async Task CompareAsync(
        ImportWork work,
        ConfiguredSource wanted,
        Dictionary<string, SourceRow> sources,
        List<ConfiguredSource> toAdd
    )
    {
        var name = MarkdownEscape.Line(wanted.Name, 80);
        if (Problem(wanted) is { } problem)
        {
            work.Problems.Add($"{name}: {problem}");
        }
        else if (!sources.TryGetValue(AddressText.Parse(wanted.Url)!.AbsoluteUri, out var source))
        {
            toAdd.Add(wanted);
            work.Difference.Add($"- new source: {MarkdownEscape.Link(wanted.Name, wanted.Url)}");
            foreach (var place in wanted.Channels ?? [])
            {
                Place(work, place, name);
            }
        }
        else
        {
            await work.CompareAsync(
                "source",
                source.Id,
                name,
                [
                    ("name", source.Name, wanted.Name),
                    ("category", source.Category, wanted.Category ?? source.Category),
                    ("weight", source.Weight, wanted.Weight ?? source.Weight),
                    ("min_interval_ms", source.MinIntervalMs, wanted.IntervalMinutes * 60_000 ?? source.MinIntervalMs),
                    ("licence", source.Licence, wanted.Licence ?? source.Licence),
                    ("excerpt_chars", source.ExcerptChars, wanted.ExcerptChars ?? source.ExcerptChars),
                    ("paused_at", source.PausedAt, Paused(wanted, source, work.Context.Now)),
                ],
                []
            );
            await PlacesAsync(work, wanted, source, name);
        }
    }

    /// <returns>Why a source cannot be taken in; null where it can.</returns>
    private static string? Problem(ConfiguredSource wanted)
    {
        if (
            AddressText.Parse(wanted.Url) is null
            || wanted.Weight is < 0.1 or > 10
            || wanted.ExcerptChars is < 0 or > 600
            || wanted.IntervalMinutes is < 1 or > ConfigurationCheck.MaxIntervalMinutes
        )
        {
            return "its address or one of its numbers cannot be used.";
        }

        foreach (var place in wanted.Channels ?? [])
        {
            var channel = MarkdownEscape.Line(place.Channel, 60);
            if (place.Filter is { } filter && !Filter.TryParse(filter, out _, out _))
            {
                return $"its filter for {channel} is not a filter.";
            }

            if (place.Template is { } template && !CardTemplate.TryParse(template, out _, out _))
            {
                return $"its template for {channel} is not a template.";
            }

            if (!ConfigurationCheck.IsRole(place.PingRole))
            {
                return $"what it pings in {channel} is no id of a role or user group; a name pings nobody.";
            }
        }

        return wanted.Items is { } items && PageRecipe.Read(items, out var wrong) is null
            ? MarkdownEscape.Line(wrong, 200)
            : null;
    }

    private static long? Paused(ConfiguredSource wanted, SourceRow source, DateTimeOffset now) =>
        wanted.Paused switch
        {
            true => source.PausedAt ?? now.Ms(),
            false => null,
            _ => source.PausedAt,
        };

    private static async Task PlacesAsync(ImportWork work, ConfiguredSource wanted, SourceRow source, string name)
    {
        var there = (await AdminStore.SubscriptionsAsync(work.Connection, work.Context.Community))
            .Where(place => place.SourceId == source.Id)
            .ToDictionary(place => place.ChannelId);
        foreach (var place in wanted.Channels ?? [])
        {
            if (Place(work, place, name) is not { } found)
            {
                continue;
            }

            var channel = found.Row;
            if (there.TryGetValue(channel.Id, out var row))
            {
                await work.CompareAsync(
                    "subscription",
                    row.Id,
                    $"{name} in #{MarkdownEscape.Line(channel.Name)}",
                    [
                        ("filter", row.Filter, place.Filter),
                        ("ping_role", row.PingRole, found.IsMoved ? row.PingRole : place.PingRole),
                        ("template", row.Template, place.Template ?? row.Template),
                    ],
                    []
                );
            }
            else
            {
                work.Difference.Add($"- {name}: also to #{MarkdownEscape.Line(channel.Name)}");
                work.Rows.Add(
                    AdminStore.Insertion(
                        "subscription",
                        ("source_id", source.Id),
                        ("channel_id", channel.Id),
                        ("filter", place.Filter),
                        ("ping_role", found.IsMoved ? null : place.PingRole),
                        ("template", place.Template),
                        ("created_at", work.Context.Now.Ms())
                    )
                );
            }
        }
    }

    private static ImportedChannel? Place(ImportWork work, ConfiguredPlace place, string name)
    {
        if (!work.Channels.TryGetValue(place.Channel, out var found))
        {
            work.Problems.Add($"{name}: there is no channel {MarkdownEscape.Line(place.Channel, 60)} here.");
            return null;
        }

        if (found.IsMoved && place.PingRole is not null)
        {
            work.Problems.Add(
                $"{name} in #{MarkdownEscape.Line(found.Row.Name)}: the role it pings is one of another chat."
            );
        }

        return found;
    }

    /// <summary>Adds the sources that are new, with the channels they go to.</summary>
    public static async Task<Plan.Applied> AddAsync(
        DbConnection connection,
        CommandContext context,
        IReadOnlyDictionary<string, ImportedChannel> channels,
        IReadOnlyList<ConfiguredSource> sources
    )
    {
        var rows = new List<RowChange>();
        foreach (var wanted in sources)
        {
            var source = new NewSource(context.Community, wanted.Name, AddressText.Parse(wanted.Url)!, context.Now)
            {
                SiteUrl = AddressText.Parse(wanted.SiteUrl ?? ""),
                Category = wanted.Category,
                Recipe = wanted.Items is { } items ? PageRecipe.Read(items, out _) : null,
            };
            rows.AddRange(await AdminStore.AddSourceAsync(connection, source));
            var id = rows.FindLast(row => row.Table == "source")!.Id;
            var settings = await AdminStore.CompareAsync(
                connection,
                "source",
                id,
                ("weight", wanted.Weight ?? 1),
                ("min_interval_ms", wanted.IntervalMinutes * 60_000),
                ("licence", wanted.Licence),
                ("excerpt_chars", wanted.ExcerptChars ?? 300),
                ("paused_at", wanted.Paused == true ? context.Now.Ms() : null)
            );
            if (settings is not null)
            {
                await AdminStore.ApplyAsync(connection, settings);
            }

            foreach (var place in wanted.Channels ?? [])
            {
                if (channels.TryGetValue(place.Channel, out var channel))
                {
                    rows.AddRange(
                        await AdminStore.AddSourceAsync(
                            connection,
                            source with
                            {
                                Channel = channel.Row.Id,
                                Filter = place.Filter,
                                Template = place.Template,
                                PingRole = channel.IsMoved ? null : place.PingRole,
                            }
                        )
                    );
                }
            }
        }

        return new Plan.Applied(rows);
    }
}
