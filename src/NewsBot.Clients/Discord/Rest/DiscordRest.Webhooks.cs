using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Clients.Discord.Rest;

/// <content>Webhooks and their messages. The token stands in the path, so no path gets into what is thrown.</content>
public sealed partial class DiscordRest
{
    private const string ChannelWebhooksTemplate = "/channels/{channel}/webhooks";
    private const string WebhookTemplate = "/webhooks/{webhook}/{token}";
    private const string WebhookMessageTemplate = "/webhooks/{webhook}/{token}/messages/{message}";

    /// <summary>
    /// Makes a webhook that belongs to the application. Never tried again by itself: where the outcome is unknown, look among
    /// the channel's webhooks. Source: https://discord.com/developers/docs/resources/webhook#create-webhook
    /// </summary>
    /// <param name="channel">A text, announcement, forum or media channel; threads have none.</param>
    /// <param name="name">1 to 80 characters.</param>
    /// <param name="cancellationToken">Cancels the wait; the webhook may still be made.</param>
    public Task<Webhook> CreateWebhookAsync(Snowflake channel, string name, CancellationToken cancellationToken)
    {
        var call = new RestCall(
            HttpMethod.Post,
            ChannelWebhooksTemplate,
            $"/channels/{channel}/webhooks",
            channel.ToString()
        )
        {
            Body = RestBody.Of(new { name }),
        };
        return CallAsync<Webhook>(call, cancellationToken);
    }

    /// <summary>A channel's webhooks. Source: https://discord.com/developers/docs/resources/webhook#get-channel-webhooks</summary>
    public Task<IReadOnlyList<Webhook>> GetWebhooksAsync(Snowflake channel, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<Webhook>>(
            Get(ChannelWebhooksTemplate, $"/channels/{channel}/webhooks", channel),
            cancellationToken
        );

    /// <summary>
    /// Posts through a webhook. Never tried again by itself: there is no nonce here.
    /// Source: https://discord.com/developers/docs/resources/webhook#execute-webhook
    /// </summary>
    /// <param name="webhook">Which.</param>
    /// <param name="thread">A thread of its channel; null for the channel itself.</param>
    /// <param name="message">What to say.</param>
    /// <param name="cancellationToken">Cancels the wait; the message may still appear.</param>
    public Task<Message> ExecuteWebhookAsync(
        WebhookKey webhook,
        Snowflake? thread,
        WebhookMessage message,
        CancellationToken cancellationToken
    )
    {
        // Without "wait" Discord answers nothing, and hides failures.
        var query = thread is { } place ? $"?wait=true&thread_id={place}" : "?wait=true";
        var call = OfWebhook(HttpMethod.Post, WebhookTemplate, webhook, query) with { Body = RestBody.Of(message) };
        return CallAsync<Message>(call, cancellationToken);
    }

    /// <summary>
    /// Changes what a message of a webhook says; its name and picture stay as they were.
    /// Source: https://discord.com/developers/docs/resources/webhook#edit-webhook-message
    /// </summary>
    /// <param name="webhook">Which made it.</param>
    /// <param name="thread">The thread it stands in: without it the message is not found.</param>
    /// <param name="message">Which message.</param>
    /// <param name="change">What to say.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<Message> EditWebhookMessageAsync(
        WebhookKey webhook,
        Snowflake? thread,
        Snowflake message,
        WebhookMessage change,
        CancellationToken cancellationToken
    )
    {
        var call = OneOfWebhook(HttpMethod.Patch, webhook, thread, message, OldForEditing) with
        {
            Body = RestBody.Of(change with { Username = null, AvatarUrl = null }),
        };
        return CallAsync<Message>(call, cancellationToken);
    }

    /// <summary>Deletes a message of a webhook. Source: https://discord.com/developers/docs/resources/webhook#delete-webhook-message</summary>
    /// <param name="webhook">Which made it.</param>
    /// <param name="thread">The thread it stands in: without it the message is not found.</param>
    /// <param name="message">Which message.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task DeleteWebhookMessageAsync(
        WebhookKey webhook,
        Snowflake? thread,
        Snowflake message,
        CancellationToken cancellationToken
    )
    {
        var call = OneOfWebhook(HttpMethod.Delete, webhook, thread, message, OldForDeleting) with
        {
            DoneCode = UnknownMessage,
        };
        return CallAsync(call, cancellationToken);
    }

    private RestCall OneOfWebhook(
        HttpMethod method,
        WebhookKey webhook,
        Snowflake? thread,
        Snowflake message,
        TimeSpan oldAfter
    )
    {
        var query = thread is { } place ? $"?thread_id={place}" : "";
        var isOld = _time.GetUtcNow() - message.CreatedAt > oldAfter;
        return OfWebhook(method, WebhookMessageTemplate, webhook, $"/messages/{message}{query}") with
        {
            Variant = isOld ? " old" : "",
            IsRepeatable = true,
        };
    }

    // Limits are counted for each webhook with its token. Discord has one more for all webhooks of a channel, which no
    // header tells of; with one webhook a channel it shows as a refusal of this class of calls, and is learned there.
    private static RestCall OfWebhook(HttpMethod method, string template, WebhookKey webhook, string rest) =>
        new(method, template, $"/webhooks/{webhook.Id}/{Segment(webhook.Token)}{rest}", $"{webhook.Id}/{webhook.Token}")
        {
            IsAuthorized = false,
            Secret = webhook.Token,
        };
}
