using System.Data.Common;
using Dapper;
using NewsBot.Chat;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

/// <summary>Where in its chat the message of a comment stands.</summary>
internal static class OriginalMessages
{
    private const string Find = """
        SELECT w.platform, w.external_id AS Workspace, w.url AS Address, t.external_id AS Thread,
               ch.external_id AS Room, ch.name AS Channel, c.message_id AS Message, c.story_id AS Story
        FROM comment c JOIN channel ch ON ch.id = c.channel_id JOIN workspace w ON w.id = ch.workspace_id
        LEFT JOIN thread t ON t.id = c.thread_id
        WHERE c.id = @comment
        """;

    /// <returns>Null for what was written in a form of ours, which left no message of its author's in a chat.</returns>
    public static async Task<string?> LinkAsync(DbConnection connection, long comment)
    {
        var row = await connection.QuerySingleAsync<MessageRow>(Find, new { comment });
        return row switch
        {
            { Platform: "web" } => Paths.ChatThread(row.Channel, row.Story),
            // Ids of both platforms are digits and points; what was written in a form has a word before it.
            _ when !row.Message.All(sign => char.IsAsciiDigit(sign) || sign == '.') => null,
            _ => MessageLinks.Of(
                new MessagePlace(row.Platform, row.Workspace, row.Address, row.Room, row.Thread),
                row.Message
            ),
        };
    }

    private sealed class MessageRow
    {
        public required string Platform { get; init; }
        public required string Workspace { get; init; }
        public required string Room { get; init; }
        public string? Address { get; init; }
        public string? Thread { get; init; }
        public required string Channel { get; init; }
        public required string Message { get; init; }
        public required long Story { get; init; }
    }
}
