using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Comments;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat;

/// <summary>Counts reactions to comments, and hands on those to cards. Who gave them is kept only as a hash, so that one told twice counts once.</summary>
internal sealed class ChatReactions(Database database, LiveUpdates live, TimeProvider time)
{
    // Discord lets a message have twenty, Slack about as many.
    private const int MaxEmoji = 20;
    private const int MaxEmojiChars = 64;

    // What is read anew from the message names nobody.
    private const string Nobody = "";

    // What was written on a page or in a window of ours is shown where it belongs by a message of ours.
    private const string Find = """
        SELECT c.id, c.story_id AS Story
        FROM comment c JOIN channel ch ON ch.id = c.channel_id JOIN workspace w ON w.id = ch.workspace_id
        WHERE c.message_id = @Message AND w.platform = @Platform AND (@Channel IS NULL OR ch.external_id = @Channel)
        UNION ALL
        SELECT c.id, c.story_id
        FROM post p JOIN channel ch ON ch.id = p.channel_id JOIN workspace w ON w.id = ch.workspace_id
        JOIN comment c ON p.subject = 'comment:' || c.id AND c.channel_id = p.channel_id
        WHERE p.message_id = @Message AND p.operation = 'create' AND w.platform = @Platform
          AND (@Channel IS NULL OR ch.external_id = @Channel)
        LIMIT 1
        """;

    // A user who was taken back from what was counted anew is back in it; else they count by themselves.
    private const string TakeBack = """
        DELETE FROM reaction WHERE comment_id = @Id AND emoji = @Emoji AND user_hash = @User AND count = @Other
        """;

    private const string Add = """
        INSERT INTO reaction (comment_id, emoji, user_hash, count)
        SELECT @Id, @Emoji, @User, 1
        WHERE (SELECT COUNT(DISTINCT emoji) FROM reaction WHERE comment_id = @Id AND emoji <> @Emoji) < @Max
        ON CONFLICT (comment_id, emoji, user_hash) DO NOTHING
        """;

    private const string Remove = """
        INSERT INTO reaction (comment_id, emoji, user_hash, count)
        SELECT @Id, @Emoji, @User, -1
        WHERE EXISTS (SELECT 1 FROM reaction WHERE comment_id = @Id AND emoji = @Emoji AND user_hash = '')
        ON CONFLICT (comment_id, emoji, user_hash) DO NOTHING
        """;

    private const string RemoveEmoji = "DELETE FROM reaction WHERE comment_id = @Id AND emoji = @Emoji";

    private const string RemoveAll = "DELETE FROM reaction WHERE comment_id = @Id";

    private const string Sums = """
        SELECT emoji, SUM(count) AS Count FROM reaction WHERE comment_id = @Id GROUP BY emoji HAVING SUM(count) > 0
        ORDER BY Count DESC, emoji
        """;

    private const string Show = "UPDATE comment SET reactions = @Json WHERE id = @Id AND reactions <> @Json";

    /// <summary>Takes one event; what reacts neither to a comment nor to a card is left.</summary>
    public async Task TakeAsync(ReactionChange change, CancellationToken cancellationToken)
    {
        // Most messages people react to are not ours: they must not take the write lock.
        var key = new
        {
            change.Platform,
            change.Channel,
            change.Message,
        };
        var (comment, card) = await database.ReadAsync(
            async connection =>
                await connection.QueryFirstOrDefaultAsync<CommentRow>(Find, key) is { } found
                    ? (found, null)
                    : ((CommentRow?)null, await CardReactions.FindAsync(connection, change)),
            cancellationToken
        );
        if (comment is null)
        {
            if (card is not null)
            {
                await database.WriteAsync(
                    connection => CardReactions.TakeAsync(connection, card, change, time.GetUtcNow()),
                    cancellationToken
                );
            }

            return;
        }

        var isChanged = await database.WriteAsync(
            async connection =>
            {
                await ApplyAsync(
                    connection,
                    change.Kind,
                    new
                    {
                        comment.Id,
                        Emoji = Shown(change.Emoji),
                        User = Hash(comment.Id, change.Account),
                        Max = MaxEmoji,
                        // What undoes it: a plus that was counted, or a minus.
                        Other = change.Kind is ReactionKind.Add ? -1 : 1,
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

    private static async Task ApplyAsync(DbConnection connection, ReactionKind kind, object reaction)
    {
        if (kind is ReactionKind.Add or ReactionKind.Remove)
        {
            if (await connection.ExecuteAsync(TakeBack, reaction) == 0)
            {
                await connection.ExecuteAsync(kind is ReactionKind.Add ? Add : Remove, reaction);
            }

            return;
        }

        await connection.ExecuteAsync(kind is ReactionKind.RemoveEmoji ? RemoveEmoji : RemoveAll, reaction);
    }

    /// <summary>Takes the counts of a message that was read anew: they replace what was counted before.</summary>
    public static async Task KeepAsync(DbConnection connection, long comment, IEnumerable<ReactionCount> reactions)
    {
        await connection.ExecuteAsync(RemoveAll, new { Id = comment });
        foreach (
            var group in reactions
                .Where(reaction => reaction.Count > 0)
                .GroupBy(reaction => Shown(reaction.Emoji), StringComparer.Ordinal)
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

    private static async Task<bool> ShowAsync(DbConnection connection, long comment)
    {
        var sums = await connection.QueryAsync<SumRow>(Sums, new { Id = comment });
        var json = JsonSerializer.Serialize(
            sums.Select(sum => new { emoji = sum.Emoji, count = sum.Count }),
            JsonSerializerOptions.Web
        );
        return await connection.ExecuteAsync(Show, new { Id = comment, Json = json }) > 0;
    }

    /// <summary>An emoji as it is kept.</summary>
    public static string Shown(string emoji)
    {
        var name = CommentText.Clean(emoji).ReplaceLineEndings("");
        return name.Length switch
        {
            0 => ":emoji:",
            > MaxEmojiChars => name[..MaxEmojiChars],
            _ => name,
        };
    }

    private static string Hash(long comment, string? user) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"reaction {comment} {user}"))
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

/// <summary>What happened to the reactions of a message.</summary>
internal enum ReactionKind
{
    Add,
    Remove,
    RemoveEmoji,
    RemoveAll,
}

/// <summary>What a reaction event says.</summary>
/// <param name="Platform">Which platform the ids are of, such as "discord".</param>
/// <param name="Channel">The platform's id of the channel; null where the message's id is unique without it.</param>
/// <param name="Message">The platform's id of the message.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Emoji">As shown: the sign itself, or its name between colons; empty where all are removed.</param>
/// <param name="Account">Who; null where all are removed.</param>
internal sealed record ReactionChange(
    string Platform,
    string? Channel,
    string Message,
    ReactionKind Kind,
    string Emoji,
    string? Account
)
{
    /// <summary>Whether it was a program, the bot itself above all.</summary>
    public bool IsBot { get; init; }
}

/// <param name="Emoji">As shown.</param>
/// <param name="Count">How many people.</param>
internal sealed record ReactionCount(string Emoji, int Count);
