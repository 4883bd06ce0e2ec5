using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Clients.Discord;
using NewsBot.Core.Channels;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Hides comments while the thread, channel or guild they were written in is gone, and shows them again when it is back.
/// What a moderator hid, or its author deleted, is not touched by either.
/// </summary>
internal static class DiscordGone
{
    private const string HideInThread = """
        UPDATE comment SET state = 'hidden', hidden_by = 'thread' WHERE thread_id = @Id AND state = 'visible'
        RETURNING story_id
        """;

    private const string ShowInThread = """
        UPDATE comment SET state = 'visible', hidden_by = NULL
        WHERE thread_id = @Id AND state = 'hidden' AND hidden_by = 'thread' RETURNING story_id
        """;

    private const string HideInChannel = """
        UPDATE comment SET state = 'hidden', hidden_by = 'channel' WHERE channel_id = @Id AND state = 'visible'
        RETURNING story_id
        """;

    private const string ShowInChannel = """
        UPDATE comment SET state = 'visible', hidden_by = NULL
        WHERE channel_id = @Id AND state = 'hidden' AND hidden_by = 'channel' RETURNING story_id
        """;

    private const string HideInWorkspace = """
        UPDATE comment SET state = 'hidden', hidden_by = 'workspace'
        WHERE state = 'visible' AND channel_id IN (
            SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id
            WHERE w.platform = 'discord' AND w.external_id = @Guild)
        RETURNING story_id
        """;

    private const string ShowInWorkspace = """
        UPDATE comment SET state = 'visible', hidden_by = NULL
        WHERE state = 'hidden' AND hidden_by = 'workspace'
          AND channel_id IN (SELECT id FROM channel WHERE workspace_id = @Id)
        RETURNING story_id
        """;

    private const string Park = "UPDATE channel SET parked_reason = @Reason WHERE id = @Id AND parked_reason IS NULL";

    private const string Reason = "It was deleted on Discord.";

    public static async Task HideThreadAsync(SqliteConnection connection, long thread, DateTimeOffset now) =>
        await RecountAsync(connection, await connection.QueryAsync<long>(HideInThread, new { Id = thread }), now);

    public static async Task ReturnThreadAsync(SqliteConnection connection, long thread, DateTimeOffset now) =>
        await RecountAsync(connection, await connection.QueryAsync<long>(ShowInThread, new { Id = thread }), now);

    public static async Task HideChannelAsync(SqliteConnection connection, ChannelId channel, DateTimeOffset now)
    {
        var key = new { Id = channel.Value, Reason };
        await RecountAsync(connection, await connection.QueryAsync<long>(HideInChannel, key), now);
        if (await connection.ExecuteAsync(Park, key) > 0)
        {
            await PrivateMessages.TellOfChannelAsync(connection, channel, Reason, now);
        }
    }

    public static async Task ReturnChannelAsync(SqliteConnection connection, Snowflake channel, DateTimeOffset now)
    {
        if (await ChatPlaces.Discord.FindChannelAsync(connection, channel.ToString()) is { } back)
        {
            await RecountAsync(
                connection,
                await connection.QueryAsync<long>(ShowInChannel, new { Id = back.Value }),
                now
            );
            await connection.ExecuteAsync(
                "UPDATE channel SET parked_reason = NULL WHERE id = @Id AND parked_reason = @Reason",
                new { Id = back.Value, Reason }
            );
        }
    }

    public static async Task HideWorkspaceAsync(SqliteConnection connection, string guild, DateTimeOffset now) =>
        await RecountAsync(connection, await connection.QueryAsync<long>(HideInWorkspace, new { Guild = guild }), now);

    public static async Task ReturnWorkspaceAsync(SqliteConnection connection, long workspace, DateTimeOffset now) =>
        await RecountAsync(connection, await connection.QueryAsync<long>(ShowInWorkspace, new { Id = workspace }), now);

    /// <summary>Counts anew where comments came or went.</summary>
    public static async Task RecountAsync(SqliteConnection connection, IEnumerable<long> stories, DateTimeOffset now)
    {
        foreach (var story in stories.Distinct().ToList())
        {
            await CommentLedger.RecountAsync(connection, new StoryId(story), now);
        }
    }
}
