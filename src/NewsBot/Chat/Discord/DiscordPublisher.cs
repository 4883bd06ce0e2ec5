using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Posts into Discord. Sending the same post twice leaves one message: Discord itself knows a repeated nonce for a few
/// minutes, and before every later try the channel's history is searched.
/// </summary>
internal sealed partial class DiscordPublisher(
    DiscordRest rest,
    ChatPosts posts,
    DiscordLookBack lookBack,
    DiscordForum forum,
    DiscordClosedThreads threads,
    DiscordThreads stories,
    DiscordCopies copies,
    TimeProvider time,
    ILogger<DiscordPublisher> logger
) : IPublisher
{
    // Longer ones are refused.
    private const int NonceDigits = 25;

    private static readonly TimeSpan KindPause = TimeSpan.FromSeconds(1);

    public Platform Platform => Platform.Discord;

    public async Task<PublishOutcome> PublishAsync(OutgoingPost post, CancellationToken cancellationToken)
    {
        var known = await posts.LoadAsync(post, cancellationToken);
        if (post.Body.Thread is { } story)
        {
            return await PublishInThreadAsync(known, story, cancellationToken);
        }

        var loaded = DiscordPost.Of(known);
        if (post.Priority > 0 && CountsWait(loaded.Home) is { } wait)
        {
            return new PublishOutcome.Postponed(wait);
        }

        try
        {
            return await PublishAsync(known, loaded, cancellationToken);
        }
        catch (DiscordException error) when (error.Code == DiscordCodes.NotForThisChannel)
        {
            return await LearnKindAsync(loaded, error, cancellationToken);
        }
        catch (DiscordException error)
        {
            LogRefused(post.Id, (int?)error.Status, error.Code);
            return DiscordFailures.Outcome(error, loaded);
        }
    }

    /// <summary>The same for every try of a creation, another one for every other post.</summary>
    public static string Nonce(OutgoingPost post)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{post.ChannelExternalId}\n{post.Key}\ncreate");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..NonceDigits];
    }

    private async Task<PublishOutcome> PublishInThreadAsync(
        ChatPost known,
        StoryId story,
        CancellationToken cancellationToken
    )
    {
        switch (await stories.FindAsync(known.Outgoing.Channel, story, cancellationToken))
        {
            case DiscordThreadFinding.Later later:
                return new PublishOutcome.Postponed(later.Pause);
            case DiscordThreadFinding.Found found:
                var post = DiscordPost.Of(known, found.Thread);
                try
                {
                    return known.Outgoing.Body is PostBody.Copy copy
                        ? await copies.PublishAsync(post, copy, cancellationToken)
                        : await PublishAsync(known, post, cancellationToken);
                }
                catch (DiscordException error)
                {
                    LogRefused(known.Outgoing.Id, (int?)error.Status, error.Code);
                    return DiscordCopyFailures.Outcome(error, post);
                }

            default:
                return new PublishOutcome.MessageGone();
        }
    }

    private async Task<PublishOutcome> PublishAsync(
        ChatPost known,
        DiscordPost post,
        CancellationToken cancellationToken
    ) =>
        post.Outgoing.Operation switch
        {
            PostOperation.Create => await CreateAsync(known, post, cancellationToken),
            PostOperation.Edit => await EditAsync(post, cancellationToken),
            _ => await DeleteAsync(post, cancellationToken),
        };

    // New counts take at most half of what may be edited, so that a correction never waits for them.
    private TimeSpan? CountsWait(Snowflake home) =>
        rest.EditBudget(home) is { } budget && budget.ResetAfter > TimeSpan.Zero && budget.Remaining * 2 <= budget.Limit
            ? budget.ResetAfter
            : null;

    private async Task<PublishOutcome> CreateAsync(
        ChatPost known,
        DiscordPost post,
        CancellationToken cancellationToken
    )
    {
        if (await lookBack.FindAsync(post, cancellationToken) is { } found)
        {
            var hasPicture = found.Attachments is { Count: > 0 } || DiscordForm.HasPicture(found.Components);
            var hasThread = post.IsForumStarter || found.Flags?.HasFlag(MessageFlags.HasThread) == true;
            var picture = hasPicture ? post.View.Picture?.Id : null;
            return await SentAsync(post, found.Id, hasThread, picture, cancellationToken);
        }

        // What is posted in a forum has no nonce, and for other messages nobody says how long Discord remembers one.
        if (post.Outgoing.UnderWay(time.GetUtcNow()) is var left && left > TimeSpan.Zero)
        {
            return new PublishOutcome.Postponed(left);
        }

        var waited = DiscordPost.Of(await posts.WaitForPictureAsync(known, cancellationToken), post.Thread);
        var form = new DiscordForm(waited, await UploadAsync(waited, cancellationToken), IsPlain: false);
        var (sent, id) = await SendAsync(form, async tried => await CreateOnceAsync(tried, cancellationToken));
        return await SentAsync(post, id, post.IsForumStarter, sent.Picture?.Id, cancellationToken);
    }

    private async Task<Snowflake> CreateOnceAsync(DiscordForm form, CancellationToken cancellationToken)
    {
        if (form.Post.IsForumStarter)
        {
            return await forum.StartAsync(form.Post, form, cancellationToken);
        }

        var message = form.Message() with { Nonce = Nonce(form.Post.Outgoing), EnforceNonce = true };
        var home = form.Post.Home;
        return (
            await threads.ActAsync(
                home,
                token => rest.CreateMessageAsync(home, message, form.Files, token),
                cancellationToken
            )
        ).Id;
    }

    private async Task<PublishOutcome> EditAsync(DiscordPost post, CancellationToken cancellationToken)
    {
        if (post.Message is not { } message)
        {
            return new PublishOutcome.Rejected("The message it changes has no id that Discord knows.");
        }

        // What the message shows already is not sent again.
        var picture =
            post.View.Picture?.Id == post.Outgoing.PictureShown
                ? post.View.Picture
                : await UploadAsync(post, cancellationToken);
        var (sent, _) = await SendAsync(
            new DiscordForm(post, picture, IsPlain: false),
            async tried =>
                (
                    await threads.ActAsync(
                        post.Home,
                        token => rest.EditMessageAsync(post.Home, message, tried.Message(), tried.Files, token),
                        cancellationToken
                    )
                ).Id
        );
        return new PublishOutcome.Sent(message.ToString()) { Picture = sent.Picture?.Id };
    }

    private async Task<PublishOutcome> DeleteAsync(DiscordPost post, CancellationToken cancellationToken)
    {
        if (post.Message is { } message)
        {
            try
            {
                await threads.ActAsync(
                    post.Home,
                    async token =>
                    {
                        await rest.DeleteMessageAsync(post.Home, message, token);
                        return true;
                    },
                    cancellationToken
                );
            }
            catch (DiscordException error)
                when (error.Code == DiscordCodes.UnknownMessage
                    || (error.Code == DiscordCodes.UnknownChannel && post.View.IsForum)
                )
            {
                // It is gone, which is what was asked for.
            }
        }

        return new PublishOutcome.Sent(post.Outgoing.MessageId ?? "");
    }

    // From the full form down to plain text, until Discord takes one.
    private async Task<(DiscordForm Form, Snowflake Id)> SendAsync(
        DiscordForm form,
        Func<DiscordForm, Task<Snowflake>> send
    )
    {
        while (true)
        {
            DiscordForm? plainer;
            try
            {
                return (form, await send(form));
            }
            catch (DiscordException error) when ((plainer = form.Plainer(error)) is not null)
            {
                LogPlainer(form.Post.Outgoing.Id, error.Code, string.Join(", ", error.FieldErrors.Keys.Take(10)));
            }

            form = plainer;
        }
    }

    private async Task<PublishOutcome> SentAsync(
        DiscordPost post,
        Snowflake message,
        bool hasThread,
        long? picture,
        CancellationToken cancellationToken
    )
    {
        if (hasThread)
        {
            // Discord told of it once, perhaps to a process that is no more. A thread that is new to the database is read,
            // and listened to from then on.
            await posts.KeepThreadAsync(post.Outgoing, message.ToString(), time.GetUtcNow(), cancellationToken);
        }

        return new PublishOutcome.Sent(message.ToString()) { Picture = picture };
    }

    private async Task<DiscordPicture?> UploadAsync(DiscordPost post, CancellationToken cancellationToken) =>
        post.View.Picture is { } picture
        && await posts.BytesAsync(picture.Id, cancellationToken) is { Length: > 0 } bytes
            ? picture with
            {
                Bytes = bytes,
            }
            : null;

    // A text channel can become an announcement channel, and an import can name a forum as a text channel.
    private async Task<PublishOutcome> LearnKindAsync(
        DiscordPost post,
        DiscordException refusal,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var channel = await rest.GetChannelAsync(post.View.Channel, cancellationToken);
            if (channel.Type is ChannelType.Forum or ChannelType.Media && !post.View.IsForum)
            {
                var kind = channel.Type is ChannelType.Forum ? "forum" : "media";
                await posts.KeepKindAsync(post.Outgoing, kind, cancellationToken);
                return new PublishOutcome.Throttled(KindPause);
            }

            return DiscordFailures.Outcome(refusal, post);
        }
        catch (DiscordException error)
        {
            return DiscordFailures.Outcome(error, post);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Discord refused {Post}: status {Status}, error {Code}")]
    private partial void LogRefused(PostId post, int? status, int code);

    [LoggerMessage(
        LogLevel.Warning,
        "Discord did not take {Post} as it is (error {Code} at {Fields}); it is sent in a plainer form"
    )]
    private partial void LogPlainer(PostId post, int code, string fields);
}
