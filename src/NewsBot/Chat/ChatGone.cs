using System.Data.Common;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>
/// Hides comments while the thread, channel or workspace they were written in is gone, and shows them again when it is back.
/// What a moderator hid, or its author deleted, is not touched by either.
/// </summary>
internal static class ChatGone
{
    private const string HideInThread = """
        UPDATE comment SET state = 'hidden', hidden_by = 'thread' WHERE thread_id = @Id AND state = 'visible'
        RETURNING id
        """;

    private const string ShowInThread = """
        UPDATE comment SET state = 'visible', hidden_by = NULL
        WHERE thread_id = @Id AND state = 'hidden' AND hidden_by = 'thread' RETURNING id
        """;

    private const string HideInChannel = """
        UPDATE comment SET state = 'hidden', hidden_by = 'channel' WHERE channel_id = @Id AND state = 'visible'
        RETURNING id
        """;

    private const string ShowInChannel = """
        UPDATE comment SET state = 'visible', hidden_by = NULL
        WHERE channel_id = @Id AND state = 'hidden' AND hidden_by = 'channel' RETURNING id
        """;

    private const string HideInWorkspace = """
        UPDATE comment SET state = 'hidden', hidden_by = 'workspace'
        WHERE state = 'visible' AND channel_id IN (SELECT id FROM channel WHERE workspace_id = @Id)
        RETURNING id
        """;

    private const string ShowInWorkspace = """
        UPDATE comment SET state = 'visible', hidden_by = NULL
        WHERE state = 'hidden' AND hidden_by = 'workspace'
          AND channel_id IN (SELECT id FROM channel WHERE workspace_id = @Id)
        RETURNING id
        """;

    // Whatever was written, changed and deleted meanwhile was told to nobody.
    private const string ReadAgain = """
        UPDATE thread SET caught_up_at = NULL
        WHERE state <> 'gone' AND channel_id IN (SELECT id FROM channel WHERE workspace_id = @Id);
        UPDATE channel SET caught_up_at = NULL WHERE workspace_id = @Id;
        """;

    private const string Park = "UPDATE channel SET parked_reason = @Reason WHERE id = @Id AND parked_reason IS NULL";

    private const string Unpark = """
        UPDATE channel SET parked_reason = NULL WHERE id = @Id AND parked_reason = @Reason
        """;

    public static async Task HideThreadAsync(DbConnection connection, long thread, DateTimeOffset now) =>
        await ChangedAsync(connection, await connection.QueryAsync<long>(HideInThread, new { Id = thread }), now);

    public static async Task ReturnThreadAsync(DbConnection connection, long thread, DateTimeOffset now) =>
        await ChangedAsync(connection, await connection.QueryAsync<long>(ShowInThread, new { Id = thread }), now);

    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="channel">What is gone.</param>
    /// <param name="reason">Why nothing is posted there, in a sentence for an admin.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task HideChannelAsync(
        DbConnection connection,
        ChannelId channel,
        string reason,
        DateTimeOffset now
    )
    {
        var key = new { Id = channel.Value };
        await ChangedAsync(connection, await connection.QueryAsync<long>(HideInChannel, key), now);
        await ParkAsync(connection, channel, reason, now);
    }

    /// <summary>Posts nothing to a channel until that reason no longer holds; its admins are told once.</summary>
    public static async Task ParkAsync(DbConnection connection, ChannelId channel, string reason, DateTimeOffset now)
    {
        if (await connection.ExecuteAsync(Park, new { Id = channel.Value, Reason = reason }) > 0)
        {
            await PrivateMessages.TellOfChannelAsync(connection, channel, reason, now);
        }
    }

    /// <summary>Goes on posting to a channel that waits for this reason; one that waits for another goes on waiting.</summary>
    public static Task UnparkAsync(DbConnection connection, ChannelId channel, string reason) =>
        connection.ExecuteAsync(Unpark, new { Id = channel.Value, Reason = reason });

    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="channel">What is back.</param>
    /// <param name="reason">The reason that no longer holds; a channel that waits for another one goes on waiting.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task ReturnChannelAsync(
        DbConnection connection,
        ChannelId channel,
        string reason,
        DateTimeOffset now
    )
    {
        var key = new { Id = channel.Value };
        await ChangedAsync(connection, await connection.QueryAsync<long>(ShowInChannel, key), now);
        await UnparkAsync(connection, channel, reason);
    }

    public static async Task HideWorkspaceAsync(DbConnection connection, long workspace, DateTimeOffset now) =>
        await ChangedAsync(connection, await connection.QueryAsync<long>(HideInWorkspace, new { Id = workspace }), now);

    /// <summary>
    /// Shows what was written in a workspace again. One that was away is read again as well, and gets what others wrote
    /// meanwhile.
    /// </summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="workspace">Which.</param>
    /// <param name="since">Since when the bot was out of it; null where it was in it all along.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task ReturnWorkspaceAsync(
        DbConnection connection,
        long workspace,
        DateTimeOffset? since,
        DateTimeOffset now
    )
    {
        var key = new { Id = workspace };
        await ChangedAsync(connection, await connection.QueryAsync<long>(ShowInWorkspace, key), now);
        if (since is { } left)
        {
            await connection.ExecuteAsync(ReadAgain, key);
            await CommentCopies.CreateMissedAsync(connection, workspace, left, now);
        }
    }

    /// <summary>Counts anew where comments came or went, and lets their copies follow.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="comments">Rows of the comments.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task ChangedAsync(DbConnection connection, IEnumerable<long> comments, DateTimeOffset now)
    {
        var changed = comments.ToList();
        var stories = await connection.QueryAsync<long>(
            "SELECT DISTINCT story_id FROM comment WHERE id IN (SELECT value FROM json_each(@Ids))",
            new { Ids = JsonSerializer.Serialize(changed) }
        );
        foreach (var story in stories.AsList())
        {
            await CommentLedger.RecountAsync(connection, new StoryId(story), now);
        }

        await CommentCopies.RefreshAsync(connection, changed, CopyChange.Away, now);
    }
}
