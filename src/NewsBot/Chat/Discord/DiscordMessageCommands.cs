using System.Globalization;
using Microsoft.Extensions.Options;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Commands;
using NewsBot.Storage;
using NewsBot.Web;
using Role = NewsBot.Core.Communities.Role;

namespace NewsBot.Chat.Discord;

/// <summary>What the menu of a message offers: its number and link, hiding it, merging its story into another.</summary>
internal sealed class DiscordMessageCommands(
    DiscordRunner runner,
    DiscordAnswers answers,
    Database database,
    IOptions<WebOptions> web
)
{
    private const int MostStories = 25;
    private const int MaxLabel = 100;

    public Task RunAsync(Interaction interaction, CancellationToken cancellationToken) =>
        answers.AnswerAsync(interaction, inPlace: false, token => FindAsync(interaction, token), cancellationToken);

    /// <summary>Merges the story of a card into the one that was chosen.</summary>
    public async Task<DiscordAnswer> MergeAsync(Interaction interaction, CancellationToken cancellationToken) =>
        interaction.Data is { CustomId: { } id, Values: [var winner] }
        && StoryReference.Parse(id[DiscordActions.Merge.Length..]).Story is { } loser
        && StoryReference.Parse(winner).Story is { } other
            ? DiscordAnswer.Of(
                await runner.RunAsync(interaction, MessageWords.Merging(loser, other), cancellationToken)
            )
            : new DiscordAnswer("This list is not known any more. Use the command again.");

    private async Task<DiscordAnswer> FindAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        if (await runner.KeepAskerAsync(interaction, cancellationToken) is not { } asker)
        {
            return new DiscordAnswer(DiscordRunner.Elsewhere);
        }

        if (
            interaction.Data is not { TargetId: { } target } data
            || data.Resolved?.Messages?.GetValueOrDefault(target.ToString()) is not { } message
        )
        {
            return new DiscordAnswer("Discord did not say which message is meant. Try again.");
        }

        var what = await database.ReadAsync(
            connection => MessageTarget.FindAsync(connection, asker.Workspace, DiscordTarget.KeyOf(message)),
            cancellationToken
        );
        return data.Name switch
        {
            DiscordCatalogue.NumberAndLink => new DiscordAnswer(
                MessageWords.Describe(what, Place(interaction, message), "reply to this message")
            ),
            DiscordCatalogue.Hide => await HideAsync(interaction, asker, what, cancellationToken),
            DiscordCatalogue.MergeInto => await ChooseAsync(asker, what, cancellationToken),
            _ => new DiscordAnswer("This command is gone. Restart Discord to see the present ones."),
        };
    }

    // Where nobody reaches our pages, the message itself is what can be linked.
    private string? Place(Interaction interaction, Message message) =>
        web.Value.PublicUrl is null
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"<https://discord.com/channels/{interaction.GuildId}/{message.ChannelId}/{message.Id}>"
            )
            : null;

    private async Task<DiscordAnswer> HideAsync(
        Interaction interaction,
        DiscordAsker asker,
        MessageTarget what,
        CancellationToken cancellationToken
    )
    {
        if (asker.Member.Role < Role.Moderator)
        {
            return new DiscordAnswer(CommandHelp.Refusal(MessageWords.Hide));
        }

        return MessageWords.Hiding(what) is { } hiding
            ? DiscordAnswer.Of(await runner.RunAsync(interaction, hiding, cancellationToken))
            : new DiscordAnswer(MessageWords.NothingToHide);
    }

    private async Task<DiscordAnswer> ChooseAsync(
        DiscordAsker asker,
        MessageTarget what,
        CancellationToken cancellationToken
    )
    {
        if (asker.Member.Role < Role.Moderator)
        {
            return new DiscordAnswer(CommandHelp.Refusal(MessageWords.Merge));
        }

        if (what.Story is not { } loser)
        {
            return new DiscordAnswer(MessageWords.NoCard);
        }

        var stories = await database.ReadAsync(
            connection => AdminStore.LatestAsync(connection, asker.Workspace.Community, MostStories + 1),
            cancellationToken
        );
        var options = stories
            .Where(story => story.Id != loser)
            .Take(MostStories)
            .Select(story => new SelectOption(
                Shortened.To(story.Headline.Length == 0 ? Text(story.Id) : story.Headline, MaxLabel),
                Text(story.Id),
                Shortened.To($"{Text(story.Id)} · {story.Source}", MaxLabel)
            ))
            .ToList();
        return options.Count == 0
            ? new DiscordAnswer(MessageWords.NoOtherStory)
            : new DiscordAnswer(MessageWords.WhichStory(what))
            {
                Rows =
                [
                    DiscordAnswer.Row([
                        new Component(ComponentType.StringSelect)
                        {
                            CustomId = DiscordActions.Merge + Text(loser),
                            Placeholder = "The story that goes on",
                            Options = options,
                        },
                    ]),
                ],
            };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
