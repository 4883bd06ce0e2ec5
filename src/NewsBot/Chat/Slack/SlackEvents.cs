using System.Text;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;

namespace NewsBot.Chat.Slack;

/// <summary>Hands each stored event to whom it concerns. Returning means that it is settled.</summary>
internal sealed partial class SlackEvents(
    SlackReplies replies,
    ChatReactions reactions,
    SlackChannelLife life,
    SlackInstalls installs,
    [FromKeyedServices(ChatRereads.Slack)] ChatRereads rereads,
    ILogger<SlackEvents> logger
)
{
    /// <summary>Takes one envelope.</summary>
    /// <param name="json">The envelope.</param>
    /// <param name="isLate">Whether what it tells of may have been read, and be gone, since.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <exception cref="ReplyTooEarlyException">It answers something of ours that is not stored yet.</exception>
    /// <exception cref="SlackException">Slack has to be asked, and does not answer.</exception>
    public Task TakeAsync(string json, bool isLate, CancellationToken cancellationToken)
    {
        if (SlackJson.Read<EventEnvelope>(Encoding.UTF8.GetBytes(json)) is not { } envelope)
        {
            return Task.CompletedTask;
        }

        var team = envelope.InstallTeamId ?? "";
        switch (envelope.EventType)
        {
            case "message":
                return envelope.Read<Message>() is { } message
                    ? TakeAsync(team, message, envelope.IsExtSharedChannel, isLate, cancellationToken)
                    : Unreadable(envelope);
            case "reaction_added" or "reaction_removed":
                return envelope.Read<ReactionEvent>() is { Item.Type: "message" } reaction
                    ? ReactAsync(reaction, envelope.EventType == "reaction_added", cancellationToken)
                    : Task.CompletedTask;
            case "app_uninstalled":
                return installs.VerifyAsync(team, cancellationToken);
            case "tokens_revoked":
                return envelope.Read<TokensRevoked>() is { Tokens.Bot.Count: > 0 }
                    ? installs.VerifyAsync(team, cancellationToken)
                    : Task.CompletedTask;
            case "channel_id_changed":
                return envelope.Read<ChannelIdChanged>() is { OldChannelId: { } old, NewChannelId: { } changed }
                    ? life.ChangeIdAsync(old, changed, cancellationToken)
                    : Unreadable(envelope);
            default:
                return envelope.Read<ChannelEvent>() is { Channel.Id: not null } change
                    ? life.TakeAsync(team, envelope.EventType, change, cancellationToken)
                    : Unreadable(envelope);
        }
    }

    private Task TakeAsync(
        string team,
        Message message,
        bool isShared,
        bool isLate,
        CancellationToken cancellationToken
    )
    {
        var channel = message.Channel ?? "";
        switch (message.Subtype)
        {
            case MessageSubtypes.Changed:
                return message.Inner is { } changed
                    ? ChangeAsync(team, message, changed with { Channel = channel }, isShared, cancellationToken)
                    : Task.CompletedTask;
            case MessageSubtypes.Deleted:
                var gone = message.DeletedTs.IsEmpty ? message.PreviousMessage?.Ts ?? default : message.DeletedTs;
                return replies.DeleteAsync(channel, [gone], cancellationToken);
            case "channel_convert_to_private" or "group_convert_to_private":
                return life.CloseAsync(team, channel, cancellationToken);
            default:
                return ReplyAsync(new SlackReply(team, channel, message, isShared), isLate, cancellationToken);
        }
    }

    private async Task ReplyAsync(SlackReply reply, bool isLate, CancellationToken cancellationToken)
    {
        await replies.TakeAsync(reply, cancellationToken);
        if (isLate)
        {
            // Its end may have been told in vain, and its thread been read when it was gone already.
            rereads.NoteLate(reply.Message.Ts.Text);
        }
    }

    /// <summary>
    /// A message changes for many reasons: a preview was added below it, or its thread has a new reply. Only what its
    /// author did matters.
    /// </summary>
    private Task ChangeAsync(
        string team,
        Message change,
        Message now,
        bool isShared,
        CancellationToken cancellationToken
    )
    {
        if (now.IsTombstone)
        {
            return replies.DeleteAsync(now.Channel!, [now.Ts], cancellationToken);
        }

        if (SlackReader.ChangedAt(change, now) is not { } changedAt)
        {
            return Task.CompletedTask;
        }

        // Before it is taken: what was read a moment ago must not undo it.
        rereads.NoteChange(now.Ts.Text);
        return replies.TakeAsync(
            new SlackReply(team, now.Channel!, now, isShared) { ChangedAt = changedAt },
            cancellationToken
        );
    }

    private async Task ReactAsync(ReactionEvent reaction, bool isAdded, CancellationToken cancellationToken)
    {
        var message = reaction.Item!.Ts.Text;
        await reactions.TakeAsync(
            new ReactionChange(
                "slack",
                reaction.Item.Channel,
                message,
                isAdded ? ReactionKind.Add : ReactionKind.Remove,
                SlackEmoji.Counted(reaction.Reaction),
                reaction.User
            )
            {
                IsBot = installs.IsSelf(reaction.User, null),
            },
            cancellationToken
        );
        rereads.NoteChange(message);
    }

    private Task Unreadable(EventEnvelope envelope)
    {
        // Trying it again would not make it any better.
        LogUnreadable(envelope.EventType);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "A {Type} of Slack cannot be read; it is left")]
    private partial void LogUnreadable(string type);
}
