using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Commands;

namespace NewsBot.Chat.Slack;

/// <summary>Fills the selects of windows and messages while somebody types into them.</summary>
internal sealed class SlackAutocomplete(SlackRunner runner, CommandSuggestions suggestions)
{
    /// <summary>Source: https://docs.slack.dev/reference/block-kit/composition-objects/option-object</summary>
    public static readonly SuggestionLimits Limits = new(Most: 100, MaxLabel: 75, MaxValue: 150);

    private static readonly CommandSpec Sources = Catalogue.Find("pause")!;

    /// <returns>At most 100; none where the asker may not use what the select is for.</returns>
    public async Task<OptionsResponse> FindAsync(
        SlackAsk ask,
        string? actionId,
        string typed,
        CancellationToken cancellationToken
    )
    {
        if (!SlackActions.IsSelect(actionId))
        {
            return Response([]);
        }

        if (actionId == SlackFormFields.Zone)
        {
            return Response(CommandSuggestions.Zones(typed, Limits));
        }

        var (command, place) = actionId switch
        {
            SlackFormFields.Source => (Sources, "source"),
            not null when actionId.StartsWith(SlackActions.MergeInto, StringComparison.Ordinal) => (
                MessageWords.Merge,
                "winner"
            ),
            _ => (null, ""),
        };
        if (command is null || await runner.FindAskerAsync(ask, cancellationToken) is not { Value: { } asker })
        {
            return Response([]);
        }

        var found = await suggestions.FindAsync(
            command,
            place,
            typed,
            asker.Member,
            asker.Channel,
            Limits,
            cancellationToken
        );
        return Response(found.Where(one => actionId != SlackActions.MergeInto + one.Value));
    }

    private static OptionsResponse Response(IEnumerable<Suggestion> found) =>
        new([.. found.Select(one => new OptionObject(TextObject.Plain(one.Label) with { Emoji = false }, one.Value))]);
}
