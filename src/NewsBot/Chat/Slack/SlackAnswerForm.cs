using System.Globalization;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Comments;
using NewsBot.Core.Text;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>
/// *Answer this comment*: threads of Slack are flat, so a window says which comment is answered. Used on a comment that was
/// written like this by the same person, it changes that comment.
/// </summary>
internal sealed class SlackAnswerForm(
    SlackForms forms,
    SlackRunner runner,
    SlackWrittenAnswers written,
    AnswerLinks links,
    Database database,
    LiveUpdates live,
    PostPump pump
)
{
    /// <summary>Shows the form, or says what is wrong.</summary>
    public Task OpenAsync(SlackAsk ask, Message? message, CancellationToken cancellationToken) =>
        forms.OpenAsync(ask, onTop: false, (asker, token) => BuildAsync(ask, asker, message, token), cancellationToken);

    /// <summary>Takes what was written: a comment in the ledger, and a message in the thread under its author's name.</summary>
    public async Task<SlackSubmitted> SubmitAsync(
        SlackAsk ask,
        SlackFormState state,
        SlackFormFields fields,
        CancellationToken cancellationToken
    )
    {
        var found = await runner.KeepAskerAsync(ask, cancellationToken);
        if (found.Value is not { } asker)
        {
            return Wrong(found.Problem);
        }

        if (state is not { Channel: { } channel, Message: { } message } || fields.ViewId is not { Length: > 0 } view)
        {
            return Wrong("This form is not known any more. Use the shortcut again.");
        }

        var outcome = await written.TakeAsync(
            asker,
            ask.User,
            SlackTarget.KeyOf(channel, new SlackTs(message), null, new SlackTs(state.Thread)),
            $"{CommentMessage.WindowPrefix}{view}",
            fields.Raw(SlackFormFields.Text),
            cancellationToken
        );
        if (outcome.Story is { } story)
        {
            live.Publish(new LiveUpdate(null, story));
            pump.Wake();
        }

        var words = await links.ResolveAsync(outcome.Markdown, cancellationToken);
        return outcome.Story is null ? Wrong(words) : new SlackSubmitted.Next(SlackViews.Result(words));
    }

    private async Task<View> BuildAsync(
        SlackAsk ask,
        SlackAsker asker,
        Message? message,
        CancellationToken cancellationToken
    )
    {
        if (ask is not { Channel: { } channel, Message: { IsEmpty: false } ts })
        {
            return SlackViews.Result("Slack did not say which message is meant. Try again.");
        }

        var key = SlackTarget.KeyOf(channel, ts, message, ask.Thread);
        var (what, quoted, own) = await database.ReadAsync(
            async connection =>
            {
                var target = await MessageTarget.FindAsync(connection, asker.Room.Workspace, key);
                return (
                    target,
                    await SlackWrittenAnswers.QuoteAsync(connection, target),
                    await SlackWrittenAnswers.OwnAsync(connection, asker, key)
                );
            },
            cancellationToken
        );
        if (what.Story is null || (what.Comment is null && !what.IsCard))
        {
            return SlackViews.Result(
                await links.ResolveAsync(MessageWords.Describe(what, null, "reply to it"), cancellationToken)
            );
        }

        var state = new SlackFormState(Channel: channel, Thread: key.Thread ?? key.Id, Message: key.Id);
        return own is not null
            ? SlackFormViews.Answer(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"This is your comment **#{what.Comment}**. To answer it, write in the thread and begin with `#{what.Comment}`."
                ),
                own.Body,
                state
            )
            : SlackFormViews.Answer(quoted ?? $"> {MarkdownEscape.Line(what.Headline, 300)}", null, state);
    }

    private static SlackSubmitted Wrong(string markdown) => new SlackSubmitted.Wrong(SlackFormFields.Text, markdown);
}
