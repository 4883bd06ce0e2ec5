using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Looks for a message of ours that nobody confirmed, before it is sent again. A card is known by its button; a message
/// without buttons by its words, unless another post of the channel has that message.
/// </summary>
internal sealed class DiscordLookBack(DiscordRest rest, DiscordSelf self, ChatPosts posts)
{
    private const int PageSize = 100;

    // 10,000 messages: a channel where more was written since the first try has lost sight of the card anyway.
    private const int MaxPages = 100;

    // A clock that was far ahead at the first try names an instant after the message. The newest page is read anyway; of
    // posts in a forum each costs a call.
    private const int NewestPosts = 10;

    // Our clock and Discord's, from which ids are made, need not agree.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <returns>The message; null where it certainly is not there.</returns>
    public async Task<Message?> FindAsync(DiscordPost post, CancellationToken cancellationToken)
    {
        if (post.Outgoing.TriedSince is not { } since)
        {
            return null;
        }

        var first = Snowflake.At(since - Skew);
        return post.IsForumStarter
            ? await InForumAsync(post, first, cancellationToken)
            : await InChannelAsync(post, first, cancellationToken);
    }

    private async Task<Message?> InChannelAsync(DiscordPost post, Snowflake first, CancellationToken cancellationToken)
    {
        // Its number or its button tells it from all others; words may be those of an older message.
        var isUnmistakable = post.Outgoing.Body is PostBody.Copy or PostBody.Card { IsRemoved: false };
        var range = HistoryRange.Newest;
        for (var page = 0; page < MaxPages; page++)
        {
            var messages = await rest.GetMessagesAsync(post.Home, range, PageSize, cancellationToken);
            foreach (var message in messages)
            {
                if ((isUnmistakable || message.Id >= first) && await IsItAsync(post, message, cancellationToken))
                {
                    return message;
                }
            }

            if (messages.Count == 0 || messages.Min(message => message.Id) is var oldest && oldest < first)
            {
                return null;
            }

            range = new HistoryRange(Before: oldest);
        }

        return null;
    }

    private async Task<Message?> InForumAsync(DiscordPost post, Snowflake first, CancellationToken cancellationToken)
    {
        var active = await rest.GetActiveThreadsAsync(post.View.Guild, cancellationToken);
        if (await AmongAsync(post, active.Threads, first, cancellationToken) is { } found)
        {
            return found;
        }

        DateTimeOffset? before = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var archived = await rest.GetArchivedThreadsAsync(post.View.Channel, before, PageSize, cancellationToken);
            if (await AmongAsync(post, archived.Threads, first, cancellationToken) is { } closed)
            {
                return closed;
            }

            // Newest first by when they were archived, which is never before they were made.
            before = archived.Threads.Min(thread => thread.ThreadMetadata?.ArchiveTimestamp);
            if (!archived.HasMore || before is null || before < first.CreatedAt)
            {
                return null;
            }
        }

        return null;
    }

    private async Task<Message?> AmongAsync(
        DiscordPost post,
        IReadOnlyList<Channel> threads,
        Snowflake first,
        CancellationToken cancellationToken
    )
    {
        var me = (await self.GetAsync(cancellationToken)).User;
        var ours = threads
            .Where(thread => thread.ParentId == post.View.Channel && thread.OwnerId == me)
            .OrderByDescending(thread => thread.Id);
        foreach (var thread in ours.TakeWhile((thread, place) => thread.Id >= first || place < NewestPosts))
        {
            try
            {
                var starter = await rest.GetMessageAsync(thread.Id, thread.Id, cancellationToken);
                if (await IsItAsync(post, starter, cancellationToken))
                {
                    return starter;
                }
            }
            catch (DiscordException error) when (error.Code == DiscordCodes.UnknownMessage)
            {
                // Somebody removed what the thread began with; it is not told any more whose it was.
            }
        }

        return null;
    }

    private async Task<bool> IsItAsync(DiscordPost post, Message message, CancellationToken cancellationToken)
    {
        var me = await self.GetAsync(cancellationToken);
        var (body, key) = (post.Outgoing.Body, post.Outgoing.Key);
        if (body is PostBody.Copy copy)
        {
            // One thread shows each number once, whoever of us posted it: a webhook of ours, now or before, or the bot.
            var isByUs =
                message.Author?.Id == me.User
                || (message.WebhookId is not null && message.ApplicationId == me.Application.Id);
            return isByUs
                && DiscordCopyText.NumberOf(message.Content) == copy.Number
                && !await posts.IsKnownAsync(post.Outgoing, message.Id.ToString(), cancellationToken);
        }

        if (message.Author?.Id != me.User)
        {
            return false;
        }

        return body is PostBody.Card { IsRemoved: false } card
            ? HasButton(message.Components, DiscordRenderer.DiscussId(card, key))
            : DiscordRenderer.Words(message.Components) is var words
                && (
                    IsSame(words, DiscordRenderer.Words(DiscordRenderer.Components(body, key, post.View)), body)
                    || words == DiscordRenderer.Words(DiscordRenderer.Fallback(body, key))
                )
                && !await posts.IsKnownAsync(post.Outgoing, message.Id.ToString(), cancellationToken);
    }

    // What a discussion has grown to meanwhile does not make it another message.
    private static bool IsSame(string found, string wanted, PostBody body) =>
        body is PostBody.SoFar or PostBody.More
            ? DiscordDiscussionText.FirstLine(found) == DiscordDiscussionText.FirstLine(wanted)
            : found == wanted;

    private static bool HasButton(IEnumerable<Component>? components, string id) =>
        components?.Any(part => part.CustomId == id || HasButton(part.Components, id)) == true;
}
