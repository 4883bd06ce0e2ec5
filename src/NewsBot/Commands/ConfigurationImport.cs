using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Commands;
using NewsBot.Core.Digests;
using NewsBot.Core.Posts;
using NewsBot.Core.Sources;
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

        return await changes.RunAsync(context, connection => PlanAsync(connection, context, file), cancellationToken);
    }

    private static async Task<Plan> PlanAsync(
        SqliteConnection connection,
        CommandContext context,
        ConfigurationFile file
    )
    {
        var difference = new List<string>();
        var problems = new List<string>();
        var rows = new List<RowChange>();
        var channels = (await AdminStore.ChannelsAsync(connection, context.Community)).ToDictionary(
            ConfigurationExport.Key,
            StringComparer.Ordinal
        );
        foreach (var channel in file.Channels ?? [])
        {
            await ChannelAsync(new Work(connection, context, rows, difference, problems), channel, channels);
        }

        var sources = (await AdminStore.SourcesAsync(connection, context.Community))
            .DistinctBy(source => source.Url, StringComparer.Ordinal)
            .ToDictionary(source => source.Url, StringComparer.Ordinal);
        var toAdd = new List<ConfiguredSource>();
        foreach (var source in file.Sources ?? [])
        {
            await SourceAsync(new Work(connection, context, rows, difference, problems), source, sources, toAdd);
        }

        var words = await NewWordsAsync(connection, context, file.Words ?? []);
        rows.AddRange(words.Select(word => WordRow(context, word)));
        difference.AddRange(words.Select(word => $"- new word: {MarkdownEscape.Code(word)}"));
        var refused =
            problems.Count == 0
                ? ""
                : "\n\nLeft out:\n" + Answers.Lines([.. problems.Select(problem => "- " + problem)], MostShown);
        return difference.Count == 0
            ? new Plan.Refused("All is as in the file already; nothing to change." + refused)
            : new Plan.Change(
                "import of a configuration",
                $"{LengthOfTime.Count(difference.Count, "change")}; nothing is removed:\n{Answers.Lines(difference, MostShown)}{refused}",
                $"Imported: {LengthOfTime.Count(difference.Count, "change")}."
            )
            {
                Rows = rows,
                ApplyAsync = inside => AddSourcesAsync(inside, context, toAdd),
            };
    }

    private static async Task ChannelAsync(Work work, ConfiguredChannel wanted, Dictionary<string, ChannelRow> channels)
    {
        var key = $"{wanted.Platform}:{wanted.Id}";
        var name = MarkdownEscape.Line("#" + (wanted.Name ?? wanted.Id), 60);
        if (!channels.TryGetValue(key, out var channel))
        {
            work.Problems.Add(
                $"{name}: there is no such channel here. Make it first{(wanted.Platform == "web" ? $": `/news channel create {MarkdownEscape.Line(wanted.Id, 40)}`" : "")}."
            );
            return;
        }

        if (Problem(wanted, channel) is { } problem)
        {
            work.Problems.Add($"{name}: {problem}");
            return;
        }

        (string Column, object? Before, object? After)[] fields =
        [
            ("mode", channel.Mode, wanted.Mode ?? channel.Mode),
            ("schedule", channel.Schedule, wanted.Schedule ?? channel.Schedule),
            ("time_zone", channel.TimeZone, wanted.TimeZone ?? channel.TimeZone),
            ("quiet_hours", channel.QuietHours, wanted.QuietHours ?? channel.QuietHours),
            ("quiet_day", channel.QuietDay, wanted.QuietDay ?? channel.QuietDay),
            ("max_per_hour", channel.MaxPerHour, wanted.MaxPerHour ?? channel.MaxPerHour),
            ("max_per_day", channel.MaxPerDay, wanted.MaxPerDay ?? channel.MaxPerDay),
            ("layout", channel.Layout, wanted.Layout ?? channel.Layout),
            ("digest_cards", channel.DigestCards, wanted.DigestCards ?? channel.DigestCards),
            ("mirror", channel.Mirror, wanted.Mirror ?? channel.Mirror),
            ("ping_role", channel.PingRole, wanted.PingRole ?? channel.PingRole),
            ("tags", channel.Tags, wanted.Tags is null ? channel.Tags : Tags(wanted.Tags)),
            ("crosspost", channel.Crosspost, wanted.Crosspost is { } on ? (on ? 1L : 0L) : channel.Crosspost),
        ];
        await work.CompareAsync("channel", channel.Id, name, fields, NextDigest(wanted, channel, work.Context.Now));
    }

    private static string? Tags(string text) => ForumTags.TryParse(text, out var tags) ? tags : null;

    private static (string, object?)[] NextDigest(ConfiguredChannel wanted, ChannelRow channel, DateTimeOffset now) =>
        (wanted.Mode ?? channel.Mode) != "instant"
        && (wanted.Schedule ?? channel.Schedule) is { } text
        && text != channel.Schedule
        && DigestSchedule.TryParse(text, DigestCommands.Zone(channel), out var schedule, out _)
            ? [("next_digest_at", schedule.NextAfter(now).Ms())]
            : [];

    private static string? Problem(ConfiguredChannel wanted, ChannelRow channel)
    {
        (string Name, string? Value, string[] Allowed)[] choices =
        [
            ("mode", wanted.Mode, ["instant", "digest", "digest+breaking"]),
            ("layout", wanted.Layout, ["cards", "compact"]),
            ("quietDay", wanted.QuietDay, ["silent", "say"]),
            ("mirror", wanted.Mirror, ["post-only", "collect", "two-way"]),
        ];
        foreach (var (field, value, allowed) in choices)
        {
            if (value is not null && !allowed.Contains(value, StringComparer.Ordinal))
            {
                return $"{field} is one of {string.Join(", ", allowed)}, not “{MarkdownEscape.Line(value, 40)}”.";
            }
        }

        if (
            wanted.Schedule is { } text
            && !DigestSchedule.TryParse(text, DigestCommands.Zone(channel), out _, out var problem)
        )
        {
            return MarkdownEscape.Line(problem);
        }

        if (wanted.QuietHours is { } quiet && !QuietHours.TryParse(quiet, out _, out problem))
        {
            return MarkdownEscape.Line(problem);
        }

        return wanted switch
        {
            { TimeZone: { } zone } when !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) =>
                $"there is no time zone “{MarkdownEscape.Line(zone, 40)}”.",
            { MaxPerHour: < 1 or > 500 } or { MaxPerDay: < 1 or > 5_000 } or { DigestCards: < 0 or > 20 } =>
                "one of its limits is out of bounds.",
            { Tags: not null } when channel.Kind is not ("forum" or "media") =>
                "it is no forum, so its posts have no tags.",
            { Tags: { } tags } when !ForumTags.TryParse(tags, out _) => "its tags cannot be used.",
            { Crosspost: true } when channel.Kind != "announcement" =>
                "it is no announcement channel, so nobody can follow it from elsewhere.",
            _ => null,
        };
    }

    private static async Task SourceAsync(
        Work work,
        ConfiguredSource wanted,
        Dictionary<string, SourceRow> sources,
        List<ConfiguredSource> toAdd
    )
    {
        var name = MarkdownEscape.Line(wanted.Name, 80);
        var badFilter = (wanted.Channels ?? []).FirstOrDefault(place =>
            place.Filter is { } filter && !Filter.TryParse(filter, out _, out _)
        );
        var badTemplate = (wanted.Channels ?? []).FirstOrDefault(place =>
            place.Template is { } template && !CardTemplate.TryParse(template, out _, out _)
        );
        if (
            AddressText.Parse(wanted.Url) is not { } url
            || wanted.Weight is < 0.1 or > 10
            || wanted.ExcerptChars is < 0 or > 600
        )
        {
            work.Problems.Add($"{name}: its address or one of its numbers cannot be used.");
        }
        else if (badFilter is not null)
        {
            work.Problems.Add($"{name}: its filter for {MarkdownEscape.Line(badFilter.Channel, 60)} is not a filter.");
        }
        else if (badTemplate is not null)
        {
            work.Problems.Add(
                $"{name}: its template for {MarkdownEscape.Line(badTemplate.Channel, 60)} is not a template."
            );
        }
        else if (!sources.TryGetValue(url.AbsoluteUri, out var source))
        {
            toAdd.Add(wanted);
            work.Difference.Add($"- new source: {MarkdownEscape.Link(wanted.Name, wanted.Url)}");
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

    private static long? Paused(ConfiguredSource wanted, SourceRow source, DateTimeOffset now) =>
        wanted.Paused switch
        {
            true => source.PausedAt ?? now.Ms(),
            false => null,
            _ => source.PausedAt,
        };

    private static async Task PlacesAsync(Work work, ConfiguredSource wanted, SourceRow source, string name)
    {
        var there = (await AdminStore.SubscriptionsAsync(work.Connection, work.Context.Community))
            .Where(place => place.SourceId == source.Id)
            .ToDictionary(place => place.ChannelId);
        var channels = await AdminStore.ChannelsAsync(work.Connection, work.Context.Community);
        foreach (var place in wanted.Channels ?? [])
        {
            var channel = channels.FirstOrDefault(one => ConfigurationExport.Key(one) == place.Channel);
            if (channel is null)
            {
                work.Problems.Add($"{name}: there is no channel {MarkdownEscape.Line(place.Channel, 60)} here.");
            }
            else if (there.TryGetValue(channel.Id, out var row))
            {
                await work.CompareAsync(
                    "subscription",
                    row.Id,
                    $"{name} in #{MarkdownEscape.Line(channel.Name)}",
                    [
                        ("filter", row.Filter, place.Filter),
                        ("ping_role", row.PingRole, place.PingRole),
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
                        ("ping_role", place.PingRole),
                        ("template", place.Template),
                        ("created_at", work.Context.Now.Ms())
                    )
                );
            }
        }
    }

    private static async Task<Plan.Applied> AddSourcesAsync(
        SqliteConnection connection,
        CommandContext context,
        List<ConfiguredSource> sources
    )
    {
        var rows = new List<RowChange>();
        var channels = (await AdminStore.ChannelsAsync(connection, context.Community)).ToDictionary(
            ConfigurationExport.Key,
            StringComparer.Ordinal
        );
        foreach (var wanted in sources)
        {
            var source = new NewSource(context.Community, wanted.Name, AddressText.Parse(wanted.Url)!, context.Now)
            {
                SiteUrl = AddressText.Parse(wanted.SiteUrl ?? ""),
                Category = wanted.Category,
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
                                Channel = channel.Id,
                                Filter = place.Filter,
                                Template = place.Template,
                            }
                        )
                    );
                }
            }
        }

        return new Plan.Applied(rows);
    }

    private static async Task<IReadOnlyList<string>> NewWordsAsync(
        SqliteConnection connection,
        CommandContext context,
        IReadOnlyList<string> words
    )
    {
        var known = await connection.QueryAsync<string>(
            "SELECT word FROM word WHERE community_id = @Community",
            new { context.Community }
        );
        return
        [
            .. words
                .Select(word => word.Trim().ToLowerInvariant())
                .Where(word => word.Length is >= 2 and <= 60)
                .Except(known, StringComparer.Ordinal),
        ];
    }

    private static RowChange WordRow(CommandContext context, string word) =>
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

    /// <summary>What one import has found out so far.</summary>
    private sealed record Work(
        SqliteConnection Connection,
        CommandContext Context,
        List<RowChange> Rows,
        List<string> Difference,
        List<string> Problems
    )
    {
        public async Task CompareAsync(
            string table,
            long id,
            string name,
            IReadOnlyList<(string Column, object? Before, object? After)> fields,
            IReadOnlyList<(string Column, object? Value)> silent
        )
        {
            var wanted = fields.Select(field => (field.Column, field.After)).Concat(silent).ToList();
            if (await AdminStore.CompareAsync(Connection, table, id, wanted) is not { } row)
            {
                return;
            }

            Rows.Add(row);
            Difference.AddRange(
                fields
                    .Where(field => row.After!.ContainsKey(field.Column))
                    .Select(field =>
                        $"- {name}, {field.Column.Replace('_', ' ')}: {Shown(field.Before)} → **{Shown(field.After)}**"
                    )
            );
        }

        private static string Shown(object? value) =>
            value is null ? "none" : MarkdownEscape.Line(Convert.ToString(value, CultureInfo.InvariantCulture)!, 100);
    }
}
