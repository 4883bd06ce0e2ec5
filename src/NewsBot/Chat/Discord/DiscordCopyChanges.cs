using System.Net;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Discord;

/// <summary>Changes and takes back copies in threads, whoever of us posted them: the webhook of now, or the bot itself.</summary>
internal sealed partial class DiscordCopyChanges(
    DiscordRest rest,
    DiscordWebhooks webhooks,
    DiscordClosedThreads threads,
    ILogger<DiscordCopyChanges> logger
)
{
    /// <exception cref="DiscordException">Refused, or nobody knows.</exception>
    public async Task<PublishOutcome> EditAsync(DiscordPost post, DiscordCopy copy, CancellationToken cancellationToken)
    {
        if (post.Message is not { } message)
        {
            return new PublishOutcome.Rejected("The message it changes has no id that Discord knows.");
        }

        try
        {
            await ChangeAsync(post, message, copy, cancellationToken);
            return new PublishOutcome.Sent(message.ToString());
        }
        catch (DiscordException error) when (error.Code is DiscordCodes.NotOurs)
        {
            // What is not true any more must not stay because nobody can change it.
            if (await IsTakenBackAsync(post, message, cancellationToken))
            {
                return new PublishOutcome.TakenBack();
            }

            throw;
        }
    }

    /// <summary>Deletes a copy; where Discord refuses that, its words are taken out.</summary>
    /// <exception cref="DiscordException">Refused, or nobody knows.</exception>
    public async Task<PublishOutcome> DeleteAsync(
        DiscordPost post,
        DiscordCopy copy,
        CancellationToken cancellationToken
    )
    {
        if (post.Message is not { } message)
        {
            return new PublishOutcome.Sent(post.Outgoing.MessageId ?? "");
        }

        try
        {
            await TakeBackAsync(post, message, cancellationToken);
        }
        catch (DiscordException error) when (error.Code is DiscordCodes.UnknownMessage or DiscordCodes.UnknownChannel)
        {
            // It is gone, which is what was asked for.
        }
        catch (DiscordException error) when (error.Status is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
        {
            LogNotDeleted(post.Outgoing.Id, error.Code);
            await ChangeAsync(post, message, copy.Deleted(), cancellationToken);
        }

        return new PublishOutcome.Sent(message.ToString());
    }

    private async Task ChangeAsync(
        DiscordPost post,
        Snowflake message,
        DiscordCopy copy,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await ChangeAsync(post, message, copy.Text, cancellationToken);
        }
        catch (DiscordException error) when (error.Code is DiscordCodes.InvalidForm)
        {
            await ChangeAsync(post, message, copy.Plain, cancellationToken);
        }
    }

    private async Task ChangeAsync(
        DiscordPost post,
        Snowflake message,
        Func<bool, string> text,
        CancellationToken cancellationToken
    )
    {
        if (await webhooks.FindAsync(post, cancellationToken) is { } webhook)
        {
            try
            {
                var change = new WebhookMessage(text(false)) { Flags = MessageFlags.SuppressEmbeds };
                await threads.ActAsync(
                    post.Home,
                    token => rest.EditWebhookMessageAsync(webhook, post.Home, message, change, token),
                    cancellationToken
                );
                return;
            }
            catch (DiscordException error) when (IsNotOfWebhook(error))
            {
                // It was posted by the bot itself, or by a webhook before this one.
            }
        }

        var own = new NewMessage { Content = text(true), Flags = MessageFlags.SuppressEmbeds };
        await threads.ActAsync(
            post.Home,
            token => rest.EditMessageAsync(post.Home, message, own, [], token),
            cancellationToken
        );
    }

    private async Task<bool> IsTakenBackAsync(DiscordPost post, Snowflake message, CancellationToken cancellationToken)
    {
        try
        {
            await TakeBackAsync(post, message, cancellationToken);
            return true;
        }
        catch (DiscordException error) when (error.Status is HttpStatusCode.Forbidden)
        {
            LogNotDeleted(post.Outgoing.Id, error.Code);
            return false;
        }
    }

    private async Task TakeBackAsync(DiscordPost post, Snowflake message, CancellationToken cancellationToken)
    {
        if (await webhooks.FindAsync(post, cancellationToken) is { } webhook)
        {
            try
            {
                await ActAsync(token => rest.DeleteWebhookMessageAsync(webhook, post.Home, message, token));
                return;
            }
            catch (DiscordException error) when (IsNotOfWebhook(error))
            {
                // It was posted by the bot itself, or by a webhook before this one, or it is gone.
            }
        }

        await ActAsync(token => rest.DeleteMessageAsync(post.Home, message, token));

        Task<bool> ActAsync(Func<CancellationToken, Task> act) =>
            threads.ActAsync(
                post.Home,
                async token =>
                {
                    await act(token);
                    return true;
                },
                cancellationToken
            );
    }

    // A webhook that somebody moved to another channel does not know the thread.
    private static bool IsNotOfWebhook(DiscordException error) =>
        DiscordWebhooks.IsGone(error)
        || error.Code is DiscordCodes.UnknownMessage or DiscordCodes.UnknownChannel or DiscordCodes.NotOurs;

    [LoggerMessage(
        LogLevel.Warning,
        "Discord refuses to delete the copy of {Post} (error {Code}); its text is taken out instead"
    )]
    private partial void LogNotDeleted(PostId post, int code);
}
