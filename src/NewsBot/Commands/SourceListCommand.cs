using System.Data.Common;
using System.Globalization;
using NewsBot.Core.Commands;
using NewsBot.Core.Sources;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Web.Views;

namespace NewsBot.Commands;

/// <summary>Lists the sources, or tells all about one: list.</summary>
internal sealed class SourceListCommand(Database database)
{
    // What a chat shows without scrolling for ever.
    private const int MostListed = 60;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal) { ["list"] = ListAsync };

    private Task<CommandReply> ListAsync(CommandContext context, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                if (context.Command.Find("source") is { Length: > 0 } asked)
                {
                    var found = await AdminStore.SourceAsync(connection, context.Community, asked);
                    return found.Value is { } source
                        ? await CardAsync(connection, context, source, cancellationToken)
                        : CommandReply.Refused(found.Problem);
                }

                return await AllAsync(connection, context);
            },
            cancellationToken
        );

    private static async Task<CommandReply> AllAsync(DbConnection connection, CommandContext context)
    {
        var sources = await AdminStore.SourcesAsync(connection, context.Community);
        if (sources.Count == 0)
        {
            return CommandReply.Done(
                $"There are no sources yet. `/news add` and a site's address adds one; `/news bundle add` and a topic adds a ready-made set: {string.Join(", ", TransferCommands.Bundles().Select(bundle => MarkdownEscape.Line(bundle.Key)))}."
            ) with
            {
                Suggestions = ["bundle list"],
            };
        }

        var places = (await AdminStore.SubscriptionsAsync(connection, context.Community)).ToLookup(one => one.SourceId);
        var lines = sources.Select(source => Line(source, [.. places[source.Id]], context.Now)).ToList();
        var wanted = await SourceCards.SuggestAsync(connection, context.Community, context.Now);
        return CommandReply.Done(
            $"{LengthOfTime.Count(sources.Count, "source")}:\n{Answers.Lines(lines, MostListed)}{Wanted(wanted)}\n\n`/news list` and a name tells all about one."
        ) with
        {
            Suggestions = [.. wanted.Select(AddLine)],
        };
    }

    private static string Wanted(IReadOnlyList<SourceSuggestion> wanted) =>
        wanted.Count == 0
            ? ""
            : "\n\nThey often report what a channel talks about, but do not come to it:\n"
                + string.Join(
                    '\n',
                    wanted.Select(one =>
                        $"- {MarkdownEscape.Line(one.Name, 80)}: {LengthOfTime.Count((int)one.Stories, "story", "stories")} of #{MarkdownEscape.Line(one.Channel)}"
                    )
                );

    private static string AddLine(SourceSuggestion one) =>
        string.Create(CultureInfo.InvariantCulture, $"add {one.Url} --channel channel-{one.ChannelId}");

    private static async Task<CommandReply> CardAsync(
        DbConnection connection,
        CommandContext context,
        SourceRow source,
        CancellationToken cancellationToken
    )
    {
        var numbers = await SourceCards.ReadAsync(connection, source.Id, source.FeedId, context.Now, cancellationToken);
        var places = (await AdminStore.SubscriptionsAsync(connection, context.Community))
            .Where(one => one.SourceId == source.Id)
            .ToList();
        List<string> lines =
        [
            $"**{MarkdownEscape.Line(source.Name, 80)}** · {MarkdownEscape.Line(source.Url, 200)}{SourceCommands.LoginMark(source)}",
            $"Health: {SourceCommands.Health(source, context.Now)}",
            $"Rhythm: {Rhythm.Words(numbers.Days, numbers.Hours)} {Spark(numbers.Days)}",
            numbers.Beside,
            numbers.Corrections == 0
                ? ""
                : $"{LengthOfTime.Count(numbers.Corrections, "story it led was corrected", "stories it led were corrected")}.",
            source.Recipe is { } recipe ? $"Read by the selectors {MarkdownEscape.Code(recipe)}" : "",
            $"Licence: {(source.Licence is { } licence ? MarkdownEscape.Line(licence) : "nobody said; `/news edit` keeps one")}",
            $"Comes to: {Places(places)}",
            $"Its page: {Paths.Source(source.Id)}",
        ];
        return CommandReply.Done(string.Join('\n', lines.Where(line => line.Length > 0).Select(line => "- " + line)));
    }

    // One sign a day, as high as the day was busy.
    private static string Spark(IReadOnlyList<int> days)
    {
        const string Signs = "▁▂▃▄▅▆▇█";
        var highest = Math.Max(1, days.Max());
        return new string([.. days.Select(day => Signs[day * (Signs.Length - 1) / highest])]);
    }

    private static string Line(SourceRow source, IReadOnlyList<SubscriptionRow> places, DateTimeOffset now) =>
        $"- {MarkdownEscape.Link(source.Name, source.Url)} in {Places(places)}{SourceCommands.LoginMark(source)} · {SourceCommands.Health(source, now)}";

    private static string Places(IReadOnlyList<SubscriptionRow> places) =>
        places.Count == 0
            ? "no channel"
            : string.Join(
                ", ",
                places.Select(place =>
                    $"#{MarkdownEscape.Line(place.Channel)}{(place.Filter is null ? "" : " (filtered)")}"
                )
            );
}
