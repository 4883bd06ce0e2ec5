using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat;
using NewsBot.Chat.Slack;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Storage;

namespace NewsBot.Tests.Communities;

internal static partial class CrossingDoors
{
    private static IEnumerable<CrossingDoor> Chats() =>
        [
            new(
                "the number and link of a message of the other side",
                (world, side) =>
                    world.Database.ReadAsync(
                        async connection =>
                        {
                            var workspace = await WorkspaceAsync(connection, side);
                            var found = await MessageTarget.FindAsync(
                                connection,
                                workspace,
                                new MessageKey(null, $"{side.Other.Base}01", null, side.Other.Base)
                            );
                            return $"{found.Headline} {found.Slug}";
                        },
                        Stop
                    )
            ),
            new(
                "the home of the app in Slack",
                async (world, side) =>
                {
                    var workspace = await world.Database.ReadAsync(
                        connection => WorkspaceAsync(connection, side),
                        Stop
                    );
                    var home = ActivatorUtilities.CreateInstance<SlackHome>(
                        world.Server.Services,
                        ActivatorUtilities.CreateInstance<AnswerLinks>(world.Server.Services)
                    );
                    var view = await home.BuildAsync(
                        new SlackAsker(
                            new SlackRoom($"T{side.Base}", workspace, null!),
                            world.AdminOf(side) with
                            {
                                Id = new(side.Base + 1),
                            },
                            null
                        ),
                        new SlackFormState(),
                        Stop
                    );
                    return System.Text.Json.JsonSerializer.Serialize(view);
                },
                ShowsOwn: true
            ),
            new(
                "what the next digest of each channel says",
                async (world, side) =>
                {
                    var digests = world.Server.Services.GetRequiredService<DigestStore>();
                    var bodies = new List<PostBody>();
                    for (var channel = side.Base; channel < side.Base + 3; channel++)
                    {
                        bodies.AddRange(await digests.PreviewAsync(new ChannelId(channel), Stop));
                    }

                    return string.Join('\n', bodies.Select(PostBodies.Write));
                }
            ),
        ];

    // What lies in the database for a side's channels, people and pages.
    private static IEnumerable<CrossingDoor> Kept()
    {
        (string Name, string Sql)[] rows =
        [
            (
                "posts in a side's channels that still stand",
                """
                SELECT p.body FROM post p JOIN channel c ON c.id = p.channel_id WHERE c.community_id = @Community AND NOT EXISTS (
                    SELECT 1 FROM post d WHERE d.channel_id = p.channel_id AND d.subject = p.subject AND d.part = p.part
                      AND (d.operation = 'delete' OR d.revision > p.revision))
                """
            ),
            (
                "copies in a side's channels that still stand",
                """
                SELECT x.body FROM post p JOIN channel c ON c.id = p.channel_id JOIN comment x ON p.subject = 'comment:' || x.id
                WHERE c.community_id = @Community AND NOT EXISTS (
                    SELECT 1 FROM post d WHERE d.channel_id = p.channel_id AND d.subject = p.subject AND d.operation = 'delete')
                """
            ),
            (
                "private messages",
                "SELECT p.body FROM private_message p JOIN member m ON m.id = p.member_id WHERE m.community_id = @Community"
            ),
            (
                "audit",
                """
                SELECT target || COALESCE(before, '') || COALESCE(after, '') || COALESCE(reason, '') FROM audit
                WHERE community_id = @Community
                """
            ),
            (
                "why replies wait, and who decided",
                """
                SELECT r.why || COALESCE((SELECT m.name FROM member m WHERE 'member-' || m.id = r.decided_by), '')
                FROM review r JOIN comment x ON x.id = r.comment_id JOIN channel c ON c.id = x.channel_id
                WHERE c.community_id = @Community
                """
            ),
            (
                "sources, and who paused them",
                """
                SELECT s.name || COALESCE((SELECT m.name FROM member m WHERE 'member-' || m.id = s.paused_by), '')
                FROM source s WHERE s.community_id = @Community
                """
            ),
            ("words", "SELECT word FROM word WHERE community_id = @Community"),
            ("decisions", "SELECT detail FROM decision WHERE community_id = @Community"),
            (
                "comments, their authors and the reports of a side's stories",
                """
                SELECT c.body || COALESCE(c.author_name, '') || m.name FROM comment c JOIN story s ON s.id = c.story_id
                JOIN member m ON m.id = c.member_id WHERE s.community_id = @Community
                UNION ALL SELECT e.title || e.excerpt || o.name FROM story_entry x JOIN story s ON s.id = x.story_id
                JOIN entry e ON e.id = x.entry_id JOIN source o ON o.id = x.source_id WHERE s.community_id = @Community
                UNION ALL SELECT s.headline || s.summary_text || s.url FROM story s WHERE s.community_id = @Community
                """
            ),
            (
                "what people follow",
                "SELECT s.headline FROM follow f JOIN story s ON s.id = f.story_id JOIN member m ON m.id = f.member_id WHERE m.community_id = @Community"
            ),
            (
                "sources that a side's channels listen to",
                """
                SELECT s.name FROM subscription u JOIN source s ON s.id = u.source_id JOIN channel c ON c.id = u.channel_id
                WHERE c.community_id = @Community
                """
            ),
        ];
        return rows.Select(row => new CrossingDoor(
            $"kept: {row.Name}",
            async (world, side) =>
                string.Join(
                    '\n',
                    await world.Database.ReadAsync(
                        connection =>
                            connection.QueryAsync<string>(row.Sql, new { Community = world.CommunityOf(side) }),
                        Stop
                    )
                ),
            ShowsOwn: !row.Name.StartsWith("copies", StringComparison.Ordinal)
        ));
    }
}
