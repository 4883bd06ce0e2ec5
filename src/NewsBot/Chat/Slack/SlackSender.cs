using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Slack;

/// <summary>Hands messages to Slack, from their full form down to words alone until it takes one.</summary>
internal sealed partial class SlackSender(SlackJoin join, ILogger<SlackSender> logger)
{
    public Task<SlackSent> PostAsync(SlackPost post, SlackWebApi api, CancellationToken cancellationToken) =>
        SendAsync(
            post,
            form =>
                join.ActAsync(
                    api,
                    post.View.Channel,
                    token => api.PostMessageAsync(post.View.Channel, form.Message(), token),
                    cancellationToken
                )
        );

    public Task<SlackSent> ChangeAsync(
        SlackPost post,
        SlackTs message,
        SlackWebApi api,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            post,
            form =>
                join.ActAsync(
                    api,
                    post.View.Channel,
                    token => api.UpdateMessageAsync(post.View.Channel, message, form.Message(), token),
                    cancellationToken
                )
        );

    public Task DeleteAsync(SlackPost post, SlackTs message, SlackWebApi api, CancellationToken cancellationToken) =>
        join.ActAsync(
            api,
            post.View.Channel,
            async token =>
            {
                await api.DeleteMessageAsync(post.View.Channel, message, token);
                return true;
            },
            cancellationToken
        );

    private async Task<SlackSent> SendAsync(SlackPost post, Func<SlackForm, Task<PostedMessage>> send)
    {
        var form = new SlackForm(post, SlackFormKind.Full);
        while (true)
        {
            SlackForm? plainer;
            try
            {
                return new SlackSent(form, await send(form));
            }
            catch (SlackException error) when ((plainer = form.Plainer(error)) is not null)
            {
                LogPlainer(form.Post.Outgoing.Id, error.Code, string.Join("; ", error.Messages.Take(10)));
            }

            form = plainer;
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Slack did not take {Post} as it is ({Code}: {Messages}); it is sent in a plainer form"
    )]
    private partial void LogPlainer(PostId post, string code, string messages);
}

/// <summary>What Slack took.</summary>
/// <param name="Form">How much of it.</param>
/// <param name="Posted">What became of it.</param>
internal sealed record SlackSent(SlackForm Form, PostedMessage Posted);
