using NewsBot.Clients.Discord.Objects;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Suggests values while somebody types into Discord's menu.</summary>
internal sealed class DiscordAutocomplete(Database database, CommandSuggestions suggestions)
{
    /// <summary>Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure</summary>
    public static readonly SuggestionLimits Limits = new(Most: 25, MaxLabel: 100, MaxValue: 100);

    /// <returns>At most 25; none where the asker may not use the command.</returns>
    public async Task<IReadOnlyList<CommandChoice>> FindAsync(
        Interaction interaction,
        CancellationToken cancellationToken
    )
    {
        if (
            interaction.Data is not { } data
            || DiscordInput.Read(data) is not { Focused: { } focused } input
            || await database.ReadAsync(
                connection => DiscordAsker.FindAsync(connection, interaction),
                cancellationToken
            )
                is not { } asker
        )
        {
            return [];
        }

        var found = await suggestions.FindAsync(
            input.Spec,
            focused,
            input.Text(focused) ?? "",
            asker.Member,
            asker.Channel,
            Limits,
            cancellationToken
        );
        return [.. found.Select(one => CommandChoice.Of(one.Label, one.Value))];
    }
}
