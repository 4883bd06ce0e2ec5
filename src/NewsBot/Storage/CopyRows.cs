using System.Data.Common;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Reads what decides where comments may be shown.</summary>
internal static class CopyRows
{
    private const string ChannelColumns = """
        ch.id AS ChannelId, ch.name AS ChannelName, ch.workspace_id AS Workspace, ch.community_id AS ChannelCommunity,
        ch.mirror, ch.mirror_since AS MirrorSince, ch.mirror_within AS MirrorWithin, ch.publication,
        w.platform, w.name AS WorkspaceName, w.removed_at AS RemovedAt
        """;

    private const string SelectComment = $"""
        SELECT c.id, c.story_id AS StoryId, c.number, c.parent, c.body, c.state, c.visibility,
               c.accepted_at AS AcceptedAt, c.message_id AS MessageId, c.withdrawn, s.community_id AS Community,
               COALESCE(m.pseudonym, c.author_name, m.name) AS Author,
               CASE WHEN m.pseudonym IS NULL THEN p.source_url END AS Avatar,
               m.opted_out_at AS OptedOutAt, m.erased_at AS ErasedAt, m.muted_until AS MutedUntil, {ChannelColumns}
        FROM comment c
        JOIN story s ON s.id = c.story_id
        JOIN member m ON m.id = c.member_id
        JOIN channel ch ON ch.id = c.channel_id
        JOIN workspace w ON w.id = ch.workspace_id
        LEFT JOIN picture p ON p.id = c.avatar_id
        """;

    private const string CommentById = $"{SelectComment} WHERE c.id = @Id";

    private const string CommentsById = $"{SelectComment} WHERE c.id IN (SELECT value FROM json_each(@Ids))";

    private const string CommentByNumber = $"{SelectComment} WHERE c.story_id = @Story AND c.number = @Number";

    private const string ChannelById = $"""
        SELECT {ChannelColumns} FROM channel ch JOIN workspace w ON w.id = ch.workspace_id WHERE ch.id = @Id
        """;

    private const string ChannelsOf = $"""
        SELECT {ChannelColumns} FROM channel ch JOIN workspace w ON w.id = ch.workspace_id
        WHERE ch.community_id = @community AND w.removed_at IS NULL ORDER BY ch.id
        """;

    // A thread that was deleted on its platform is not opened again by copies.
    private const string StoryTargets = $"""
        SELECT {ChannelColumns}, p.created_at AS CardSince, p.state = 'sent' AS IsCardSent
        FROM post p JOIN channel ch ON ch.id = p.channel_id JOIN workspace w ON w.id = ch.workspace_id
        WHERE p.subject = @Subject AND p.part = 0 AND p.operation = 'create' AND p.state IN ('waiting', 'sent')
          AND NOT EXISTS (
            SELECT 1 FROM thread t WHERE t.channel_id = ch.id AND t.story_id = @Story AND t.state = 'gone')
        ORDER BY p.id
        """;

    public static Task<CopiedRow?> CommentAsync(DbConnection connection, long id) =>
        connection.QueryFirstOrDefaultAsync<CopiedRow>(CommentById, new { Id = id });

    /// <param name="connection">Any connection.</param>
    /// <param name="ids">Few enough that their texts may be in memory together.</param>
    public static async Task<IReadOnlyList<CopiedRow>> CommentsAsync(
        DbConnection connection,
        IReadOnlyCollection<long> ids
    ) => (await connection.QueryAsync<CopiedRow>(CommentsById, new { Ids = JsonSerializer.Serialize(ids) })).AsList();

    public static Task<CopiedRow?> CommentAsync(DbConnection connection, StoryId story, long number) =>
        connection.QueryFirstOrDefaultAsync<CopiedRow>(CommentByNumber, new { Story = story.Value, Number = number });

    public static Task<MirrorRow> ChannelAsync(DbConnection connection, ChannelId channel) =>
        connection.QuerySingleAsync<MirrorRow>(ChannelById, new { Id = channel.Value });

    /// <summary>The channels of a community, without those of workspaces that have left.</summary>
    public static async Task<IReadOnlyList<MirrorRow>> ChannelsAsync(DbConnection connection, long community) =>
        (await connection.QueryAsync<MirrorRow>(ChannelsOf, new { community })).AsList();

    /// <summary>The channels that carry a story's card, or will in a moment.</summary>
    public static async Task<IReadOnlyList<MirrorRow>> TargetsAsync(DbConnection connection, StoryId story) =>
        (
            await connection.QueryAsync<MirrorRow>(
                StoryTargets,
                new { Subject = PostSubject.Of(story).Value, Story = story.Value }
            )
        ).AsList();
}

/// <summary>A channel as copies need it.</summary>
internal class MirrorRow
{
    public required long ChannelId { get; init; }
    public required string ChannelName { get; init; }
    public required long Workspace { get; init; }
    public required long ChannelCommunity { get; init; }
    public required string Mirror { get; init; }
    public long? MirrorSince { get; init; }
    public required long MirrorWithin { get; init; }
    public required string Publication { get; init; }
    public required string Platform { get; init; }
    public required string WorkspaceName { get; init; }
    public long? RemovedAt { get; init; }

    /// <summary>When the story's card was written for it; null where that was not asked.</summary>
    public long? CardSince { get; init; }

    /// <summary>Whether the platform has the card.</summary>
    public long IsCardSent { get; init; }

    public MirrorChannel Channel =>
        new(
            new ChannelId(ChannelId),
            Workspace,
            ChannelCommunity,
            MirrorModes.Parse(Mirror),
            Instants.At(MirrorSince),
            MirrorWithin != 0,
            Enum.Parse<Visibility>(Publication, ignoreCase: true),
            RemovedAt is not null
        );

    public CopyTarget Target => new(Channel, Instants.At(CardSince));
}

/// <summary>A comment with all that decides where and how it may be shown.</summary>
internal sealed class CopiedRow : MirrorRow
{
    public required long Id { get; init; }
    public required long StoryId { get; init; }
    public required long Number { get; init; }
    public required long Parent { get; init; }
    public required string Body { get; init; }
    public required string State { get; init; }
    public required string Visibility { get; init; }
    public required long AcceptedAt { get; init; }
    public required string MessageId { get; init; }
    public required long Withdrawn { get; init; }
    public required long Community { get; init; }
    public required string Author { get; init; }
    public string? Avatar { get; init; }
    public long? OptedOutAt { get; init; }
    public long? ErasedAt { get; init; }
    public long? MutedUntil { get; init; }

    /// <summary>False where it was written on a page of ours, so that its channel has no message of it but a copy.</summary>
    public bool HasMessage => !CommentMessage.IsOurs(MessageId);

    public CopySource Source(DateTimeOffset now) =>
        new(
            Channel,
            Community,
            Enum.Parse<Visibility>(Visibility, ignoreCase: true),
            Instants.At(AcceptedAt),
            HasMessage,
            State == "visible",
            Withdrawn != 0 || OptedOutAt is not null || ErasedAt is not null,
            MutedUntil > now.Ms()
        );
}
