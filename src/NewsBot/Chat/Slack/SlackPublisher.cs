using Microsoft.Extensions.Options;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Posts into Slack. Sending the same post twice leaves one message, although Slack knows no key to recognise it by:
/// before every later try the channel's history is searched for the key in our messages' metadata.
/// </summary>
internal sealed partial class SlackPublisher(
    SlackInstalls installs,
    ChatPosts posts,
    SlackJoin join,
    IOptions<SlackOptions> options,
    IOptions<WebOptions> web,
    ILogger<SlackPublisher> logger
) : IPublisher
{
    // Changes of a workspace share fifty a minute; from this many left on, they are kept for what must be corrected.
    private const int LeftForCorrections = 25;

    private const string Removed = "This message was removed.";

    // A minute's changes come back one by one.
    private static readonly TimeSpan CountsPause = TimeSpan.FromSeconds(15);

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
                : await PublishAsync(loaded, install, cancellationToken);
        }
        catch (SlackException error)
        {
            LogRefused(post.Id, error.Method, error.Code);
            return await installs.NoticeAsync(loaded.Workspace, error, cancellationToken)
                ? new PublishOutcome.Throttled(RenewedPause)
                : SlackFailures.Outcome(error, loaded.ChannelName, _remedy);
        }
    }

    private Task<PublishOutcome> PublishAsync(
        ChatPost post,
        SlackInstall install,
        CancellationToken cancellationToken
    ) =>
        post.Outgoing.Operation switch
        {
            PostOperation.Create => CreateAsync(post, install, cancellationToken),
            PostOperation.Edit => EditAsync(Of(post, install), install.Api, cancellationToken),
            _ => DeleteAsync(Of(post, install), install.Api, cancellationToken),
        };

    private SlackPost Of(ChatPost post, SlackInstall install) => SlackPost.Of(post, install.Url, web.Value.PublicUrl);

    private async Task<PublishOutcome> CreateAsync(
        ChatPost known,
        SlackInstall install,
        CancellationToken cancellationToken
    )
    {
        var (outgoing, channel) = (known.Outgoing, known.Outgoing.ChannelExternalId);
        if (
            outgoing.TriedSince is { } since
            && await join.ActAsync(
                install.Api,
                channel,
                token => SlackLookBack.FindAsync(install, channel, outgoing.Key, since, token),
                cancellationToken
            )
                is { } found
        )
        {
            var hasPicture = SlackForm.HasPicture(found.Blocks);
            return new PublishOutcome.Sent(found.Ts.Text) { Picture = hasPicture ? known.Picture?.Id : null };
        }

        var post = Of(
            web.Value.PublicUrl is null ? known : await posts.WaitForPictureAsync(known, cancellationToken),
            install
        );
        var (sent, ts) = await SendAsync(
            new SlackForm(post, SlackFormKind.Full),
            async form =>
                (
                    await join.ActAsync(
                        install.Api,
                        channel,
                        token => install.Api.PostMessageAsync(channel, form.Message(), token),
                        cancellationToken
                    )
                ).Ts
        );
        return new PublishOutcome.Sent(ts.Text) { Picture = sent.Picture };
    }

    private async Task<PublishOutcome> EditAsync(SlackPost post, SlackWebApi api, CancellationToken cancellationToken)
    {
        if (post.Message.IsEmpty)
        {
            return new PublishOutcome.Rejected("The message it changes has no id that Slack knows.");
        }

        var channel = post.View.Channel;
        var (sent, _) = await SendAsync(
            new SlackForm(post, SlackFormKind.Full),
            async form =>
                (
                    await join.ActAsync(
                        api,
                        channel,
                        token => api.UpdateMessageAsync(channel, post.Message, form.Message(), token),
                        cancellationToken
                    )
                ).Ts
        );
        return new PublishOutcome.Sent(post.Message.Text) { Picture = sent.Picture };
    }

    private async Task<PublishOutcome> DeleteAsync(SlackPost post, SlackWebApi api, CancellationToken cancellationToken)
    {
        if (!post.Message.IsEmpty)
        {
            try
            {
                await join.ActAsync(
                    api,
                    post.View.Channel,
                    async token =>
                    {
                        await api.DeleteMessageAsync(post.View.Channel, post.Message, token);
                        return true;
                    },
                    cancellationToken
                );
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

    // From the full form down to words alone, until Slack takes one.
    private async Task<(SlackForm Form, SlackTs Ts)> SendAsync(SlackForm form, Func<SlackForm, Task<SlackTs>> send)
    {
        while (true)
        {
            SlackForm? plainer;
            try
            {
                return (form, await send(form));
            }
            catch (SlackException error) when ((plainer = form.Plainer(error)) is not null)
            {
                LogPlainer(form.Post.Outgoing.Id, error.Code, string.Join("; ", error.Messages.Take(10)));
            }

            form = plainer;
        }
    }

    [LoggerMessage(LogLevel.Debug, "Slack refused {Post}: {Method} answered {Code}")]
    private partial void LogRefused(PostId post, string method, string code);

    [LoggerMessage(
        LogLevel.Warning,
        "Slack did not take {Post} as it is ({Code}: {Messages}); it is sent in a plainer form"
    )]
    private partial void LogPlainer(PostId post, string code, string messages);

    [LoggerMessage(LogLevel.Warning, "Slack does not let {Post} be deleted ({Code}); its text was taken out instead")]
    private partial void LogKept(PostId post, string code);
}
