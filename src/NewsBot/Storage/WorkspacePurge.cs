using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace NewsBot.Storage;

/// <summary>
/// Purges a workspace the bot was removed from: its channels, posts and threads, what was written there, who wrote it, and
/// the stories nobody else has. In a story that others have too, its comments leave their numbers behind and nothing else.
/// </summary>
internal sealed class WorkspacePurge(Database database, TimeProvider time)
{
    // So long an accidental removal can be taken back by inviting the bot again.
    private static readonly TimeSpan KeepRemoved = TimeSpan.FromDays(7);

    // Few enough that nobody waits for the write lock noticeably.
    private const int StoriesAtATime = 200;
    private const int RowsAtATime = 500;

    private const string Next = """
        SELECT w.id, w.community_id AS CommunityId, NOT EXISTS (
            SELECT 1 FROM workspace o WHERE o.community_id = w.community_id AND o.id <> w.id
              AND (o.platform <> 'web' OR EXISTS (SELECT 1 FROM channel c WHERE c.workspace_id = o.id))) AS IsWhole
        FROM workspace w WHERE w.removed_at < @Before AND w.external_id NOT LIKE 'purged:%' ORDER BY w.id LIMIT 1
        """;

    // With its last workspace a community loses also what never was in a channel.
    private const string OwnStories = """
        SELECT s.id FROM story s
        WHERE s.community_id = @CommunityId
          AND (@IsWhole = 1 OR EXISTS (
            SELECT 1 FROM channel_story cs JOIN channel ch ON ch.id = cs.channel_id
            WHERE cs.story_id = s.id AND ch.workspace_id = @Id))
          AND NOT EXISTS (
            SELECT 1 FROM channel_story cs JOIN channel ch ON ch.id = cs.channel_id
            WHERE cs.story_id = s.id AND ch.workspace_id <> @Id)
          AND NOT EXISTS (
            SELECT 1 FROM comment c JOIN channel ch ON ch.id = c.channel_id
            WHERE c.story_id = s.id AND ch.workspace_id <> @Id)
        LIMIT @StoriesAtATime
        """;

    private const string DeleteStories = """
        UPDATE story SET merged_into = NULL WHERE merged_into IN (SELECT value FROM json_each(@Stories));
        DELETE FROM comment WHERE story_id IN (SELECT value FROM json_each(@Stories));
        DELETE FROM card_reaction WHERE story_id IN (SELECT value FROM json_each(@Stories));
        DELETE FROM follow WHERE story_id IN (SELECT value FROM json_each(@Stories));
        DELETE FROM digest_story WHERE story_id IN (SELECT value FROM json_each(@Stories));
        DELETE FROM channel_story WHERE story_id IN (SELECT value FROM json_each(@Stories));
        DELETE FROM thread WHERE story_id IN (SELECT value FROM json_each(@Stories));
        DELETE FROM story_entry WHERE story_id IN (SELECT value FROM json_each(@Stories));
        DELETE FROM story WHERE id IN (SELECT value FROM json_each(@Stories));
        """;

    // A number is never given again, so the place of a comment stays where the story does.
    private const string EmptyComments = """
        DELETE FROM attachment WHERE comment_id IN (SELECT value FROM json_each(@Comments));
        DELETE FROM reaction WHERE comment_id IN (SELECT value FROM json_each(@Comments));
        UPDATE comment SET body = '', state = 'deleted', reactions = '[]', author_name = NULL, avatar_id = NULL
        WHERE id IN (SELECT value FROM json_each(@Comments));
        UPDATE story SET comment_count = (
            SELECT COUNT(*) FROM comment c WHERE c.story_id = story.id AND c.state = 'visible')
        WHERE community_id = @CommunityId AND id IN (
            SELECT c.story_id FROM comment c WHERE c.id IN (SELECT value FROM json_each(@Comments)));
        """;

    // What was said and posted in its channels; of each kind a few at a time.
    private static readonly string[] Thin =
    [
        """
            DELETE FROM post WHERE id IN (
                SELECT p.id FROM post p JOIN channel ch ON ch.id = p.channel_id
                WHERE ch.workspace_id = @Id LIMIT @RowsAtATime)
            """,
        """
            DELETE FROM comment_event WHERE id IN (
                SELECT e.id FROM comment_event e JOIN channel ch ON ch.id = e.channel_id
                WHERE ch.workspace_id = @Id LIMIT @RowsAtATime)
            """,
        """
            DELETE FROM card_reaction WHERE (story_id, channel_id, emoji, user_hash) IN (
                SELECT r.story_id, r.channel_id, r.emoji, r.user_hash FROM card_reaction r
                JOIN channel ch ON ch.id = r.channel_id WHERE ch.workspace_id = @Id LIMIT @RowsAtATime)
            """,
    ];

    // Whoever is known elsewhere too stays; of the others nothing is left but the shell their comments need.
    private const string ForgetMembers = """
        DELETE FROM follow WHERE member_id IN (SELECT value FROM json_each(@Members));
        DELETE FROM private_message WHERE member_id IN (SELECT value FROM json_each(@Members));
        DELETE FROM api_token WHERE member_id IN (SELECT value FROM json_each(@Members));
        DELETE FROM identity WHERE workspace_id = @Id;
        DELETE FROM web_session WHERE NOT EXISTS (SELECT 1 FROM session_identity si WHERE si.session_id = web_session.id);
        UPDATE member SET name = 'erased', erased_at = @Now, pseudonym = NULL, joined_at = NULL, joined_into = NULL
        WHERE community_id = @CommunityId AND joined_into IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.own_member_id = member.id);
        UPDATE member
        SET name = 'erased', pseudonym = NULL, role = 'member', erased_at = @Now, joined_at = NULL, muted_until = NULL
        WHERE id IN (SELECT value FROM json_each(@Members));
        DELETE FROM member
        WHERE id IN (SELECT value FROM json_each(@Members))
          AND NOT EXISTS (SELECT 1 FROM comment c WHERE c.member_id = member.id)
          AND NOT EXISTS (SELECT 1 FROM web_message m WHERE m.member_id = member.id);
        """;

    private const string FullComments = """
        SELECT c.id FROM comment c JOIN channel ch ON ch.id = c.channel_id
        WHERE ch.workspace_id = @Id AND c.id > @After ORDER BY c.id LIMIT @RowsAtATime
        """;

    private const string OnlyHere = """
        SELECT DISTINCT i.member_id FROM identity i
        WHERE i.workspace_id = @Id AND NOT EXISTS (
            SELECT 1 FROM identity o WHERE o.member_id = i.member_id AND o.workspace_id <> @Id)
        """;

    // A source that only fed these channels would be read for nobody.
    private const string DeletePlaces = """
        DELETE FROM source
        WHERE community_id = @CommunityId
          AND (@IsWhole = 1 OR EXISTS (
            SELECT 1 FROM subscription u JOIN channel ch ON ch.id = u.channel_id
            WHERE u.source_id = source.id AND ch.workspace_id = @Id))
          AND NOT EXISTS (
            SELECT 1 FROM subscription u JOIN channel ch ON ch.id = u.channel_id
            WHERE u.source_id = source.id AND ch.workspace_id <> @Id);
        DELETE FROM trouble WHERE workspace_id = @Id;
        DELETE FROM slack_install WHERE ended_at IS NOT NULL AND team_id = (
            SELECT external_id FROM workspace WHERE id = @Id AND platform = 'slack');
        DELETE FROM discord_webhook WHERE channel_id IN (SELECT id FROM channel WHERE workspace_id = @Id);
        DELETE FROM channel
        WHERE workspace_id = @Id AND NOT EXISTS (SELECT 1 FROM comment c WHERE c.channel_id = channel.id);
        DELETE FROM subscription WHERE channel_id IN (SELECT id FROM channel WHERE workspace_id = @Id);
        DELETE FROM post WHERE channel_id IN (SELECT id FROM channel WHERE workspace_id = @Id);
        DELETE FROM digest WHERE channel_id IN (SELECT id FROM channel WHERE workspace_id = @Id);
        DELETE FROM thread WHERE channel_id IN (SELECT id FROM channel WHERE workspace_id = @Id);
        DELETE FROM channel_story WHERE channel_id IN (SELECT id FROM channel WHERE workspace_id = @Id);
        UPDATE channel
        SET name = 'gone', external_id = 'purged:' || id, publication = 'off', ping_role = NULL, schedule = NULL,
            next_digest_at = NULL, parked_reason = NULL
        WHERE workspace_id = @Id;
        DELETE FROM workspace
        WHERE id = @Id AND NOT EXISTS (SELECT 1 FROM channel c WHERE c.workspace_id = workspace.id);
        UPDATE workspace SET name = 'gone', external_id = 'purged:' || id, owner_id = NULL WHERE id = @Id;
        """;

    private const string DeleteCommunity = """
        DELETE FROM word WHERE community_id = @CommunityId;
        DELETE FROM audit WHERE community_id = @CommunityId;
        DELETE FROM pending_command WHERE community_id = @CommunityId;
        DELETE FROM decision WHERE community_id = @CommunityId;
        UPDATE community SET name = 'NewsBot' WHERE id = @CommunityId AND id = @Home;
        DELETE FROM member
        WHERE community_id = @CommunityId AND community_id <> @Home
          AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.member_id = member.id)
          AND NOT EXISTS (SELECT 1 FROM comment c WHERE c.member_id = member.id)
          AND NOT EXISTS (SELECT 1 FROM web_message m WHERE m.member_id = member.id);
        DELETE FROM community
        WHERE id = @CommunityId AND id <> @Home
          AND NOT EXISTS (SELECT 1 FROM workspace w WHERE w.community_id = community.id)
          AND NOT EXISTS (SELECT 1 FROM member m WHERE m.community_id = community.id)
          AND NOT EXISTS (SELECT 1 FROM story s WHERE s.community_id = community.id);
        """;

    /// <summary>Purges every workspace whose time is over.</summary>
    /// <param name="cancellationToken">Stops between two steps; the next run goes on.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = (time.GetUtcNow() - KeepRemoved).Ms();
        while (
            await database.ReadAsync(
                connection => connection.QueryFirstOrDefaultAsync<RemovedRow>(Next, new { Before = before }),
                cancellationToken
            )
                is { } removed
        )
        {
            while (await database.WriteAsync(connection => StoriesAsync(connection, removed), cancellationToken)) { }

            for (
                long? after = 0;
                after is { } last;
                after = await database.WriteAsync(
                        connection => CommentsAsync(connection, removed, last),
                        cancellationToken
                    )
            ) { }

            foreach (var sql in Thin)
            {
                while (
                    await database.WriteAsync(
                        connection => connection.ExecuteAsync(sql, new { removed.Id, RowsAtATime }),
                        cancellationToken
                    ) > 0
                ) { }
            }

            await database.WriteAsync(connection => RestAsync(connection, removed), cancellationToken);
        }
    }

    private static async Task<bool> StoriesAsync(DbConnection connection, RemovedRow removed)
    {
        var stories = (
            await connection.QueryAsync<long>(
                OwnStories,
                new
                {
                    removed.Id,
                    removed.CommunityId,
                    removed.IsWhole,
                    StoriesAtATime,
                }
            )
        ).AsList();
        await connection.ExecuteAsync(DeleteStories, new { Stories = JsonSerializer.Serialize(stories) });
        return stories.Count > 0;
    }

    /// <returns>Where to go on; null at the end.</returns>
    private async Task<long?> CommentsAsync(DbConnection connection, RemovedRow removed, long after)
    {
        var comments = (
            await connection.QueryAsync<long>(
                FullComments,
                new
                {
                    removed.Id,
                    After = after,
                    RowsAtATime,
                }
            )
        ).AsList();
        await connection.ExecuteAsync(
            EmptyComments,
            new { removed.CommunityId, Comments = JsonSerializer.Serialize(comments) }
        );
        await HeldReplies.ForgetDeletedAsync(connection, time.GetUtcNow());
        await CommentCopies.RefreshAsync(connection, comments, CopyChange.Removal, time.GetUtcNow());
        return comments.Count == RowsAtATime ? comments[^1] : null;
    }

    private async Task RestAsync(DbConnection connection, RemovedRow removed)
    {
        var members = await connection.QueryAsync<long>(OnlyHere, new { removed.Id });
        var parameters = new
        {
            removed.Id,
            removed.CommunityId,
            removed.IsWhole,
            Members = JsonSerializer.Serialize(members),
            Home = PageReader.HomeCommunity,
            Now = time.GetUtcNow().Ms(),
        };
        await connection.ExecuteAsync(ForgetMembers, parameters);
        await connection.ExecuteAsync(DeletePlaces, parameters);
        if (removed.IsWhole == 1)
        {
            await connection.ExecuteAsync(DeleteCommunity, parameters);
        }
    }

    private sealed class RemovedRow
    {
        public required long Id { get; init; }
        public required long CommunityId { get; init; }
        public required long IsWhole { get; init; }
    }
}
