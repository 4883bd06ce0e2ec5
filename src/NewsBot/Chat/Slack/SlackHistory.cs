using System.Data.Common;
using Dapper;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>Knows which channels and threads are to be read, and how far they were read.</summary>
internal sealed class SlackHistory(Database database)
{
    // In a channel cards are looked for among so many messages; in a thread everything is one.
    private const int MaxInChannel = 5_000;
    private const int MaxInThread = 20_000;

    // Where Slack lets one page of 15 be read a minute, this is a quarter of an hour.
    private const int MaxInLimitedChannel = 225;

    // More places than this are read in the next round.
    private const int MaxPlaces = 5_000;

    // Edits and deletions are looked for among so many of the newest.
    private const int MaxMissing = 100;

    private const string DueThreads = """
        SELECT t.id AS Thread, c.id AS Channel, c.external_id AS ChannelKey, t.external_id AS Ts, w.external_id AS Team,
               t.last_message AS Seen
        FROM thread t JOIN channel c ON c.id = t.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE w.platform = 'slack' AND w.removed_at IS NULL AND c.mirror <> 'post-only'
          AND t.caught_up_at IS NULL AND t.state IN ('open', 'archived', 'locked') AND t.active_at >= @Since
        ORDER BY t.active_at DESC LIMIT @Limit
        """;

    private const string DueChannels = """
        SELECT NULL AS Thread, c.id AS Channel, c.external_id AS ChannelKey, NULL AS Ts, w.external_id AS Team, (
                   SELECT MIN(p.message_id) FROM post p
                   WHERE p.channel_id = c.id AND p.operation = 'create' AND p.message_id IS NOT NULL
                     AND p.sent_at >= @Since) AS Seen
        FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE w.platform = 'slack' AND w.removed_at IS NULL AND c.caught_up_at IS NULL LIMIT @Limit
        """;

    private const string CommentsOf = """
        SELECT message_id FROM comment
        WHERE channel_id = @Channel AND thread_id = @Thread AND state <> 'deleted'
        ORDER BY message_id DESC LIMIT @Limit
        """;

    private const string SaveThread = """
        UPDATE thread
        SET caught_up_at = @Now, last_message = MAX(COALESCE(last_message, ''), @Newest)
        WHERE id = @Thread
        """;

    private const string SaveChannel = "UPDATE channel SET caught_up_at = @Now WHERE id = @Channel";

    private const string Gone = "UPDATE thread SET state = 'gone', caught_up_at = @Now WHERE id = @Thread";

    public async Task<IReadOnlyList<SlackReadPlace>> ThreadsAsync(
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) => await DueAsync(DueThreads, since, cancellationToken);

    public async Task<IReadOnlyList<SlackReadPlace>> ChannelsAsync(
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) => await DueAsync(DueChannels, since, cancellationToken);

    /// <summary>Looks which cards of a channel have threads that moved, and marks those to be read.</summary>
    public async Task LookAsync(
        SlackWebApi api,
        SlackReadPlace place,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (place.Seen.IsEmpty)
        {
            return;
        }

        var query = new HistoryQuery(place.ChannelKey) { Oldest = place.Seen, Inclusive = true };
        List<Message> parents = [];
        var most = api.IsHistoryLimited ? MaxInLimitedChannel : MaxInChannel;
        await foreach (var message in api.ReadHistoryAsync(query, most, cancellationToken))
        {
            if (message.ReplyCount > 0 && !message.LatestReply.IsEmpty)
            {
                parents.Add(message);
            }
        }

        await database.WriteAsync(
            connection => SlackThreadMarks.MarkAsync(connection, place, parents, api.IsHistoryLimited, now),
            cancellationToken
        );
    }

    /// <summary>Everything in a thread; where Slack limits reading, only what is new.</summary>
    /// <returns>The replies, oldest first, and whether they are all there are.</returns>
    public static async Task<(IReadOnlyList<Message> Messages, bool IsWhole)> ReadAsync(
        SlackWebApi api,
        SlackReadPlace place,
        CancellationToken cancellationToken
    )
    {
        var isWhole = !api.IsHistoryLimited || place.Seen.IsEmpty;
        var query = new HistoryQuery(place.ChannelKey) { Oldest = isWhole ? default : place.Seen };
        List<Message> messages = [];
        await foreach (var message in api.ReadRepliesAsync(query, place.Ts, MaxInThread, cancellationToken))
        {
            messages.Add(message with { Channel = place.ChannelKey });
        }

        return (messages, isWhole && messages.Count < MaxInThread);
    }

    /// <summary>
    /// The newest comments of a thread. Asked for before the thread is read, so that none is among them that was written
    /// since: which came first no clock says, for ours may be wrong.
    /// </summary>
    public async Task<IReadOnlyList<SlackTs>> KnownAsync(SlackReadPlace place, CancellationToken cancellationToken)
    {
        var known = await database.ReadAsync(
            connection =>
                connection.QueryAsync<string>(
                    CommentsOf,
                    new
                    {
                        place.Channel,
                        place.Thread,
                        Limit = MaxMissing,
                    }
                ),
            cancellationToken
        );
        // What was written in a window has no message of Slack's yet.
        return [.. known.Select(text => new SlackTs(text)).Where(ts => ts.At is not null)];
    }

    public static Task SaveAsync(DbConnection connection, SlackReadPlace place, SlackTs newest, DateTimeOffset now) =>
        connection.ExecuteAsync(
            place.Thread is null ? SaveChannel : SaveThread,
            new
            {
                place.Thread,
                place.Channel,
                Newest = newest.Text,
                Now = now.Ms(),
            }
        );

    /// <summary>Takes that a thread is there no more: what was written in it is not shown.</summary>
    public Task HideAsync(SlackReadPlace place, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(Gone, new { place.Thread, Now = now.Ms() });
                await ChatGone.HideThreadAsync(connection, place.Thread!.Value, now);
            },
            cancellationToken
        );

    private async Task<IReadOnlyList<SlackReadPlace>> DueAsync(
        string sql,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<PlaceRow>(sql, new { Since = since.Ms(), Limit = MaxPlaces }),
            cancellationToken
        );
        return
        [
            .. rows.Select(row => new SlackReadPlace(
                row.Thread,
                row.Channel,
                row.Team,
                row.ChannelKey,
                new SlackTs(row.Ts),
                new SlackTs(row.Seen)
            )),
        ];
    }

    private sealed class PlaceRow
    {
        public required long Channel { get; init; }
        public required string ChannelKey { get; init; }
        public required string Team { get; init; }
        public long? Thread { get; init; }
        public string? Ts { get; init; }
        public string? Seen { get; init; }
    }
}

/// <summary>A channel or thread whose history is to be read.</summary>
/// <param name="Thread">The row of the thread; null for a channel.</param>
/// <param name="Channel">The row of the channel.</param>
/// <param name="Team">The workspace.</param>
/// <param name="ChannelKey">Slack's id of the channel.</param>
/// <param name="Ts">The parent of the thread; empty for a channel.</param>
/// <param name="Seen">Of a thread: up to here it was read. Of a channel: from here on it is read; empty for not at all.</param>
internal sealed record SlackReadPlace(
    long? Thread,
    long Channel,
    string Team,
    string ChannelKey,
    SlackTs Ts,
    SlackTs Seen
)
{
    /// <summary>What it is called in the log.</summary>
    public string Key => Thread is null ? ChannelKey : $"{ChannelKey}/{Ts}";
}
