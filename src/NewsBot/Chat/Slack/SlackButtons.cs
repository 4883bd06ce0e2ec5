using System.Globalization;
using Dapper;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>Buttons and selects below our messages and in our windows. What they hold is checked like anything foreign.</summary>
internal sealed class SlackButtons(SlackRunner runner, SlackAnswers answers, SlackForms forms, Database database)
{
    private const string FindStory = """
        SELECT id, headline, slug, comment_count AS Comments FROM story
        WHERE id = @Story AND community_id = @Community AND taken_down_at IS NULL
        """;

    public Task PressAsync(SlackAsk ask, BlockAction action, bool isInView, CancellationToken cancellationToken)
    {
        var value = action.Value ?? action.SelectedOption?.Value ?? "";
        return (SlackActions.IsButton(action.ActionId) ? action.ActionId : null) switch
        {
            SlackActions.Confirm => AnswerAsync(
                inPlace: true,
                async token => SlackAnswer.Of(await runner.ConfirmAsync(ask, value, token))
            ),
            SlackActions.Cancel => AnswerAsync(
                inPlace: true,
                async token => SlackAnswer.Of(await runner.CancelAsync(ask, value, token))
            ),
            { } id when id.StartsWith(SlackActions.Run + ":", StringComparison.Ordinal) => AnswerAsync(
                inPlace: false,
                async token => SlackAnswer.Of(await runner.RunAsync(ask, value, token))
            ),
            SlackActions.OpenLogin => forms.OpenAsync(
                ask,
                isInView,
                async (asker, token) =>
                    asker.Member.Role < Core.Communities.Role.Admin
                        ? SlackViews.Result(CommandHelp.Refusal(SlackFormKinds.Verb(SlackFormKinds.Login)!))
                    : SlackLoginForm.StateOf(value) is { } state ? await forms.LoginAsync(asker, state, token)
                    : SlackViews.Result(Gone),
                cancellationToken
            ),
            { } id when id.StartsWith(SlackActions.Open + ":", StringComparison.Ordinal) => forms.OpenAsync(
                ask,
                value,
                source: null,
                isInView,
                cancellationToken
            ),
            { } id when id.StartsWith(SlackActions.MergeInto, StringComparison.Ordinal) => AnswerAsync(
                inPlace: true,
                token => MergeAsync(ask, id[SlackActions.MergeInto.Length..], value, token)
            ),
            { } id when SlackActions.StoryOf(id, value) is { } story => AnswerAsync(
                inPlace: false,
                token => DiscussAsync(ask, story, token)
            ),
            // A link tells of being followed; there is nothing to do.
            _ when action.Type == ElementTypes.Button && action.Value is null => Task.CompletedTask,
            _ => AnswerAsync(inPlace: false, _ => Task.FromResult(new SlackAnswer(Gone))),
        };

        Task AnswerAsync(bool inPlace, Func<CancellationToken, Task<SlackAnswer>> work) =>
            answers.AnswerAsync(ask, inPlace, work, cancellationToken);
    }

    private const string Gone = "This button is not known any more. Use the command again.";

    private async Task<SlackAnswer> MergeAsync(
        SlackAsk ask,
        string loser,
        string winner,
        CancellationToken cancellationToken
    ) =>
        StoryReference.Parse(loser).Story is { } from && StoryReference.Parse(winner).Story is { } into
            ? SlackAnswer.Of(await runner.RunAsync(ask, MessageWords.Merging(from, into), cancellationToken))
            : new SlackAnswer(Gone);

    private async Task<SlackAnswer> DiscussAsync(SlackAsk ask, long story, CancellationToken cancellationToken)
    {
        var found = await runner.FindAskerAsync(ask, cancellationToken);
        if (found.Value is not { } asker)
        {
            return new SlackAnswer(found.Problem);
        }

        // A card may still have the button of when communities were joined.
        var row = await database.ReadAsync(
            async connection =>
                await connection.QueryFirstOrDefaultAsync<StoryRow>(
                    FindStory,
                    new
                    {
                        Story = await StoryTwins.ResolveAsync(connection, story, asker.Room.Workspace.Community),
                        asker.Room.Workspace.Community,
                    }
                ),
            cancellationToken
        );
        if (row is null)
        {
            return new SlackAnswer("This story is not here any more.");
        }

        var page = $"[{MarkdownEscape.Line(row.Headline, 140)}]({PageAddresses.StoryPath(row.Id, row.Slug)})";
        var count = LengthOfTime.Count(row.Comments, "comment");
        if (!ask.Thread.IsEmpty)
        {
            return new SlackAnswer(
                $"You are in the discussion of {page} ({count}): write below, and it becomes a comment on the story."
            );
        }

        var thread = await LinkAsync(asker.Room, ask, cancellationToken) is { } link
            ? $"[the thread of this card](<{link}>)"
            : "the thread of this card";
        return new SlackAnswer(
            $"{page} has {count}. They are in {thread}: use *Reply in thread* below the card, and what you write becomes a comment on the story."
        );
    }

    private static async Task<string?> LinkAsync(SlackRoom room, SlackAsk ask, CancellationToken cancellationToken)
    {
        if (ask.Channel is not { } channel || ask.Message.IsEmpty)
        {
            return null;
        }

        try
        {
            var link = await room.Api.GetPermalinkAsync(channel, ask.Message, cancellationToken);
            return InThread(link, channel, ask.Message);
        }
        catch (SlackException)
        {
            // The words alone say where it is.
            return null;
        }
    }

    // With these Slack opens the thread beside the channel instead of only leading to the message.
    private static string InThread(Uri link, string channel, SlackTs message) =>
        link.Query.Length > 0
            ? link.AbsoluteUri
            : string.Create(CultureInfo.InvariantCulture, $"{link.AbsoluteUri}?thread_ts={message}&cid={channel}");

    private sealed class StoryRow
    {
        public required long Id { get; init; }
        public required string Headline { get; init; }
        public required string Slug { get; init; }
        public required long Comments { get; init; }
    }
}
