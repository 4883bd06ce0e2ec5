using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Posts;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Posts comments from elsewhere into the thread of their story, under their authors' names: through the channel's webhook,
/// or as a message of the bot with the name in its text where there is none. Webhooks know no nonce, so a copy that may be
/// there already is looked for before it is sent again, as long as its call may be under way.
/// </summary>
internal sealed partial class DiscordCopies(
    DiscordRest rest,
    DiscordWebhooks webhooks,
    DiscordCopyChanges changes,
    DiscordLookBack lookBack,
    DiscordClosedThreads threads,
    Database database,
    TimeProvider time,
    ILogger<DiscordCopies> logger
)
{
    // What stands in the name's place where Discord takes no other.
    private const string PlainName = "Comment";

    private const string PlaceOf = """
        SELECT COALESCE(t.external_id, h.external_id) FROM comment c JOIN channel h ON h.id = c.channel_id
        LEFT JOIN thread t ON t.id = c.thread_id
        WHERE c.channel_id = @Channel AND c.message_id = @Message
        """;

    /// <param name="post">With its thread.</param>
    /// <param name="copy">What it says.</param>
    /// <param name="cancellationToken">Cancels the wait; what was sent is looked for at the next try.</param>
    /// <exception cref="DiscordException">Refused, or nobody knows.</exception>
    public async Task<PublishOutcome> PublishAsync(
        DiscordPost post,
        PostBody.Copy copy,
        CancellationToken cancellationToken
    )
    {
        // Whoever erased it, or lost the right to show it here, did so while it waited.
        if (copy.Comment is not { } comment)
        {
            return new PublishOutcome.Rejected("What it was to show is not to be shown here any more.");
        }

        var written = new DiscordCopy(copy.Number, comment, await PlaceAsync(post, comment, cancellationToken));
        return post.Outgoing.Operation switch
        {
            PostOperation.Create => await CreateAsync(post, written, cancellationToken),
            PostOperation.Edit => await changes.EditAsync(post, written, cancellationToken),
            _ => await changes.DeleteAsync(post, written, cancellationToken),
        };
    }

    private async Task<PublishOutcome> CreateAsync(
        DiscordPost post,
        DiscordCopy copy,
        CancellationToken cancellationToken
    )
    {
        if (await lookBack.FindAsync(post, cancellationToken) is { } found)
        {
            return new PublishOutcome.Sent(found.Id.ToString());
        }

        if (post.Outgoing.UnderWay(time.GetUtcNow()) is var left && left > TimeSpan.Zero)
        {
            return new PublishOutcome.Postponed(left);
        }

        if (copy.Comment.State is CopyState.Deleted)
        {
            return new PublishOutcome.MessageGone();
        }

        var webhook = await webhooks.GetAsync(post, cancellationToken);
        if (webhook is not null)
        {
            try
            {
                return await ExecuteAsync(post, webhook, copy, cancellationToken);
            }
            catch (DiscordException error)
                when (DiscordWebhooks.IsGone(error) || error.Code is DiscordCodes.UnknownChannel)
            {
                // Nothing was posted. Where the webhook is as it was, it is the thread that is gone.
                if (
                    error.Code is DiscordCodes.UnknownChannel
                    && await webhooks.IsHereAsync(post, webhook, cancellationToken)
                )
                {
                    throw;
                }
            }

            webhook = await webhooks.ReplaceAsync(post, webhook, cancellationToken);
        }

        return webhook is null
            ? await SpeakAsync(post, copy, cancellationToken)
            : await ExecuteAsync(post, webhook, copy, cancellationToken);
    }

    private async Task<PublishOutcome> ExecuteAsync(
        DiscordPost post,
        WebhookKey webhook,
        DiscordCopy copy,
        CancellationToken cancellationToken
    )
    {
        var message = new WebhookMessage(copy.Text(hasName: false))
        {
            Username = copy.Username,
            AvatarUrl = copy.Avatar,
            Flags = MessageFlags.SuppressEmbeds,
        };
        // Its name or its text is of a kind Discord refuses, and it does not always say which: the words are what matters.
        var plain = new WebhookMessage(copy.Plain(hasName: true)) { Username = PlainName, Flags = message.Flags };
        return await SendAsync(
            post,
            message,
            plain,
            (one, token) => rest.ExecuteWebhookAsync(webhook, post.Home, one, token),
            cancellationToken
        );
    }

    private async Task<PublishOutcome> SpeakAsync(
        DiscordPost post,
        DiscordCopy copy,
        CancellationToken cancellationToken
    )
    {
        var message = new NewMessage
        {
            Content = copy.Text(hasName: true),
            Flags = MessageFlags.SuppressEmbeds,
            Nonce = DiscordPublisher.Nonce(post.Outgoing),
            EnforceNonce = true,
        };
        return await SendAsync(
            post,
            message,
            message with
            {
                Content = copy.Plain(hasName: true),
            },
            (one, token) => rest.CreateMessageAsync(post.Home, one, [], token),
            cancellationToken
        );
    }

    private async Task<PublishOutcome> SendAsync<T>(
        DiscordPost post,
        T message,
        T plain,
        Func<T, CancellationToken, Task<Message>> send,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await SendOnceAsync(message);
        }
        catch (DiscordException error) when (error.Code is DiscordCodes.InvalidForm)
        {
            LogPlainer(post.Outgoing.Id, string.Join(", ", error.FieldErrors.Keys.Take(10)));
        }

        return await SendOnceAsync(plain);

        async Task<PublishOutcome> SendOnceAsync(T one)
        {
            var sent = await threads.ActAsync(post.Home, token => send(one, token), cancellationToken);
            return new PublishOutcome.Sent(sent.Id.ToString());
        }
    }

    // What is answered may stand in the channel itself, where a link with the thread in it leads nowhere.
    private async Task<DiscordCopyPlace> PlaceAsync(
        DiscordPost post,
        CopiedComment comment,
        CancellationToken cancellationToken
    )
    {
        var place = new DiscordCopyPlace(post.View.Guild, post.Home, post.View.Links.Origin);
        if (!Snowflake.TryParse(comment.Answers?.Message, out var answered))
        {
            return place;
        }

        var key = new { Channel = post.Outgoing.Channel.Value, Message = answered.ToString() };
        var home = await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<string?>(PlaceOf, key),
            cancellationToken
        );
        return place with { Answered = answered, AnsweredIn = Snowflake.TryParse(home, out var other) ? other : null };
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Discord did not take the copy of {Post} as it is ({Fields}); it is sent in a plainer form"
    )]
    private partial void LogPlainer(PostId post, string fields);
}
