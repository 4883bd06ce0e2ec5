using System.Runtime.CompilerServices;
using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Clients.Slack.WebApi;

/// <content>Channels and what is written in them.</content>
public sealed partial class SlackWebApi
{
    // What Slack recommends; larger pages make it time out.
    private const int PageSize = 200;

    // Its own default where an app is not limited.
    private const int LargestHistoryPage = 999;

    /// <summary>
    /// The channels of the workspace, page by page; private ones only where the bot is a member. Two pages may name the
    /// same one. Source: https://docs.slack.dev/reference/methods/conversations.list
    /// </summary>
    /// <param name="query">Which.</param>
    /// <param name="maxItems">Ends after so many.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public IAsyncEnumerable<Conversation> ListConversationsAsync(
        ConversationQuery query,
        int maxItems,
        CancellationToken cancellationToken
    ) =>
        WebPaging.AllAsync(
            async (cursor, cancel) =>
            {
                var form = new WebForm()
                    .Add("types", query.Types)
                    .Add("exclude_archived", query.ExcludeArchived)
                    .Add("team_id", query.TeamId)
                    .Add("limit", PageSize)
                    .Add("cursor", cursor);
                var page = await CallAsync<ConversationsAnswer>(Reading(WebMethods.List, form), cancel);
                return (page.Channels ?? [], page.ResponseMetadata?.NextCursor);
            },
            maxItems,
            cancellationToken
        );

    /// <summary>Source: https://docs.slack.dev/reference/methods/conversations.info</summary>
    public async Task<Conversation> GetConversationAsync(string channel, CancellationToken cancellationToken)
    {
        var call = Reading(WebMethods.Info, new WebForm().Add("channel", channel));
        return Required(call, (await CallAsync<ConversationAnswer>(call, cancellationToken)).Channel);
    }

    /// <summary>Joins a public channel; where the bot is in it already, that is fine too. Source: https://docs.slack.dev/reference/methods/conversations.join</summary>
    public async Task<Conversation> JoinConversationAsync(string channel, CancellationToken cancellationToken)
    {
        var call = new WebCall(WebMethods.Join, new WebForm().Add("channel", channel)) { IsRepeatable = true };
        return Required(call, (await CallAsync<ConversationAnswer>(call, cancellationToken)).Channel);
    }

    /// <summary>The direct message with somebody, begun where there is none. Source: https://docs.slack.dev/reference/methods/conversations.open</summary>
    /// <returns>Perhaps with its id only.</returns>
    public async Task<Conversation> OpenConversationAsync(string user, CancellationToken cancellationToken)
    {
        var form = new WebForm().Add("users", user);
        var call = new WebCall(WebMethods.OpenConversation, form) { IsRepeatable = true };
        return Required(call, (await CallAsync<ConversationAnswer>(call, cancellationToken)).Channel);
    }

    /// <summary>
    /// A page of a channel's history, newest first: parents and broadcasts, not the replies of threads.
    /// Source: https://docs.slack.dev/reference/methods/conversations.history
    /// </summary>
    public Task<MessagePage> GetHistoryAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        HistoryAsync(WebMethods.History, query, default, cancellationToken);

    /// <summary>
    /// A page of a thread, oldest first; the parent stands first in it, whatever the bounds.
    /// Source: https://docs.slack.dev/reference/methods/conversations.replies
    /// </summary>
    /// <param name="query">Where.</param>
    /// <param name="thread">The parent's ts.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<MessagePage> GetRepliesAsync(HistoryQuery query, SlackTs thread, CancellationToken cancellationToken) =>
        HistoryAsync(WebMethods.Replies, query, thread, cancellationToken);

    /// <summary>A channel's history, page by page, newest first.</summary>
    /// <param name="query">Where; its cursor is where to begin.</param>
    /// <param name="maxItems">Ends after so many.</param>
    /// <param name="cancellationToken">Cancels the wait, which may be minutes where histories are limited.</param>
    public IAsyncEnumerable<Message> ReadHistoryAsync(
        HistoryQuery query,
        int maxItems,
        CancellationToken cancellationToken
    ) => MessagesAsync(WebMethods.History, query, default, maxItems, cancellationToken);

    /// <summary>A thread, page by page, oldest first, without its parent.</summary>
    public async IAsyncEnumerable<Message> ReadRepliesAsync(
        HistoryQuery query,
        SlackTs thread,
        int maxItems,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var message in MessagesAsync(WebMethods.Replies, query, thread, maxItems, cancellationToken))
        {
            if (message.Ts != thread)
            {
                yield return message;
            }
        }
    }

    /// <summary>Source: https://docs.slack.dev/reference/methods/users.info</summary>
    public async Task<User> GetUserAsync(string user, CancellationToken cancellationToken)
    {
        var call = Reading(WebMethods.UserInfo, new WebForm().Add("user", user));
        return Required(call, (await CallAsync<UserAnswer>(call, cancellationToken)).User);
    }

    private IAsyncEnumerable<Message> MessagesAsync(
        string method,
        HistoryQuery query,
        SlackTs thread,
        int maxItems,
        CancellationToken cancellationToken
    ) =>
        WebPaging.AllAsync(
            async (cursor, cancel) =>
            {
                var next = query with { Cursor = cursor ?? query.Cursor };
                var page = await HistoryAsync(method, next, thread, cancel);
                return (page.Messages, page.NextCursor);
            },
            maxItems,
            cancellationToken
        );

    private async Task<MessagePage> HistoryAsync(
        string method,
        HistoryQuery query,
        SlackTs thread,
        CancellationToken cancellationToken
    )
    {
        var most = IsHistoryLimited ? WebPlan.LimitedPage : LargestHistoryPage;
        var form = new WebForm()
            .Add("channel", query.Channel)
            .Add("ts", thread)
            .Add("oldest", query.Oldest)
            .Add("latest", query.Latest)
            .Add("inclusive", query.Inclusive ? true : null)
            .Add("include_all_metadata", query.WithMetadata ? true : null)
            .Add("limit", Math.Clamp(query.Limit, 1, most))
            .Add("cursor", query.Cursor);
        var page = await CallAsync<MessagesAnswer>(Reading(method, form), cancellationToken);
        var cursor = page.ResponseMetadata?.NextCursor;
        return new MessagePage(page.Messages ?? [], string.IsNullOrEmpty(cursor) ? null : cursor);
    }

    private sealed record ConversationsAnswer(
        IReadOnlyList<Conversation>? Channels = null,
        PageEnd? ResponseMetadata = null
    );

    private sealed record ConversationAnswer(Conversation? Channel = null);

    private sealed record MessagesAnswer(IReadOnlyList<Message>? Messages = null, PageEnd? ResponseMetadata = null);

    private sealed record UserAnswer(User? User = null);
}
