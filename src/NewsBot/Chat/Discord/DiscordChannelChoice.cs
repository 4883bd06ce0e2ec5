using System.Data.Common;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Makes the channel an admin means one of ours: the one they chose, else the one they stand in.</summary>
internal sealed class DiscordChannelChoice(Database database, DiscordRest rest, DiscordGuilds guilds, TimeProvider time)
{
    /// <param name="interaction">What was used, with the channel it was used in.</param>
    /// <param name="asker">An admin.</param>
    /// <param name="chosen">Discord's id of the channel named; null where none was.</param>
    /// <param name="cancellationToken">Cancels the questions to Discord.</param>
    /// <returns>The channel, or the sentence that says why stories cannot come there.</returns>
    public async Task<Found<ChosenChannel>> KeepAsync(
        Interaction interaction,
        DiscordAsker asker,
        Snowflake? chosen,
        CancellationToken cancellationToken
    )
    {
        if ((chosen ?? asker.Thread ?? asker.Place ?? interaction.ChannelId) is not { } id)
        {
            return new Found<ChosenChannel>(null, "Discord did not say which channel is meant. Name one.");
        }

        var channel = Known(interaction, id) ?? await rest.GetChannelAsync(id, cancellationToken);
        if (channel is { IsThread: true, ParentId: { } parent })
        {
            channel = await rest.GetChannelAsync(parent, cancellationToken);
        }

        if (channel.GuildId is { } guild && guild != interaction.GuildId)
        {
            return new Found<ChosenChannel>(null, "That channel is in another server. Use the command there.");
        }

        if (!DiscordCatalogue.Postable.Contains(channel.Type))
        {
            return new Found<ChosenChannel>(
                null,
                $"Stories cannot be posted in {MarkdownEscape.Line(channel.Name ?? "this channel", 60)}. Choose a text, announcement, forum or media channel."
            );
        }

        var kept = await database.WriteAsync(
            connection => KeepAsync(connection, asker.Workspace, channel, interaction.GuildId),
            cancellationToken
        );
        return new Found<ChosenChannel>(new ChosenChannel(kept), "");
    }

    private async Task<ChannelId> KeepAsync(
        DbConnection connection,
        ChatWorkspace workspace,
        Channel channel,
        Snowflake? guild
    )
    {
        var now = time.GetUtcNow();
        var kept = await DiscordPlaces.KeepChannelAsync(connection, workspace, channel, now);
        // An admin who is about to publish it has to hear that it cannot be.
        if (guild is { } id && guilds.IsOpenToAll(id, channel.Id) is { } isOpen)
        {
            await DiscordPlaces.ShowPrivacyAsync(connection, kept, isOpen, now);
        }

        return kept;
    }

    private static Channel? Known(Interaction interaction, Snowflake id) =>
        interaction.Data?.Resolved?.Channels?.GetValueOrDefault(id.ToString()) is { Name: not null } chosen ? chosen
        : interaction.Channel is { Name: not null } here && here.Id == id ? here
        : null;
}

/// <summary>A channel of ours.</summary>
internal sealed record ChosenChannel(ChannelId Id);
