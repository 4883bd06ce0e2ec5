using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

/// <summary>Where in its chat the message of a comment stands.</summary>
internal static class OriginalMessages
{
    private const string Find = """
        SELECT w.platform, w.external_id AS Workspace, COALESCE(t.external_id, ch.external_id) AS Place,
               ch.external_id AS Room, ch.name AS Channel, c.message_id AS Message, c.story_id AS Story
        FROM comment c JOIN channel ch ON ch.id = c.channel_id JOIN workspace w ON w.id = ch.workspace_id
        LEFT JOIN thread t ON t.id = c.thread_id
        WHERE c.id = @comment
        """;

    /// <returns>Null for what was written in a form of ours, which left no message of its author's in a chat.</returns>
    public static async Task<string?> LinkAsync(SqliteConnection connection, long comment)
    {
        var row = await connection.QuerySingleAsync<MessageRow>(Find, new { comment });
        return row switch
        {
            { Platform: "web" } => Paths.ChatThread(row.Channel, row.Story),
            // Ids of both platforms are digits and points; what was written in a form has a word before it.
            _ when !row.Message.All(sign => char.IsAsciiDigit(sign) || sign == '.') => null,
            { Platform: "discord" } => $"https://discord.com/channels/{row.Workspace}/{row.Place}/{row.Message}",
            _ => $"https://app.slack.com/client/{row.Workspace}/{row.Room}/thread/{row.Room}-{row.Place}",
        };
    }

    private sealed class MessageRow
    {
        public required string Platform { get; init; }
        public required string Workspace { get; init; }
        public required string Place { get; init; }
        public required string Room { get; init; }
        public required string Channel { get; init; }
        public required string Message { get; init; }
        public required long Story { get; init; }
    }
}
