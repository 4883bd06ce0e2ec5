using Microsoft.Extensions.Options;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Commands;
using NewsBot.Storage;
using NewsBot.Web;
using Role = NewsBot.Core.Communities.Role;

namespace NewsBot.Chat.Slack;

/// <summary>What the menu of a message offers: its number and link, answering it, hiding it, merging its story into another.</summary>
internal sealed class SlackMessageCommands(
    SlackRunner runner,
    SlackAnswers answers,
    SlackAnswerForm form,
    Database database,
    IOptions<WebOptions> web
)
{
    public Task RunAsync(SlackAsk ask, string? callback, Message? message, CancellationToken cancellationToken) =>
        callback == SlackActions.AnswerShortcut
            ? form.OpenAsync(ask, message, cancellationToken)
            : answers.AnswerAsync(
                ask,
                inPlace: false,
                token => FindAsync(ask, callback, message, token),
                cancellationToken
            );

    private async Task<SlackAnswer> FindAsync(
        SlackAsk ask,
        string? callback,
        Message? message,
        CancellationToken cancellationToken
    )
    {
        var found = await runner.KeepAskerAsync(ask, cancellationToken);
        if (found.Value is not { } asker)
        {
            return new SlackAnswer(found.Problem);
        }

        if (ask is not { Channel: { } channel, Message: { IsEmpty: false } ts })
        {
            return new SlackAnswer("Slack did not say which message is meant. Try again.");
        }

        var what = await database.ReadAsync(
            connection =>
                MessageTarget.FindAsync(
                    connection,
                    asker.Room.Workspace,
                    SlackTarget.KeyOf(channel, ts, message, ask.Thread)
                ),
            cancellationToken
        );
        return callback switch
        {
            SlackActions.NumberShortcut => new SlackAnswer(
                MessageWords.Describe(
                    what,
                    await PlaceAsync(asker.Room, ask, cancellationToken),
                    "use *Answer this comment* in its menu"
                )
            ),
            SlackActions.HideShortcut when asker.Member.Role < Role.Moderator => new SlackAnswer(
                CommandHelp.Refusal(MessageWords.Hide)
            ),
            SlackActions.HideShortcut => MessageWords.Hiding(what) is { } hiding
                ? SlackAnswer.Of(await runner.RunAsync(ask, hiding, cancellationToken))
                : new SlackAnswer(MessageWords.NothingToHide),
            SlackActions.MergeShortcut => Choose(asker, what),
            _ => new SlackAnswer("This shortcut is gone. Whoever runs the newsroom can update the app's manifest."),
        };
    }

    // Where nobody reaches our pages, the message itself is what can be linked.
    private async Task<string?> PlaceAsync(SlackRoom room, SlackAsk ask, CancellationToken cancellationToken)
    {
        if (web.Value.PublicUrl is not null)
        {
            return null;
        }

        try
        {
            var link = await room.Api.GetPermalinkAsync(ask.Channel!, ask.Message, cancellationToken);
            return $"<{link.AbsoluteUri}>";
        }
        catch (SlackException)
        {
            return "this message";
        }
    }

    private static SlackAnswer Choose(SlackAsker asker, MessageTarget what) =>
        asker.Member.Role < Role.Moderator ? new SlackAnswer(CommandHelp.Refusal(MessageWords.Merge))
        : what.Story is not { } loser ? new SlackAnswer(MessageWords.NoCard)
        : new SlackAnswer(MessageWords.WhichStory(what))
        {
            Rows =
            [
                Block.Actions(
                    new Element(ElementTypes.ExternalSelect)
                    {
                        ActionId = FormattableString.Invariant($"{SlackActions.MergeInto}{loser}"),
                        Placeholder = TextObject.Plain("The story that goes on"),
                        MinQueryLength = 0,
                    }
                ),
            ],
        };
}
