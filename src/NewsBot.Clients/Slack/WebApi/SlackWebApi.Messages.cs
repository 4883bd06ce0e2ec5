using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Clients.Slack.WebApi;

/// <content>Messages and views.</content>
public sealed partial class SlackWebApi
{
    /// <summary>
    /// Posts a message. Slack knows no key to recognise a repetition by, so it is never tried again after an unknown
    /// outcome (<see cref="SlackException.IsOutcomeUnknown"/>): look for its metadata first.
    /// Source: https://docs.slack.dev/reference/methods/chat.postMessage
    /// </summary>
    public Task<PostedMessage> PostMessageAsync(string channel, NewMessage message, CancellationToken cancellationToken)
    {
        var form = MessageForm(channel, message)
            .Add("thread_ts", message.Thread)
            .Add("reply_broadcast", message is { Broadcast: true, Thread.IsEmpty: false } ? true : null)
            .Add("username", message.Username)
            .Add("icon_url", message.IconUrl);
        return PostedAsync(new WebCall(WebMethods.PostMessage, form) { Channel = channel }, channel, cancellationToken);
    }

    /// <summary>Changes an own message. Source: https://docs.slack.dev/reference/methods/chat.update</summary>
    public Task<PostedMessage> UpdateMessageAsync(
        string channel,
        SlackTs message,
        NewMessage change,
        CancellationToken cancellationToken
    )
    {
        // Without this, names in the text would become mentions here although they do not in a post.
        var form = MessageForm(channel, change).Add("ts", message).Add("parse", "none");
        return PostedAsync(new WebCall(WebMethods.Update, form) { IsRepeatable = true }, channel, cancellationToken);
    }

    /// <summary>Deletes an own message. Source: https://docs.slack.dev/reference/methods/chat.delete</summary>
    public Task DeleteMessageAsync(string channel, SlackTs message, CancellationToken cancellationToken) =>
        CallAsync(
            new WebCall(WebMethods.Delete, new WebForm().Add("channel", channel).Add("ts", message))
            {
                IsRepeatable = true,
                DoneCode = "message_not_found",
            },
            cancellationToken
        );

    /// <summary>
    /// Posts what only one sees. Slack does not promise that it arrives, and it cannot be changed.
    /// Source: https://docs.slack.dev/reference/methods/chat.postEphemeral
    /// </summary>
    public Task PostEphemeralAsync(string channel, string user, NewMessage message, CancellationToken cancellationToken)
    {
        var form = MessageForm(channel, message).Add("user", user).Add("thread_ts", message.Thread);
        return CallAsync(new WebCall(WebMethods.PostEphemeral, form), cancellationToken);
    }

    /// <summary>Source: https://docs.slack.dev/reference/methods/chat.getPermalink</summary>
    public async Task<Uri> GetPermalinkAsync(string channel, SlackTs message, CancellationToken cancellationToken)
    {
        var form = new WebForm().Add("channel", channel).Add("message_ts", message);
        var call = Reading(WebMethods.Permalink, form);
        var answer = await CallAsync<PermalinkAnswer>(call, cancellationToken);
        return Uri.TryCreate(answer.Permalink, UriKind.Absolute, out var link)
            ? link
            : throw NotAsDocumented(call, null);
    }

    /// <summary>Opens a view, within three seconds of what triggered it. Source: https://docs.slack.dev/reference/methods/views.open</summary>
    public Task<View> OpenViewAsync(string trigger, View view, CancellationToken cancellationToken) =>
        ViewAsync(new WebCall(WebMethods.OpenView, ViewForm(view).Add("trigger_id", trigger)), cancellationToken);

    /// <summary>Opens a view on top of another, within three seconds. Source: https://docs.slack.dev/reference/methods/views.push</summary>
    public Task<View> PushViewAsync(string trigger, View view, CancellationToken cancellationToken) =>
        ViewAsync(new WebCall(WebMethods.PushView, ViewForm(view).Add("trigger_id", trigger)), cancellationToken);

    /// <summary>Changes an open view. Source: https://docs.slack.dev/reference/methods/views.update</summary>
    /// <param name="id">Of the view.</param>
    /// <param name="hash">The state that is to be changed, refused where it is another by now; null for any.</param>
    /// <param name="view">What it is to be.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<View> UpdateViewAsync(string id, string? hash, View view, CancellationToken cancellationToken) =>
        ViewAsync(
            new WebCall(WebMethods.UpdateView, ViewForm(view).Add("view_id", id).Add("hash", hash))
            {
                IsRepeatable = hash is null,
            },
            cancellationToken
        );

    private static WebForm MessageForm(string channel, NewMessage message) =>
        new WebForm()
            .Add("channel", channel)
            .Add("text", message.Text)
            .AddJson("blocks", message.Blocks)
            .Add("unfurl_links", message.Unfurl)
            .Add("unfurl_media", message.Unfurl)
            .AddJson("metadata", message.Metadata);

    private static WebForm ViewForm(View view) => new WebForm().AddJson("view", view.ToSend());

    private async Task<PostedMessage> PostedAsync(WebCall call, string channel, CancellationToken cancellationToken)
    {
        var posted = await CallAsync<PostedAnswer>(call, cancellationToken);
        return posted.Ts.IsEmpty
            ? throw NotAsDocumented(call, null)
            : new PostedMessage(posted.Channel ?? channel, posted.Ts, posted.Message);
    }

    private async Task<View> ViewAsync(WebCall call, CancellationToken cancellationToken) =>
        Required(call, (await CallAsync<ViewAnswer>(call, cancellationToken)).View);

    private sealed record PostedAnswer(string? Channel = null, SlackTs Ts = default, Message? Message = null);

    private sealed record PermalinkAnswer(string? Permalink = null);

    private sealed record ViewAnswer(View? View = null);
}
