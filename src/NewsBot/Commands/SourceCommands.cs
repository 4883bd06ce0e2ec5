using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Feeds;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>What admins do with sources they have: edit, pause, resume, remove.</summary>
internal sealed class SourceCommands(Changes changes)
{
    private const int MaxName = 80;
    private const int MaxExcerpt = 600;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["edit"] = EditAsync,
            ["pause"] = PauseAsync,
            ["resume"] = ResumeAsync,
            ["remove"] = RemoveAsync,
        };

    /// <summary>Says of a source that it is read with a login.</summary>
    public static string LoginMark(SourceRow source) => source.HasLogin == 0 ? "" : " · with a login";

    /// <summary>How a source's feed is, in a few words.</summary>
    public static string Health(SourceRow source, DateTimeOffset now)
    {
        var next = $"next look {Answers.Age(source.NextPollAt, now)}";
        return source switch
        {
            { PausedAt: { } at } => $"paused {Answers.Age(at, now)}",
            { State: "retired" } => "retired: its publisher says it is gone for good",
            { Failures: > 0 } => $"failing ({MarkdownEscape.Line(source.LastError ?? "no reason known", 200)}), {next}",
            { FewInRow: >= PageCount.WorthTelling } => string.Create(
                CultureInfo.InvariantCulture,
                $"brings only {source.LastEntries} instead of about {source.UsualEntries:0} entries; its page may have been rebuilt, {next}"
            ),
            { LastSuccessAt: { } at } => $"read {Answers.Age(at, now)}, {next}",
            _ => "not read yet, " + next,
        };
    }

    private Task<CommandReply> EditAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            context,
            async (connection, source) =>
            {
                var setting = context.Command["setting"];
                var value = context.Command["value"];
                var (column, wanted, before, after, problem) = Wanted(source, setting, value);
                if (problem is not null)
                {
                    return new Plan.Refused(problem);
                }

                var row = await AdminStore.CompareAsync(connection, "source", source.Id, (column, wanted));
                return row is null
                    ? new Plan.Refused($"The {setting} of {Name(source)} is so already; nothing to change.")
                    : new Plan.Change(
                        Target(source),
                        Answers.Difference($"**{Name(source)}**", (setting, before, after)),
                        $"Changed the {setting} of {Name(source)}."
                    )
                    {
                        Rows = [row],
                        ApplyAsync =
                            setting == "interval"
                                ? inside => LookSoonerAsync(inside, source, wanted as long?, context.Now)
                                : null,
                    };
            },
            "source",
            cancellationToken
        );

    private static (string Column, object? Wanted, string? Before, string? After, string? Problem) Wanted(
        SourceRow source,
        string setting,
        string value
    )
    {
        var isNone = value.ToLowerInvariant() is "none" or "default" or "off" or "-";
        switch (setting)
        {
            case "name":
                var name = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                return (
                    "name",
                    name,
                    source.Name,
                    name,
                    name.Length > MaxName ? $"A name has at most {MaxName} characters." : null
                );
            case "weight":
                var isWeight = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight);
                return (
                    "weight",
                    weight,
                    source.Weight.ToString(CultureInfo.InvariantCulture),
                    weight.ToString(CultureInfo.InvariantCulture),
                    isWeight && weight is >= 0.1 and <= 10
                        ? null
                        : "A weight is a number from 0.1 to 10; 1 is usual, 2 lets a source lead its stories more often."
                );
            case "interval":
                var length = isNone ? null : LengthOfTime.Parse(value);
                return (
                    "min_interval_ms",
                    (long?)length?.TotalMilliseconds,
                    source.MinIntervalMs is { } ms
                        ? LengthOfTime.Words(TimeSpan.FromMilliseconds(ms))
                        : "as the feed's news come",
                    length is { } wish ? LengthOfTime.Words(wish) : "as the feed's news come",
                    isNone || length is { TotalDays: <= 7 }
                        ? null
                        : "An interval is a length of time up to a week, such as `30 minutes` or `2 hours`, or `default`."
                );
            case "excerpt":
                var isNumber = int.TryParse(value, CultureInfo.InvariantCulture, out var chars);
                return (
                    "excerpt_chars",
                    (long)chars,
                    source.ExcerptChars.ToString(CultureInfo.InvariantCulture),
                    chars.ToString(CultureInfo.InvariantCulture),
                    isNumber && chars is >= 0 and <= MaxExcerpt
                        ? null
                        : $"An excerpt is measured in characters, from 0 (none) to {MaxExcerpt}."
                );
            default:
                var text = isNone ? null : value;
                return (
                    setting,
                    text,
                    setting == "licence" ? source.Licence : source.Category,
                    text,
                    value.Length > 200 ? "At most 200 characters fit here." : null
                );
        }
    }

    private static async Task<Plan.Applied> LookSoonerAsync(
        DbConnection connection,
        SourceRow source,
        long? interval,
        DateTimeOffset now
    )
    {
        if (interval is { } wish)
        {
            await connection.ExecuteAsync(
                "UPDATE feed SET next_poll_at = MIN(next_poll_at, @At) WHERE id = @FeedId",
                new { At = now.Ms() + wish, source.FeedId }
            );
        }

        return new Plan.Applied([]);
    }

    private Task<CommandReply> PauseAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            context,
            async (connection, source) =>
                source.PausedAt is { } at
                    ? new Plan.Refused($"{Name(source)} has been paused {Answers.Age(at, context.Now)} already.")
                    : new Plan.Change(
                        Target(source),
                        $"**{Name(source)}** will be paused: nothing new is taken in until `/news resume`. Its stories stay.",
                        $"Paused {Name(source)}."
                    )
                    {
                        Rows =
                        [
                            (
                                await AdminStore.CompareAsync(
                                    connection,
                                    "source",
                                    source.Id,
                                    ("paused_at", context.Now.Ms()),
                                    ("paused_by", context.Actor)
                                )
                            )!,
                        ],
                    },
            "source",
            cancellationToken
        );

    private Task<CommandReply> ResumeAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            context,
            async (connection, source) =>
            {
                RowChange?[] rows =
                [
                    await AdminStore.CompareAsync(
                        connection,
                        "source",
                        source.Id,
                        ("paused_at", null),
                        ("paused_by", null)
                    ),
                    // Asking for a retired feed again is the only way to see whether it came back.
                    await AdminStore.CompareAsync(connection, "feed", source.FeedId, ("state", "active")),
                ];
                return rows is [null, null]
                    ? new Plan.Refused($"{Name(source)} is not paused.")
                    : new Plan.Change(
                        Target(source),
                        $"**{Name(source)}** will be read again, at once and then as usual. What it published meanwhile and still lists counts as old.",
                        $"Resumed {Name(source)}."
                    )
                    {
                        Rows = [.. rows.OfType<RowChange>()],
                        ApplyAsync = inside => LookSoonerAsync(inside, source, 0, context.Now),
                    };
            },
            "source",
            cancellationToken
        );

    private Task<CommandReply> RemoveAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            context,
            async (connection, source) =>
            {
                var places = (await AdminStore.SubscriptionsAsync(connection, context.Community))
                    .Where(one => one.SourceId == source.Id)
                    .ToList();
                var rows = new List<RowChange>();
                foreach (var place in places)
                {
                    rows.Add(await AdminStore.RemovalAsync(connection, "subscription", AdminStore.Key(place.Id)));
                }

                rows.Add(await AdminStore.RemovalAsync(connection, "source", AdminStore.Key(source.Id)));
                var where =
                    places.Count == 0 ? "no channel" : AdminStore.Names(places.Select(place => "#" + place.Channel));
                return new Plan.Change(
                    Target(source),
                    $"**{Name(source)}** ({MarkdownEscape.Line(source.Url, 200)}) will be removed from {where}. "
                        + "Its stories and their comments stay."
                        + (source.HasLogin == 0 ? "" : " Its login is forgotten."),
                    $"Removed {Name(source)}."
                )
                {
                    Rows = rows,
                };
            },
            "source",
            cancellationToken
        );

    private Task<CommandReply> ChangeAsync(
        CommandContext context,
        Func<DbConnection, SourceRow, Task<Plan>> plan,
        string argument,
        CancellationToken cancellationToken
    ) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                var found = await AdminStore.SourceAsync(connection, context.Community, context.Command[argument]);
                return found.Value is { } source ? await plan(connection, source) : new Plan.Refused(found.Problem);
            },
            cancellationToken
        );

    private static string Name(SourceRow source) => MarkdownEscape.Line(source.Name, MaxName);

    private static string Target(SourceRow source) =>
        string.Create(CultureInfo.InvariantCulture, $"source-{source.Id} {source.Name}");
}
