using System.Globalization;
using Microsoft.Extensions.Options;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
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
    /// <summary>Begins the id of the select that names the story to merge into.</summary>
    public const string MergeSelect = "merge:";

    private const int MostStories = 25;
    private const int MaxLabel = 100;

    private static readonly CommandSpec Hide = Catalogue.Find("hide")!;
    private static readonly CommandSpec Merge = Catalogue.Find("merge")!;

    public Task RunAsync(Interaction interaction, CancellationToken cancellationToken) =>
        answers.AnswerAsync(interaction, inPlace: false, token => FindAsync(interaction, token), cancellationToken);

    /// <summary>Merges the story of a card into the one that was chosen.</summary>
    public async Task<DiscordAnswer> MergeAsync(Interaction interaction, CancellationToken cancellationToken) =>
        interaction.Data is { CustomId: { } id, Values: [var winner] }
        && StoryReference.Parse(id[MergeSelect.Length..]).Story is { } loser
        && StoryReference.Parse(winner).Story is { } other
            ? DiscordAnswer.Of(
                await runner.RunAsync(
                    interaction,
                    new TypedCommand(
                        Merge,
                        new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["loser"] = Text(loser),
                            ["winner"] = Text(other),
                        }
                    ),
                    cancellationToken
                )
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
            connection => DiscordTarget.FindAsync(connection, asker.Workspace, message),
            cancellationToken
        );
        return data.Name switch
        {
            DiscordCatalogue.NumberAndLink => new DiscordAnswer(Describe(what, Place(interaction, message))),
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

    private static string Describe(DiscordTarget what, string? place)
    {
        if (what.Story is not { } story)
        {
            return "This message is neither a story nor a comment on one. Reply to a story's card, or write in its thread, and it becomes one.";
        }

        if (what.Comment is not { } number)
        {
            return what.IsCard
                ? $"This is the card of {Link(what)}. A reply to it, or a message in its thread, is a comment."
                : $"This message belongs to {Link(what)}, but it is no comment: it was written before the thread was followed, or by a program.";
        }

        var answered =
            what.Parent == 0
                ? "It answers the story."
                : string.Create(CultureInfo.InvariantCulture, $"It answers #{what.Parent}.");
        var link =
            place
            ?? string.Create(
                CultureInfo.InvariantCulture,
                $"[its place on the page](/stories/{story}/comments/{number})"
            );
        var hidden = what.IsHidden ? " A moderator has hidden it on the page." : "";
        var copy = what.IsCopy ? " (a copy: it was written elsewhere)" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Comment **#{number}**{copy} on {Link(what)}: {link}. {answered}{hidden}\nTo answer it, reply to this message, or begin yours with `#{number}`."
        );
    }

    private async Task<DiscordAnswer> HideAsync(
        Interaction interaction,
        DiscordAsker asker,
        DiscordTarget what,
        CancellationToken cancellationToken
    )
    {
        if (asker.Member.Role < Role.Moderator)
        {
            return new DiscordAnswer(CommandHelp.Refusal(Hide));
        }

        return what is not { Story: { } story, Comment: { } number }
            ? new DiscordAnswer(
                "This message is no comment, so there is nothing to hide. `/news takedown` removes a whole story."
            )
            : DiscordAnswer.Of(
                await runner.RunAsync(
                    interaction,
                    new TypedCommand(
                        Hide,
                        new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["comment"] = string.Create(CultureInfo.InvariantCulture, $"{story}#{number}"),
                        }
                    ),
                    cancellationToken
                )
            );
    }

    private async Task<DiscordAnswer> ChooseAsync(
        DiscordAsker asker,
        DiscordTarget what,
        CancellationToken cancellationToken
    )
    {
        if (asker.Member.Role < Role.Moderator)
        {
            return new DiscordAnswer(CommandHelp.Refusal(Merge));
        }

        if (what.Story is not { } loser)
        {
            return new DiscordAnswer("This message is no story's card.");
        }

        var stories = await database.ReadAsync(
            connection => AdminStore.LatestAsync(connection, asker.Workspace.Community, MostStories + 1),
            cancellationToken
        );
        var options = stories
            .Where(story => story.Id != loser)
            .Take(MostStories)
            .Select(story => new SelectOption(
                DiscordAnswer.Cut(story.Headline.Length == 0 ? Text(story.Id) : story.Headline, MaxLabel),
                Text(story.Id),
                DiscordAnswer.Cut($"{Text(story.Id)} · {story.Source}", MaxLabel)
            ))
            .ToList();
        return options.Count == 0
            ? new DiscordAnswer("There is no other story to merge it into.")
            : new DiscordAnswer($"Into which story is {Link(what)} to be merged? For an older one use `/news merge`.")
            {
                Rows =
                [
                    DiscordAnswer.Row([
                        new Component(ComponentType.StringSelect)
                        {
                            CustomId = MergeSelect + Text(loser),
                            Placeholder = "The story that goes on",
                            Options = options,
                        },
                    ]),
                ],
            };
    }

    private static string Link(DiscordTarget what) =>
        $"[{MarkdownEscape.Line(what.Headline, 140)}]({PageAddresses.StoryPath(what.Story ?? 0, what.Slug)})";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
