using System.Globalization;
using NewsBot.Core.Commands;
using NewsBot.Core.Sources;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>What of a source comes into a channel: filter set, show, clear, replay.</summary>
internal sealed class FilterCommands(Database database, Changes changes)
{
    private const int ReplayDays = 30;

    // A busy source has a few thousand entries a month; more would not change the picture.
    private const int MostReplayed = 10_000;

    private const int MostExamples = 6;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["filter set"] = SetAsync,
            ["filter clear"] = SetAsync,
            ["filter show"] = ShowAsync,
            ["filter replay"] = ReplayAsync,
        };

    private async Task<CommandReply> SetAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string? wanted = null;
        if (context.Command.Find("filter") is { } text)
        {
            if (!Filter.TryParse(text, out var filter, out var problem))
            {
                return Point(problem!);
            }

            wanted = filter.ToString();
        }

        return await changes.RunAsync(
            context,
            async connection =>
            {
                var (place, refusal) = await AdminStore.SubscriptionAsync(connection, context);
                if (place is null)
                {
                    return new Plan.Refused(refusal);
                }

                var row = await AdminStore.CompareAsync(connection, "subscription", place.Id, ("filter", wanted));
                var name = $"{MarkdownEscape.Line(place.Source, 80)} in #{MarkdownEscape.Line(place.Channel)}";
                return row is null
                    ? new Plan.Refused(wanted is null ? $"{name} has no filter." : $"{name} has this filter already.")
                    : new Plan.Change(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"subscription-{place.Id} {place.Source} in #{place.Channel}"
                        ),
                        Answers.Difference($"Filter of **{name}**", ("filter", place.Filter, wanted))
                            + (
                                wanted is null
                                    ? "\nEverything of it will come in."
                                    : "\n`/news filter replay` shows what it would have let through."
                            ),
                        wanted is null ? $"Cleared the filter of {name}." : $"Set the filter of {name}."
                    )
                    {
                        Rows = [row],
                    };
            },
            cancellationToken
        );
    }

    private Task<CommandReply> ShowAsync(CommandContext context, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var all = await AdminStore.SubscriptionsAsync(connection, context.Community);
                if (context.Command.Find("source") is { } asked)
                {
                    var found = await AdminStore.SourceAsync(connection, context.Community, asked);
                    if (found.Value is not { } source)
                    {
                        return CommandReply.Refused(found.Problem);
                    }

                    all = [.. all.Where(one => one.SourceId == source.Id)];
                }
                else
                {
                    all = [.. all.Where(one => one.Filter is not null)];
                }

                return all.Count == 0
                    ? CommandReply.Done(
                        "No source has a filter: everything comes in. `/news help filter set` shows how one looks."
                    )
                    : CommandReply.Done(
                        string.Join(
                            '\n',
                            all.Select(one =>
                                $"- {MarkdownEscape.Line(one.Source, 80)} in #{MarkdownEscape.Line(one.Channel)}: {(one.Filter is null ? "no filter" : MarkdownEscape.Code(one.Filter))}"
                            )
                        )
                    );
            },
            cancellationToken
        );

    private async Task<CommandReply> ReplayAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!Filter.TryParse(context.Command["filter"], out var filter, out var problem))
        {
            return Point(problem!);
        }

        return await database.ReadAsync(
            async connection =>
            {
                var found = await AdminStore.SourceAsync(connection, context.Community, context.Command["source"]);
                if (found.Value is not { } source)
                {
                    return CommandReply.Refused(found.Problem);
                }

                var since = context.Now - TimeSpan.FromDays(ReplayDays);
                var entries = await AdminStore.EntriesAsync(connection, source.FeedId, since.Ms(), MostReplayed);
                return entries.Count == 0
                    ? CommandReply.Done(
                        $"Nothing was seen of {MarkdownEscape.Line(source.Name, 80)} in the last {ReplayDays} days, so there is nothing to try the filter on."
                    )
                    : CommandReply.Done(Replay(source, filter, entries));
            },
            cancellationToken
        );
    }

    private static string Replay(SourceRow source, Filter filter, IReadOnlyList<EntryRow> entries)
    {
        var verdicts = entries
            .Select(entry => (Entry: entry, Verdict: filter.Matches(Subject(entry, source.Name))))
            .ToList();
        var passed = verdicts.Where(one => one.Verdict.Passes).ToList();
        var stopped = verdicts.Where(one => !one.Verdict.Passes).ToList();
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Of {LengthOfTime.Count(entries.Count, "entry", "entries")} of {MarkdownEscape.Line(source.Name, 80)} in the last {ReplayDays} days, **{passed.Count:N0}** would pass {MarkdownEscape.Code(filter.ToString())} and **{stopped.Count:N0}** would not."
        );
        var reasons = stopped
            .GroupBy(one => one.Verdict.Reason, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .Take(MostExamples)
            .Select(group =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"- {group.Count():N0} stopped {MarkdownEscape.Line(group.Key, 200)}"
                )
            );
        return text
            + Section("\n\nFor example, these pass:", passed)
            + Section("\n\nand these do not:", stopped)
            + (stopped.Count == 0 ? "" : "\n\nWhat decided:\n" + string.Join('\n', reasons));
    }

    private static string Section(string heading, List<(EntryRow Entry, FilterVerdict Verdict)> entries) =>
        entries.Count == 0
            ? ""
            : heading
                + string.Concat(
                    entries
                        .Take(MostExamples)
                        .Select(one =>
                            $"\n- {MarkdownEscape.Link(one.Entry.Title, one.Entry.Url ?? "")} ({MarkdownEscape.Line(one.Verdict.Reason, 120)})"
                        )
                );

    private static FilterSubject Subject(EntryRow entry, string source) =>
        new(
            entry.Title,
            entry.Excerpt.Length == 0 ? null : entry.Excerpt,
            LanguageGuess.Of(entry.Language, $"{entry.Title}. {entry.Excerpt}"),
            source,
            entry.Categories.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            entry.Author is null ? [] : [entry.Author],
            Uri.TryCreate(entry.Url, UriKind.Absolute, out var link) ? link : null,
            entry.ImageUrl is not null
        );

    private static CommandReply Point(FilterProblem problem) =>
        CommandReply.Wrong(
            $"This is not a filter:\n{Answers.Block(problem.Display)}\nA filter looks like `title:(xiaomi OR huawei) -rumor lang:en`."
        );
}
