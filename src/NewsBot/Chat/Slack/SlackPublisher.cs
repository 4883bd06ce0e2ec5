using Microsoft.Extensions.Options;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Posts into Slack. Sending the same post twice leaves one message, although Slack knows no key to recognise it by:
/// before every later try the channel's history is searched for the key in our messages' metadata, and it is not sent again
/// while the call before may still be under way.
/// </summary>
internal sealed partial class SlackPublisher(
    SlackInstalls installs,
    ChatPosts posts,
    SlackJoin join,
    SlackSender sender,
    SlackCopies copies,
    IOptions<SlackOptions> options,
    IOptions<WebOptions> web,
    TimeProvider time,
    ILogger<SlackPublisher> logger
) : IPublisher
{
    // Changes of a workspace share fifty a minute; from this many left on, they are kept for what must be corrected.
    private const int LeftForCorrections = 25;

    // Whoever edits without end must not keep a moderator's word waiting.
    private const int LeftForRemovals = 10;

    // Cards go on standing in such a channel.
    private const string NoThreads = "restricted_action_non_threadable_channel";

    private const string Removed = "This message was removed.";

    // A minute's changes come back one by one.
    private static readonly TimeSpan CountsPause = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan EditsPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RenewedPause = TimeSpan.FromSeconds(1);

    private readonly SlackRemedy _remedy = SlackRemedy.Of(options.Value, web.Value);

    public Platform Platform => Platform.Slack;

    public async Task<PublishOutcome> PublishAsync(OutgoingPost post, CancellationToken cancellationToken)
    {
        var loaded = await posts.LoadAsync(post, cancellationToken);
        try
        {
            return await installs.FindAsync(loaded.Workspace, cancellationToken) is not { } install
                    ? new PublishOutcome.ChannelGone(
                        $"The app is not installed in this workspace of Slack any more. {_remedy.NewToken}"
                    )
                : post.Priority > 0 && install.Api.UpdatesLeft <= LeftForCorrections
                    ? new PublishOutcome.Postponed(CountsPause)
                : IsLessUrgent(post) && install.Api.UpdatesLeft <= LeftForRemovals
                    ? new PublishOutcome.Postponed(EditsPause)
                : await PublishAsync(loaded, install, cancellationToken);
        }
        catch (SlackException error)
        {
            LogRefused(post.Id, error.Method, error.Code);
            if (error.Code == NoThreads)
            {
                return new PublishOutcome.Rejected("The channel takes no replies.");
            }

            return await installs.NoticeAsync(loaded.Workspace, error, cancellationToken)
                ? new PublishOutcome.Throttled(RenewedPause)
                : SlackFailures.Outcome(error, loaded.ChannelName, _remedy);
        }
    }

    private async Task<PublishOutcome> PublishAsync(
        ChatPost post,
        SlackInstall install,
        CancellationToken cancellationToken
    )
    {
        var known = Of(post, install);
        if (post.Outgoing.Operation is PostOperation.Create)
        {
            return await CreateAsync(post, known, install, cancellationToken);
        }

        if (known.Message.IsEmpty)
        {
            return new PublishOutcome.Rejected("The message it changes has no id that Slack knows.");
        }

        return (post.Outgoing.Operation, post.Outgoing.Body) switch
        {
            (PostOperation.Edit, PostBody.Copy) => await copies.EditAsync(known, install, cancellationToken),
            (_, PostBody.Copy) => await copies.DeleteAsync(known, install, cancellationToken),
            (PostOperation.Edit, _) => await EditAsync(known, install.Api, cancellationToken),
            _ => await DeleteAsync(known, install.Api, cancellationToken),
        };
    }

    private static bool IsLessUrgent(OutgoingPost post) =>
        post is { Operation: PostOperation.Edit, Body: PostBody.Copy { Comment: { State: CopyState.Shown } } };

    private SlackPost Of(ChatPost post, SlackInstall install) => SlackPost.Of(post, install.Url, web.Value.PublicUrl);

    private async Task<PublishOutcome> CreateAsync(
        ChatPost loaded,
        SlackPost known,
        SlackInstall install,
        CancellationToken cancellationToken
    )
    {
        if (known is { IsInThread: true, Thread.IsEmpty: true })
        {
            return new PublishOutcome.Rejected("The story has no card in this channel to write below.");
        }

        var (outgoing, channel) = (known.Outgoing, known.View.Channel);
        if (
            outgoing.TriedSince is { } since
            && await join.ActAsync(
                install.Api,
                channel,
                token => SlackLookBack.FindAsync(install, channel, known.Thread, outgoing.Key, since, token),
                cancellationToken
            )
                is { } found
        )
        {
            var hasPicture = SlackForm.HasPicture(found.Blocks);
            return new PublishOutcome.Sent(found.Ts.Text) { Picture = hasPicture ? loaded.Picture?.Id : null };
        }

        if (outgoing.UnderWay(time.GetUtcNow()) is var left && left > TimeSpan.Zero)
        {
            return new PublishOutcome.Postponed(left);
        }

        if (outgoing.Body is PostBody.Copy)
        {
            return await copies.CreateAsync(known, install, cancellationToken);
        }

        var post = web.Value.PublicUrl is null
            ? known
            : Of(await posts.WaitForPictureAsync(loaded, cancellationToken), install);
        var sent = await sender.PostAsync(post, install.Api, cancellationToken);
        return new PublishOutcome.Sent(sent.Posted.Ts.Text) { Picture = sent.Form.Picture };
    }

    private async Task<PublishOutcome> EditAsync(SlackPost post, SlackWebApi api, CancellationToken cancellationToken)
    {
        var sent = await sender.ChangeAsync(post, post.Message, api, cancellationToken);
        return new PublishOutcome.Sent(post.Message.Text) { Picture = sent.Form.Picture };
    }

    private async Task<PublishOutcome> DeleteAsync(SlackPost post, SlackWebApi api, CancellationToken cancellationToken)
    {
        try
        {
            await sender.DeleteAsync(post, post.Message, api, cancellationToken);
        }
        catch (SlackException error) when (error.Kind is SlackErrorKind.MessageGone)
        {
            // It is gone, which is what was asked for.
        }
        catch (SlackException error) when (error.Kind is SlackErrorKind.Unchangeable)
        {
            LogKept(post.Outgoing.Id, error.Code);
            await EmptyAsync(post, api, cancellationToken);
        }

        return new PublishOutcome.Sent(post.Outgoing.MessageId ?? "");
    }

    // Where a workspace keeps messages for its records, nothing of the text stays to be read.
    private static Task EmptyAsync(SlackPost post, SlackWebApi api, CancellationToken cancellationToken) =>
        api.UpdateMessageAsync(
            post.View.Channel,
            post.Message,
            new NewMessage { Text = Removed, Blocks = [SlackRenderer.Small(Removed)] },
            cancellationToken
        );

    [LoggerMessage(LogLevel.Debug, "Slack refused {Post}: {Method} answered {Code}")]
    private partial void LogRefused(PostId post, string method, string code);

    [LoggerMessage(LogLevel.Warning, "Slack does not let {Post} be deleted ({Code}); its text was taken out instead")]
    private partial void LogKept(PostId post, string code);
}
