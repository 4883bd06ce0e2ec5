using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>What the cards of a source say in a channel: template set, show, clear.</summary>
internal sealed class TemplateCommands(Database database, Changes changes)
{
    private const string NewestStory = """
        SELECT s.id FROM story s JOIN story_entry se ON se.story_id = s.id AND se.entry_id = s.lead_entry_id
        WHERE se.source_id = @Source AND s.taken_down_at IS NULL ORDER BY s.id DESC LIMIT 1
        """;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["template set"] = SetAsync,
            ["template clear"] = SetAsync,
            ["template show"] = ShowAsync,
        };

    private async Task<CommandReply> SetAsync(CommandContext context, CancellationToken cancellationToken)
    {
        CardTemplate? template = null;
        var wanted = context.Command.Find("template");
        if (wanted is not null && !CardTemplate.TryParse(wanted, out template, out var problem))
        {
            return CommandReply.Wrong(
                $"This is not a template. {MarkdownEscape.Line(problem!)}\nA template looks like "
                    + $"{MarkdownEscape.Code("{{ source }}: {{ summary | truncate: 200 }}")} and may use {string.Join(", ", CardTemplate.Names.Select(MarkdownEscape.Code))}."
            );
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

                var row = await AdminStore.CompareAsync(connection, "subscription", place.Id, ("template", wanted));
                var name = $"{MarkdownEscape.Line(place.Source, 80)} in #{MarkdownEscape.Line(place.Channel)}";
                return row is null
                    ? new Plan.Refused(
                        wanted is null ? $"{name} has no template." : $"{name} has this template already."
                    )
                    : new Plan.Change(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"subscription-{place.Id} {place.Source} in #{place.Channel}"
                        ),
                        Answers.Difference($"Cards of **{name}**", ("template", place.Template, wanted))
                            + await PreviewAsync(connection, place, template),
                        wanted is null
                            ? $"The cards of {name} have their usual look again."
                            : $"Set the template of {name}. Cards from now on follow it; older ones when they next change."
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

                all = [.. all.Where(one => one.Template is not null)];
                return CommandReply.Done(
                    all.Count == 0
                        ? "No template here: cards have their usual look. `/news help template set` shows how one is written."
                        : string.Join(
                            "\n\n",
                            all.Select(one =>
                                $"**{MarkdownEscape.Line(one.Source, 80)}** in #{MarkdownEscape.Line(one.Channel)}\n{Answers.Block(one.Template!)}"
                            )
                        )
                );
            },
            cancellationToken
        );

    private static async Task<string> PreviewAsync(
        DbConnection connection,
        SubscriptionRow place,
        CardTemplate? template
    )
    {
        if (template is null)
        {
            return "";
        }

        if (await connection.ExecuteScalarAsync<long?>(NewestStory, new { Source = place.SourceId }) is not { } story)
        {
            return "\nIt has no story yet to show this on.";
        }

        var facts = await StoryCards.FactsAsync(connection, new StoryId(story), new ChannelId(place.ChannelId));
        return $"\nIts newest story would read:\n\n**{MarkdownEscape.Line(facts.Card.Headline)}**\n{template.Render(facts) ?? "(nothing: the usual card is shown then)"}";
    }
}
