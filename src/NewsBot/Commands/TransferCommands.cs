using System.Data.Common;
using System.Globalization;
using NewsBot.Core.Commands;
using NewsBot.Core.Feeds;
using NewsBot.Core.Sources;
using NewsBot.Core.Text;
using NewsBot.Starter;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Sources in bulk: import, export, bundle.</summary>
internal sealed class TransferCommands(
    Database database,
    IFetcher fetcher,
    Changes changes,
    ConfigurationImport configuration
)
{
    private const int MostShown = 20;
    private const int MostProblems = 10;

    // A chat message holds about this much; the command line writes the whole file.
    private const int MostInChat = 20_000;

    // So many new feeds must not all be asked in the same second.
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(200);

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["bundle list"] = BundlesAsync,
            ["bundle add"] = AddBundleAsync,
            ["import"] = ImportAsync,
            ["export"] = ExportAsync,
        };

    private static Task<CommandReply> BundlesAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var lines = Bundles()
            .Select(bundle =>
                $"- **{MarkdownEscape.Line(bundle.Key)}**: {AdminStore.Names(bundle.Select(source => source.Title))}"
            );
        return Task.FromResult(
            CommandReply.Done(
                string.Join('\n', lines) + "\n\n`/news bundle add` and a name adds one to this channel."
            ) with
            {
                Suggestions = [.. Bundles().Select(bundle => $"bundle add {bundle.Key}")],
            }
        );
    }

    private Task<CommandReply> AddBundleAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var asked = context.Command["set"];
        var bundles = Bundles().ToList();
        var bundle = bundles.Find(one => one.Key.StartsWith(asked, StringComparison.OrdinalIgnoreCase));
        return bundle is null
            ? Task.FromResult(
                CommandReply.Refused(
                    $"There is no set “{MarkdownEscape.Line(asked, 60)}”. There are {AdminStore.Names(bundles.Select(one => one.Key))}."
                )
            )
            : changes.RunAsync(
                context,
                connection => PlanAsync(connection, context, new OpmlDocument([.. bundle], []), $"bundle {bundle.Key}"),
                cancellationToken
            );
    }

    private async Task<CommandReply> ImportAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> bytes;
        if (context.Attachment is { } file)
        {
            bytes = file;
        }
        else if (context.Command.Find("url") is not { } text)
        {
            return CommandReply.Wrong(
                "Give the address of a list, such as `/news import https://example.org/feeds.opml`. A file is attached in Discord, pasted into the window that `/news import` opens in Slack, or taken in by the command line: `newsbot import feeds.opml`."
            );
        }
        else if (AddressText.Parse(text) is not { } url)
        {
            return CommandReply.Wrong($"“{MarkdownEscape.Line(text, 80)}” is not a web address.");
        }
        else
        {
            var outcome = await fetcher.FetchAsync(FetchRequest.First(url), cancellationToken);
            if (outcome is not FetchOutcome.Fetched fetched)
            {
                return CommandReply.Refused(
                    outcome is FetchOutcome.Failed failed
                        ? MarkdownEscape.Line(failed.Reason)
                        : "The server did not send a document."
                );
            }

            bytes = fetched.Body;
        }

        if (ConfigurationImport.IsConfiguration(bytes.Span))
        {
            return await configuration.RunAsync(context, bytes, cancellationToken);
        }

        var list = Opml.Read(bytes);
        return list.Sources.Count == 0
            ? CommandReply.Refused("No feed could be read from this list." + Problems(list))
            : await changes.RunAsync(
                context,
                connection => PlanAsync(connection, context, list, "import of a list"),
                cancellationToken
            );
    }

    private static async Task<Plan> PlanAsync(
        DbConnection connection,
        CommandContext context,
        OpmlDocument list,
        string target
    )
    {
        var place = await AdminStore.ChannelAsync(connection, context);
        if (place.Value is not { } channel)
        {
            return new Plan.Refused(place.Problem);
        }

        var subscribed = (await AdminStore.SubscriptionsAsync(connection, context.Community))
            .Where(one => one.ChannelId == channel.Id)
            .Select(one => one.SourceId)
            .ToHashSet();
        var known = (await AdminStore.SourcesAsync(connection, context.Community))
            .DistinctBy(source => source.Url, StringComparer.Ordinal)
            .ToDictionary(source => source.Url, StringComparer.Ordinal);
        var isNew = list.Sources.Where(source => !known.ContainsKey(source.Url.AbsoluteUri)).ToList();
        var isElsewhere = list
            .Sources.Where(source =>
                known.TryGetValue(source.Url.AbsoluteUri, out var row) && !subscribed.Contains(row.Id)
            )
            .ToList();
        var same = list.Sources.Count - isNew.Count - isElsewhere.Count;
        var where = $"#{MarkdownEscape.Line(channel.Name)}";
        if (isNew.Count + isElsewhere.Count == 0)
        {
            return new Plan.Refused(
                $"All {LengthOfTime.Count(same, "source")} of the list come to {where} already; nothing to change.{Problems(list)}"
            );
        }

        var lines = isNew
            .Select(source => $"- new: {MarkdownEscape.Link(source.Title, source.Url.AbsoluteUri)}")
            .Concat(isElsewhere.Select(source => $"- known, new here: {MarkdownEscape.Line(source.Title, 80)}"))
            .ToList();
        return new Plan.Change(
            target,
            $"Into {where} will come {LengthOfTime.Count(isNew.Count, "new source")} and {LengthOfTime.Count(isElsewhere.Count, "known source")}; {LengthOfTime.Count(same, "source")} of the list are there already.\n"
                + $"{Answers.Lines(lines, MostShown)}\n\nNothing old is posted; their next news will be the first.{Problems(list)}",
            $"Added {LengthOfTime.Count(isNew.Count, "source")} to the newsroom and {LengthOfTime.Count(isNew.Count + isElsewhere.Count, "source")} to {where}. They are looked at one after the other."
        )
        {
            ApplyAsync = inside => AddAsync(inside, context, channel.Id, [.. isNew, .. isElsewhere]),
            AuditAfter = new { sources = isNew.Count, subscriptions = isNew.Count + isElsewhere.Count },
        };
    }

    private static async Task<Plan.Applied> AddAsync(
        DbConnection connection,
        CommandContext context,
        long channel,
        IReadOnlyList<OpmlSource> sources
    )
    {
        var rows = new List<RowChange>();
        foreach (var (place, source) in sources.Index())
        {
            rows.AddRange(
                await AdminStore.AddSourceAsync(
                    connection,
                    new NewSource(context.Community, source.Title, source.Url, context.Now)
                    {
                        SiteUrl = source.SiteUrl,
                        Category = source.Category,
                        Recipe = source.Items is { } items ? PageRecipe.Read(items, out _) : null,
                        Channel = channel,
                        PollAt = context.Now + (Apart * place),
                    }
                )
            );
        }

        return new Plan.Applied(rows);
    }

    private Task<CommandReply> ExportAsync(CommandContext context, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var isJson = context.Command.Find("format") == "json";
                var bytes = isJson
                    ? await ConfigurationExport.OfAsync(connection, context.Community)
                    : Opml.Write(
                        "NewsBot sources",
                        (await AdminStore.SourcesAsync(connection, context.Community)).Select(source => new OpmlSource(
                            source.Name,
                            new Uri(source.Url),
                            AddressText.Parse(source.SiteUrl ?? ""),
                            source.Category
                        )
                        {
                            Items = source.Recipe,
                        })
                    );
                var text = System.Text.Encoding.UTF8.GetString(bytes.Span);
                return CommandReply.Done(
                    text.Length <= MostInChat
                        ? Answers.Block(text, isJson ? "json" : "xml")
                        : $"This is too long for a chat. `newsbot export {(isJson ? "newsbot.json" : "newsbot.opml")}` on the machine writes it to a file."
                ) with
                {
                    File = isJson
                        ? new CommandFile("newsbot.json", "application/json", bytes)
                        : new CommandFile("newsbot.opml", "text/x-opml", bytes),
                };
            },
            cancellationToken
        );

    private static string Problems(OpmlDocument list) =>
        list.Problems.Count == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"\n\nWhat could not be read ({list.Problems.Count:N0}):\n{Answers.Lines([.. list.Problems.Select(problem => "- " + MarkdownEscape.Line(problem, 200))], MostProblems)}"
            );

    /// <summary>The ready-made sets by name.</summary>
    public static IEnumerable<IGrouping<string, OpmlSource>> Bundles() =>
        StarterSources
            .ReadSets()
            .SelectMany(list => list.Sources)
            .GroupBy(source => source.Category ?? "Other", StringComparer.Ordinal);
}
