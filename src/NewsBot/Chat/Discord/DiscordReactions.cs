using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Comments;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Discord;

/// <summary>Counts reactions to comments. Who gave them is kept only as a hash, so that one told twice counts once.</summary>
internal sealed class DiscordReactions(Database database, LiveUpdates live)
{
    // Discord lets a message have twenty.
    private const int MaxEmoji = 20;
    private const int MaxEmojiChars = 64;

    // What is read anew from the message names nobody.
    private const string Nobody = "";

    private const string Find = """
        SELECT id, story_id AS Story FROM comment
        WHERE message_id = @Message AND channel_id IN (
            SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id WHERE w.platform = 'discord')
        """;

    // A user who was taken back from what was counted anew is back in it; else they count by themselves.
    private const string Add = """
        DELETE FROM reaction WHERE comment_id = @Id AND emoji = @Emoji AND user_hash = @User AND count = -1;
        INSERT INTO reaction (comment_id, emoji, user_hash, count)
        SELECT @Id, @Emoji, @User, 1
        WHERE changes() = 0 AND (SELECT COUNT(DISTINCT emoji) FROM reaction WHERE comment_id = @Id AND emoji <> @Emoji) < @Max
        ON CONFLICT (comment_id, emoji, user_hash) DO NOTHING;
        """;

    private const string Remove = """
        DELETE FROM reaction WHERE comment_id = @Id AND emoji = @Emoji AND user_hash = @User AND count = 1;
        INSERT INTO reaction (comment_id, emoji, user_hash, count)
        SELECT @Id, @Emoji, @User, -1
        WHERE changes() = 0
          AND EXISTS (SELECT 1 FROM reaction WHERE comment_id = @Id AND emoji = @Emoji AND user_hash = '')
        ON CONFLICT (comment_id, emoji, user_hash) DO NOTHING;
        """;

    private const string RemoveEmoji = "DELETE FROM reaction WHERE comment_id = @Id AND emoji = @Emoji";

    private const string RemoveAll = "DELETE FROM reaction WHERE comment_id = @Id";

    private const string Sums = """
        SELECT emoji, SUM(count) AS Count FROM reaction WHERE comment_id = @Id GROUP BY emoji HAVING SUM(count) > 0
        ORDER BY Count DESC, emoji
        """;

    private const string Show = "UPDATE comment SET reactions = @Json WHERE id = @Id AND reactions <> @Json";

    /// <summary>Takes one event.</summary>
    /// <param name="type">Its name.</param>
    /// <param name="change">What it says.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public async Task TakeAsync(string type, ReactionChange change, CancellationToken cancellationToken)
    {
        // Most messages people react to are no comments: they must not take the write lock.
        var key = new { Message = change.MessageId.ToString() };
        var comment = await database.ReadAsync(
            connection => connection.QueryFirstOrDefaultAsync<CommentRow>(Find, key),
            cancellationToken
        );
        if (comment is null)
        {
            return;
        }

        var isChanged = await database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    type switch
                    {
                        "MESSAGE_REACTION_ADD" => Add,
                        "MESSAGE_REACTION_REMOVE" => Remove,
                        "MESSAGE_REACTION_REMOVE_EMOJI" => RemoveEmoji,
                        _ => RemoveAll,
                    },
                    new
                    {
                        comment.Id,
                        Emoji = Name(change.Emoji),
                        User = Hash(comment.Id, change.UserId),
                        Max = MaxEmoji,
                    }
                );
                return await ShowAsync(connection, comment.Id);
            },
            cancellationToken
        );
        if (isChanged)
        {
            live.Publish(new LiveUpdate(null, new StoryId(comment.Story)));
        }
    }

    /// <summary>Takes the counts of a message that was read anew: they replace what was counted before.</summary>
    public static async Task KeepAsync(SqliteConnection connection, long comment, IReadOnlyList<Reaction> reactions)
    {
        await connection.ExecuteAsync(RemoveAll, new { Id = comment });
        foreach (
            var group in reactions
                .Where(reaction => reaction.Count > 0)
                .GroupBy(reaction => Name(reaction.Emoji), StringComparer.Ordinal)
                .Take(MaxEmoji)
        )
        {
            await connection.ExecuteAsync(
                "INSERT INTO reaction (comment_id, emoji, user_hash, count) VALUES (@Id, @Emoji, @Nobody, @Count)",
                new
                {
                    Id = comment,
                    Emoji = group.Key,
                    Nobody,
                    Count = group.Sum(reaction => reaction.Count),
                }
            );
        }

        await ShowAsync(connection, comment);
    }

    private static async Task<bool> ShowAsync(SqliteConnection connection, long comment)
    {
        var sums = await connection.QueryAsync<SumRow>(Sums, new { Id = comment });
        var json = JsonSerializer.Serialize(
            sums.Select(sum => new { emoji = sum.Emoji, count = sum.Count }),
            JsonSerializerOptions.Web
        );
        return await connection.ExecuteAsync(Show, new { Id = comment, Json = json }) > 0;
    }

    private static string Name(Emoji? emoji)
    {
        var name = CommentText.Clean(emoji?.Name ?? "").ReplaceLineEndings("");
        name = name.Length > MaxEmojiChars ? name[..MaxEmojiChars] : name;
        return emoji?.Id is null && name.Length > 0 ? name : $":{(name.Length == 0 ? "emoji" : name)}:";
    }

    private static string Hash(long comment, Snowflake? user) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"reaction {comment} {user}"))
            )
        );

    private sealed class CommentRow
    {
        public required long Id { get; init; }
        public required long Story { get; init; }
    }

    private sealed class SumRow
    {
        public required string Emoji { get; init; }
        public required long Count { get; init; }
    }
}

/// <summary>What a reaction event says. Source: https://discord.com/developers/docs/events/gateway-events#message-reaction-add</summary>
/// <param name="ChannelId">Where.</param>
/// <param name="MessageId">To what.</param>
/// <param name="UserId">Who; absent where all are removed.</param>
/// <param name="Emoji">Which; absent where all are removed.</param>
internal sealed record ReactionChange(
    Snowflake ChannelId,
    Snowflake MessageId,
    Snowflake? UserId = null,
    Emoji? Emoji = null
);
