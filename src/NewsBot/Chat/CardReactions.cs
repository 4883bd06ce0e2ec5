using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using NewsBot.Core.Posts;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>Keeps who reacted to the card of a story, as a sign of what the community cares for. Nothing shows it to anybody.</summary>
internal static class CardReactions
{
    // Far more people than are counted of one story, so that those who take theirs back are not missed.
    private const int MostKept = 200;

    // A card of its own or of a digest; what is merely about stories, as the list of a digest, says nothing of one.
    private const string Find = """
        SELECT p.subject AS Subject, p.channel_id AS Channel, ch.workspace_id AS Workspace
        FROM post p JOIN channel ch ON ch.id = p.channel_id JOIN workspace w ON w.id = ch.workspace_id
        WHERE p.message_id = @Message AND p.operation = 'create' AND p.subject LIKE 'story:%' AND w.platform = @Platform
          AND (@Channel IS NULL OR ch.external_id = @Channel)
        LIMIT 1
        """;

    private const string FindMember = """
        SELECT m.id AS Id, CASE WHEN m.opted_out_at IS NULL AND m.erased_at IS NULL THEN 0 ELSE 1 END AS IsAway
        FROM identity i JOIN member m ON m.id = i.member_id
        WHERE i.workspace_id = @Workspace AND i.external_id = @Account
        """;

    private const string Add = """
        INSERT INTO card_reaction (story_id, channel_id, emoji, user_hash, at)
        SELECT @Story, @Channel, @Emoji, @User, @Now
        WHERE (SELECT COUNT(*) FROM card_reaction WHERE story_id = @Story AND channel_id = @Channel) < @Most
        ON CONFLICT (story_id, channel_id, emoji, user_hash) DO NOTHING
        """;

    private const string Remove = """
        DELETE FROM card_reaction
        WHERE story_id = @Story AND channel_id = @Channel AND emoji = @Emoji AND user_hash IN @Users
        """;

    private const string RemoveEmoji =
        "DELETE FROM card_reaction WHERE story_id = @Story AND channel_id = @Channel AND emoji = @Emoji";

    private const string RemoveAll = "DELETE FROM card_reaction WHERE story_id = @Story AND channel_id = @Channel";

    /// <summary>The card a message is.</summary>
    /// <returns>Null where it is none.</returns>
    public static Task<ReactedCard?> FindAsync(DbConnection connection, ReactionChange change) =>
        connection.QueryFirstOrDefaultAsync<ReactedCard>(
            Find,
            new
            {
                change.Platform,
                change.Channel,
                change.Message,
            }
        );

    /// <summary>Takes one event. Programs count for nothing, nor do people who do not want to be known here.</summary>
    public static async Task TakeAsync(
        DbConnection connection,
        ReactedCard card,
        ReactionChange change,
        DateTimeOffset now
    )
    {
        var member = await connection.QueryFirstOrDefaultAsync<MemberRow>(
            FindMember,
            new { card.Workspace, change.Account }
        );
        // Who writes here is one person on all platforms; who only reacts is known by the account alone.
        var account = Hash(card.Story, $"{change.Platform} {card.Workspace} {change.Account}");
        var person = member is null ? account : Hash(card.Story, $"member {member.Id}");
        var key = new
        {
            card.Story,
            card.Channel,
            Emoji = ChatReactions.Shown(change.Emoji),
            User = person,
            // Perhaps they became known between the two.
            Users = Among.Of([account, person]),
            Most = MostKept,
            Now = now.Ms(),
        };
        switch (change.Kind)
        {
            case ReactionKind.Add when change is { IsBot: false, Account: not null } && member is not { IsAway: not 0 }:
                await connection.ExecuteAsync(Add, key);
                break;
            case ReactionKind.Add:
                break;
            case ReactionKind.Remove:
                await connection.ExecuteAsync(Remove, key);
                break;
            case ReactionKind.RemoveEmoji:
                await connection.ExecuteAsync(RemoveEmoji, key);
                break;
            default:
                await connection.ExecuteAsync(RemoveAll, key);
                break;
        }
    }

    private static string Hash(long story, string who) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"card {story} {who}")))
        );

    private sealed class MemberRow
    {
        public required long Id { get; init; }
        public required long IsAway { get; init; }
    }
}

/// <summary>A card that somebody reacted to.</summary>
internal sealed class ReactedCard
{
    public required string Subject { get; init; }
    public required long Channel { get; init; }
    public required long Workspace { get; init; }

    public long Story => new PostSubject(Subject).Story!.Value.Value;
}
