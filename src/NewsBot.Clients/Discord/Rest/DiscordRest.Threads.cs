using System.Globalization;
using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Clients.Discord.Rest;

/// <content>Channels and threads.</content>
public sealed partial class DiscordRest
{
    private const string ChannelTemplate = "/channels/{channel}";

    /// <summary>A channel or thread. Source: https://discord.com/developers/docs/resources/channel#get-channel</summary>
    public Task<Channel> GetChannelAsync(Snowflake channel, CancellationToken cancellationToken) =>
        CallAsync<Channel>(Get(ChannelTemplate, $"/channels/{channel}", channel), cancellationToken);

    /// <summary>A channel's public threads that were archived. Source: https://discord.com/developers/docs/resources/channel#list-public-archived-threads</summary>
    /// <param name="channel">A text, announcement, forum or media channel.</param>
    /// <param name="before">Archived before; null for the newest.</param>
    /// <param name="limit">At most 100.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<ThreadPage> GetArchivedThreadsAsync(
        Snowflake channel,
        DateTimeOffset? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var instant = before?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        var query = instant is null ? "" : $"&before={Uri.EscapeDataString(instant)}";
        var path = $"/channels/{channel}/threads/archived/public?limit={Math.Clamp(limit, 2, 100)}{query}";
        return CallAsync<ThreadPage>(
            Get("/channels/{channel}/threads/archived/public", path, channel),
            cancellationToken
        );
    }

    /// <summary>
    /// Archives, unarchives, locks, renames or tags a thread. Source: https://discord.com/developers/docs/resources/channel#modify-channel
    /// </summary>
    public Task<Channel> ModifyThreadAsync(Snowflake thread, ThreadDraft change, CancellationToken cancellationToken)
    {
        // Renaming has a limit of its own (twice in ten minutes), which must not hold up archiving and locking.
        var call = new RestCall(HttpMethod.Patch, ChannelTemplate, $"/channels/{thread}", thread.ToString())
        {
            Body = RestBody.Of(change with { Message = null }),
            Variant = change.Name is null ? "" : "name",
            IsRepeatable = true,
        };
        return CallAsync<Channel>(call, cancellationToken);
    }

    /// <summary>
    /// Opens a public thread at a message; the thread has the message's id. Never tried again by itself: where the outcome
    /// is unknown, look whether the channel with that id exists.
    /// Source: https://discord.com/developers/docs/resources/channel#start-thread-from-message
    /// </summary>
    public Task<Channel> StartThreadAsync(
        Snowflake channel,
        Snowflake message,
        ThreadDraft draft,
        CancellationToken cancellationToken
    )
    {
        var call = new RestCall(
            HttpMethod.Post,
            "/channels/{channel}/messages/{message}/threads",
            $"/channels/{channel}/messages/{message}/threads",
            channel.ToString()
        )
        {
            Body = RestBody.Of(new { draft.Name, draft.AutoArchiveDuration }),
        };
        return CallAsync<Channel>(call, cancellationToken);
    }

    /// <summary>
    /// Makes a post in a forum or media channel. Never tried again by itself: there is no nonce here.
    /// Source: https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel
    /// </summary>
    public Task<Channel> StartForumPostAsync(
        Snowflake forum,
        ThreadDraft draft,
        IReadOnlyList<UploadFile> files,
        CancellationToken cancellationToken
    )
    {
        var payload = new
        {
            draft.Name,
            draft.AutoArchiveDuration,
            draft.AppliedTags,
            Message = Plain(draft.Message ?? new NewMessage(), files),
        };
        var call = new RestCall(
            HttpMethod.Post,
            "/channels/{channel}/threads",
            $"/channels/{forum}/threads",
            forum.ToString()
        )
        {
            Body = RestBody.Of(payload, files),
        };
        return CallAsync<Channel>(call, cancellationToken);
    }
}
