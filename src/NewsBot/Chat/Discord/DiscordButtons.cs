using Dapper;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Buttons and selects below our messages. What their ids say is checked like anything foreign.</summary>
internal sealed class DiscordButtons(
    DiscordRunner runner,
    DiscordMessageCommands messages,
    DiscordAnswers answers,
    OpenDiscussion open,
    Database database
)
{
    public Task PressAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var id = DiscordActions.IsButton(interaction.Data?.CustomId) ? interaction.Data!.CustomId! : "";
        return id switch
        {
            _ when id.StartsWith(DiscordActions.Confirm, StringComparison.Ordinal) => AnswerAsync(
                inPlace: true,
                async token =>
                    DiscordAnswer.Of(await runner.ConfirmAsync(interaction, id[DiscordActions.Confirm.Length..], token))
            ),
            _ when id.StartsWith(DiscordActions.Cancel, StringComparison.Ordinal) => AnswerAsync(
                inPlace: true,
                async token =>
                    DiscordAnswer.Of(await runner.CancelAsync(interaction, id[DiscordActions.Cancel.Length..], token))
            ),
            _ when id.StartsWith(DiscordActions.Run, StringComparison.Ordinal) => AnswerAsync(
                inPlace: false,
                async token =>
                    DiscordAnswer.Of(await runner.RunAsync(interaction, id[DiscordActions.Run.Length..], token))
            ),
            _ when id.StartsWith(DiscordActions.Merge, StringComparison.Ordinal) => AnswerAsync(
                inPlace: true,
                token => messages.MergeAsync(interaction, token)
            ),
            _ when MessageTarget.StoryOf(id) is { } story => AnswerAsync(
                inPlace: false,
                token => DiscussAsync(interaction, story, token)
            ),
            _ => AnswerAsync(
                inPlace: false,
                _ => Task.FromResult(new DiscordAnswer("This button is not known any more. Use the command again."))
            ),
        };

        Task AnswerAsync(bool inPlace, Func<CancellationToken, Task<DiscordAnswer>> work) =>
            answers.AnswerAsync(interaction, inPlace, work, cancellationToken);
    }

    private async Task<DiscordAnswer> DiscussAsync(
        Interaction interaction,
        long story,
        CancellationToken cancellationToken
    )
    {
        const string Reply = "Reply to the card itself: your reply becomes a comment on the story.";
        var asker = await database.ReadAsync(
            connection => DiscordAsker.FindAsync(connection, interaction),
            cancellationToken
        );
        if (asker is null)
        {
            return new DiscordAnswer(DiscordRunner.Elsewhere);
        }

        // A card may still have the button of when communities were joined.
        story = await database.ReadAsync(
            async connection =>
                await connection.ExecuteScalarAsync<long>(
                    "SELECT id FROM story WHERE id = @Id AND community_id = @Community AND taken_down_at IS NULL",
                    new
                    {
                        Id = await StoryTwins.ResolveAsync(connection, story, asker.Workspace.Community),
                        asker.Workspace.Community,
                    }
                ),
            cancellationToken
        );
        if (story == 0)
        {
            return new DiscordAnswer("This story is not here any more.");
        }

        // The post of a forum is the discussion, and its card stands in it.
        if (asker.Thread is not null)
        {
            return new DiscordAnswer("You are in the discussion: write below, and it becomes a comment on the story.");
        }

        return asker.Channel is { } channel && await open(channel, new StoryId(story), cancellationToken) is { } thread
            ? new DiscordAnswer(
                $"The discussion is in <#{thread}>. What you write there becomes a comment on the story."
            )
            : new DiscordAnswer($"No thread can be opened here. {Reply}");
    }
}
