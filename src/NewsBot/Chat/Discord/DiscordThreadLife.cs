using System.Data.Common;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Discord;

/// <summary>Keeps what is known of threads true to what Discord says: opened, archived, locked, deleted, back again.</summary>
internal sealed class DiscordThreadLife(
    Database database,
    DiscordTracking tracking,
    LiveUpdates live,
    TimeProvider time
)
{
    private const string Find = """
        SELECT t.id, t.state FROM thread t JOIN channel c ON c.id = t.channel_id JOIN workspace w ON w.id = c.workspace_id
        WHERE t.external_id = @Id AND w.platform = 'discord'
        """;

    private const string SetState = """
        UPDATE thread SET state = @State, error = NULL, next_try_at = NULL WHERE id = @Id AND state <> @State
        """;

    // What was written while it was away is to be read.
    private const string Missed = "UPDATE thread SET caught_up_at = NULL WHERE id = @Id";

    /// <summary>Takes a thread as it is now.</summary>
    public async Task KeepAsync(Channel thread, CancellationToken cancellationToken)
    {
        if (thread.ParentId is { } parent)
        {
            tracking.AddThread(thread.Id.Value, parent.Value);
        }

        var isBack = await database.WriteAsync(
            connection => KeepAsync(connection, thread, time.GetUtcNow()),
            cancellationToken
        );
        if (isBack)
        {
            live.Publish(LiveUpdate.Everything);
        }
    }

    /// <summary>Takes all threads of a guild or of some of its channels that are active now.</summary>
    public async Task KeepAsync(IReadOnlyList<Channel> threads, CancellationToken cancellationToken)
    {
        List<Channel> ours = [.. threads.Where(thread => thread.ParentId is { } parent && tracking.Has(parent.Value))];
        foreach (var thread in ours)
        {
            tracking.AddThread(thread.Id.Value, thread.ParentId!.Value.Value);
        }

        await database.WriteAsync(
            async connection =>
            {
                foreach (var thread in ours)
                {
                    await KeepAsync(connection, thread, time.GetUtcNow());
                }
            },
            cancellationToken
        );
    }

    /// <summary>Takes a thread that was deleted: what was written there is not shown.</summary>
    public async Task DeleteAsync(Snowflake thread, CancellationToken cancellationToken)
    {
        tracking.Remove(thread);
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async connection =>
            {
                if (await FindAsync(connection, thread) is { } row)
                {
                    await connection.ExecuteAsync(SetState, new { row.Id, State = "gone" });
                    await ChatGone.HideThreadAsync(connection, row.Id, now);
                }
            },
            cancellationToken
        );
        live.Publish(LiveUpdate.Everything);
    }

    private async Task<bool> KeepAsync(DbConnection connection, Channel thread, DateTimeOffset now)
    {
        // One that was opened at our card is found by its id, which is the card's.
        await DiscordReplyPlace.FindAsync(connection, thread.Id, now);
        if (await FindAsync(connection, thread.Id) is not { } row)
        {
            await ForgetAsync(connection, thread);
            return false;
        }

        var state = thread.ThreadMetadata switch
        {
            { Locked: true } => "locked",
            { Archived: true } => "archived",
            _ => "open",
        };
        await connection.ExecuteAsync(SetState, new { row.Id, State = state });
        if (row.State != "gone")
        {
            return false;
        }

        await connection.ExecuteAsync(Missed, new { row.Id });
        await ChatGone.ReturnThreadAsync(connection, row.Id, now);
        return true;
    }

    /// <summary>A thread that is none of ours is not listened to; while a card is being posted it may be that card's.</summary>
    private async Task ForgetAsync(DbConnection connection, Channel thread)
    {
        if (
            thread.ParentId is not { } parent
            || await ChatPlaces.Discord.FindChannelAsync(connection, parent.ToString()) is not { } channel
            || !await ReplyTarget.IsSendingAsync(connection, channel)
        )
        {
            tracking.Remove(thread.Id);
        }
    }

    private static Task<ThreadRow?> FindAsync(DbConnection connection, Snowflake thread) =>
        connection.QueryFirstOrDefaultAsync<ThreadRow>(Find, new { Id = thread.ToString() });

    private sealed class ThreadRow
    {
        public required long Id { get; init; }
        public required string State { get; init; }
    }
}
