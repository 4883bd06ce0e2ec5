using System.Data.Common;
using Dapper;

namespace NewsBot.Storage;

internal static partial class CommunityPart
{
    // Where each story stands and was written about. Of one that came meanwhile, the side that has its leading source is
    // the owner where both have it in their channels.
    private const string Standing = """
        SELECT s.id, s.origin_id AS Origin, CASE WHEN s.created_at >= @Since THEN 1 ELSE 0 END AS CameSince,
               CASE WHEN EXISTS (SELECT 1 FROM channel_story x JOIN channel c ON c.id = x.channel_id
                                 WHERE x.story_id = s.id AND c.community_id = @Guest)
                      OR EXISTS (SELECT 1 FROM comment x JOIN channel c ON c.id = x.channel_id
                                 WHERE x.story_id = s.id AND c.community_id = @Guest) THEN 1 ELSE 0 END AS IsGuests,
               CASE WHEN EXISTS (SELECT 1 FROM channel_story x JOIN channel c ON c.id = x.channel_id
                                 WHERE x.story_id = s.id AND c.community_id = @Host)
                      OR EXISTS (SELECT 1 FROM comment x JOIN channel c ON c.id = x.channel_id
                                 WHERE x.story_id = s.id AND c.community_id = @Host) THEN 1 ELSE 0 END AS IsHosts,
               (SELECT so.community_id FROM story_entry e JOIN source so ON so.id = e.source_id
                WHERE e.story_id = s.id AND e.entry_id = s.lead_entry_id) AS LeadSide
        FROM story s WHERE s.community_id = @Host
        """;

    private const string MoveStory = "UPDATE story SET community_id = @Guest, origin_id = NULL WHERE id = @Id";

    // A pointer over the edge is none; what the card said of it goes as well.
    private const string Unmerge = """
        UPDATE story SET merged_into = NULL,
            correction = CASE WHEN correction LIKE @Note || '%' THEN NULL ELSE correction END,
            corrected_at = CASE WHEN correction LIKE @Note || '%' THEN NULL ELSE corrected_at END
        WHERE merged_into IS NOT NULL AND community_id IN (@Host, @Guest)
          AND community_id <> (SELECT w.community_id FROM story w WHERE w.id = story.merged_into)
        RETURNING id
        """;

    // The report each side shows first has to be of a source of its own.
    private const string AddTwin = """
        INSERT INTO story (community_id, headline, slug, url, lead_entry_id, summary, summary_text, summary_method, picture_id,
                           picture_alt, language, published_at, created_at, updated_at, revision, locked_at, taken_down_at, next_number)
        SELECT @Side, headline, slug, url, lead_entry_id, summary, summary_text, summary_method, picture_id, picture_alt, language,
               published_at, created_at, updated_at, revision, locked_at, taken_down_at, next_number
        FROM story WHERE id = @Story RETURNING id
        """;

    private const string Record = """
        INSERT INTO story_twin (story_id, community_id, twin_id) VALUES (@Story, @Side, @Twin)
        ON CONFLICT (story_id, community_id) DO UPDATE SET twin_id = excluded.twin_id
        """;

    private const string MoveToTwinStory = """
        INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
        SELECT @Twin, e.entry_id, @Side, t.id, e.joined_at
        FROM story_entry e JOIN source so ON so.id = e.source_id
        JOIN source t ON t.feed_id = so.feed_id AND t.community_id = @Side
        WHERE e.story_id = @Story
        ON CONFLICT (community_id, entry_id) DO NOTHING;
        INSERT INTO story_version (story_id, number, headline, summary_text, since)
        SELECT @Twin, number, headline, summary_text, since FROM story_version WHERE story_id = @Story;
        UPDATE channel_story SET story_id = @Twin
        WHERE story_id = @Story AND channel_id IN (SELECT id FROM channel WHERE community_id = @Side);
        UPDATE thread SET story_id = @Twin
        WHERE story_id = @Story AND channel_id IN (SELECT id FROM channel WHERE community_id = @Side);
        UPDATE comment SET story_id = @Twin
        WHERE story_id = @Story AND channel_id IN (SELECT id FROM channel WHERE community_id = @Side);
        UPDATE web_message SET story_id = @Twin
        WHERE story_id = @Story AND channel_id IN (SELECT id FROM channel WHERE community_id = @Side);
        UPDATE digest_story SET story_id = @Twin
        WHERE story_id = @Story AND digest_id IN (
            SELECT d.id FROM digest d JOIN channel c ON c.id = d.channel_id WHERE c.community_id = @Side);
        UPDATE follow SET story_id = @Twin
        WHERE story_id = @Story AND member_id IN (SELECT id FROM member WHERE community_id = @Side);
        UPDATE web_message SET post_key = 'story:' || @Twin || SUBSTR(post_key, LENGTH('story:' || @Story) + 1)
        WHERE (post_key = 'story:' || @Story OR post_key LIKE 'story:' || @Story || '/%')
          AND channel_id IN (SELECT id FROM channel WHERE community_id = @Side);
        UPDATE post SET subject = 'story:' || @Twin
        WHERE subject = 'story:' || @Story AND channel_id IN (SELECT id FROM channel WHERE community_id = @Side);
        UPDATE post SET body = REPLACE(body, '"story":{"value":' || @Story || '}', '"story":{"value":' || @Twin || '}')
        WHERE created_at >= @Since AND channel_id IN (SELECT id FROM channel WHERE community_id = @Side)
          AND body LIKE '%"story":{"value":' || @Story || '}%';
        """;

    // A number is never given again: where the other side wrote, its place stays, empty.
    private const string LeavePlaces = """
        INSERT INTO comment (story_id, number, parent, member_id, body, state, visibility, channel_id, message_id, written_at, accepted_at)
        SELECT @Left, c.number, c.parent, @Shell, '', 'deleted', 'off',
               (SELECT MIN(ch.id) FROM channel ch WHERE ch.community_id = @Side),
               'parted:' || @Left || ':' || c.number, c.written_at, c.accepted_at
        FROM comment c
        WHERE c.story_id = @From AND EXISTS (SELECT 1 FROM channel ch WHERE ch.community_id = @Side)
        ON CONFLICT (story_id, number) DO NOTHING
        """;

    // Reports of sources that are only the other side's go, and what is left is counted to the right side.
    private const string Reports = """
        UPDATE story_entry SET source_id = (
            SELECT t.id FROM source so JOIN source t ON t.feed_id = so.feed_id AND t.community_id = @Side
            WHERE so.id = story_entry.source_id)
        WHERE story_id IN (SELECT id FROM story WHERE community_id = @Side)
          AND EXISTS (SELECT 1 FROM source so JOIN source t ON t.feed_id = so.feed_id AND t.community_id = @Side
                      WHERE so.id = story_entry.source_id AND so.community_id = @Other);
        DELETE FROM story_entry
        WHERE story_id IN (SELECT id FROM story WHERE community_id = @Side)
          AND EXISTS (SELECT 1 FROM source so WHERE so.id = story_entry.source_id AND so.community_id = @Other);
        DELETE FROM story_entry
        WHERE community_id <> @Side AND story_id IN (SELECT id FROM story WHERE community_id = @Side)
          AND EXISTS (SELECT 1 FROM story_entry o WHERE o.community_id = @Side AND o.entry_id = story_entry.entry_id);
        UPDATE story_entry SET community_id = @Side
        WHERE community_id <> @Side AND story_id IN (SELECT id FROM story WHERE community_id = @Side);
        """;

    // Their cards name sources of the other side.
    private const string Losing = """
        SELECT DISTINCT e.story_id FROM story_entry e JOIN story s ON s.id = e.story_id JOIN source so ON so.id = e.source_id
        WHERE s.community_id IN (@Host, @Guest) AND so.community_id IN (@Host, @Guest) AND so.community_id <> s.community_id
        """;

    // A story whose leading report left with the other side is told by the first of those that stay, in its words.
    private const string NewLead = """
        SELECT s.id AS Story, (
            SELECT e.entry_id FROM story_entry e WHERE e.story_id = s.id ORDER BY e.joined_at, e.entry_id LIMIT 1) AS Lead,
               f.url, f.recipe,
               CASE WHEN EXISTS (SELECT 1 FROM feed_credential k WHERE k.feed_id = f.id) THEN 1 ELSE 0 END AS HasLogin
        FROM story s JOIN entry fe ON fe.id = s.lead_entry_id JOIN feed f ON f.id = fe.feed_id
        WHERE s.community_id IN (@Host, @Guest)
          AND EXISTS (SELECT 1 FROM source so JOIN entry le ON le.feed_id = so.feed_id
                      WHERE le.id = s.lead_entry_id AND so.community_id IN (@Host, @Guest) AND so.community_id <> s.community_id)
          AND NOT EXISTS (SELECT 1 FROM story_entry e WHERE e.story_id = s.id AND e.entry_id = s.lead_entry_id)
        """;

    private const string Lead = """
        UPDATE story SET lead_entry_id = @Lead, headline = e.title, url = COALESCE(e.url, ''), summary = '[]',
            summary_text = e.excerpt, summary_method = 'excerpt', picture_id = NULL, picture_alt = NULL, revision = story.revision + 1
        FROM entry e WHERE e.id = @Lead AND story.id = @Story;
        DELETE FROM story_version WHERE story_id = @Story;
        """;

    // Only the other side's readers could read what it was about.
    private const string Unknown = """
        UPDATE story SET headline = 'A story of a source that has left', slug = 'left', url = '', summary = '[]',
            summary_text = '', summary_method = '', picture_id = NULL, picture_alt = NULL, revision = revision + 1
        WHERE id = @Story;
        DELETE FROM story_version WHERE story_id = @Story;
        DELETE FROM channel_story WHERE story_id = @Story;
        """;

    private const string DropFollows = """
        DELETE FROM follow WHERE EXISTS (
            SELECT 1 FROM member m JOIN story s ON s.id = follow.story_id
            WHERE m.id = follow.member_id AND m.community_id <> s.community_id
              AND m.community_id IN (@Host, @Guest) AND s.community_id IN (@Host, @Guest))
        """;

    private static async Task<PartedStories> PartStoriesAsync(DbConnection connection, Sides sides)
    {
        List<TwinStory> twins = [];
        foreach (var story in (await connection.QueryAsync<StandingRow>(Standing, sides)).AsList())
        {
            var owner = story.Owner(sides.Host, sides.Guest);
            if (owner == sides.Guest)
            {
                await connection.ExecuteAsync(MoveStory, new { story.Id, sides.Guest });
            }

            var other = owner == sides.Guest ? sides.Host : sides.Guest;
            if (other == sides.Guest ? story.IsGuests == 1 : story.IsHosts == 1)
            {
                twins.Add(await TwinAsync(connection, sides, story.Id, owner, other));
            }
        }

        var unmerged = await connection.QueryAsync<long>(
            Unmerge,
            new
            {
                sides.Host,
                sides.Guest,
                Note = CommunityJoin.MergedNote,
            }
        );
        var losing = (await connection.QueryAsync<long>(Losing, sides)).AsList();
        foreach (var (side, other) in new[] { (sides.Guest, sides.Host), (sides.Host, sides.Guest) })
        {
            await connection.ExecuteAsync(Reports, new { Side = side, Other = other });
        }

        var (unknown, led) = await NewLeadsAsync(connection, sides);
        await connection.ExecuteAsync(DropFollows, sides);
        return new PartedStories(twins, unmerged.AsList(), unknown)
        {
            Told = new HashSet<long>([.. twins.SelectMany(twin => new[] { twin.Story, twin.Twin }), .. led, .. losing]),
        };
    }

    private static async Task<TwinStory> TwinAsync(
        DbConnection connection,
        Sides sides,
        long story,
        long owner,
        long side
    )
    {
        var twin = await connection.ExecuteScalarAsync<long>(AddTwin, new { Story = story, Side = side });
        var parameters = new
        {
            Story = story,
            Side = side,
            Twin = twin,
            sides.Since,
        };
        await connection.ExecuteAsync(Record, parameters);
        await connection.ExecuteAsync(MoveToTwinStory, parameters);
        await LeavePlacesAsync(twin, story, owner);
        await LeavePlacesAsync(story, twin, side);
        return new TwinStory(story, twin, side);

        async Task LeavePlacesAsync(long from, long left, long at) =>
            await connection.ExecuteAsync(
                LeavePlaces,
                new
                {
                    From = from,
                    Left = left,
                    Side = at,
                    Shell = await ShellAsync(connection, sides, at),
                }
            );
    }

    private static async Task<(IReadOnlyList<long> Unknown, IReadOnlyList<long> Led)> NewLeadsAsync(
        DbConnection connection,
        Sides sides
    )
    {
        List<long> unknown = [];
        List<long> led = [];
        foreach (var row in (await connection.QueryAsync<LeadRow>(NewLead, sides)).AsList())
        {
            if (row.Lead is not null)
            {
                await connection.ExecuteAsync(Lead, row);
                led.Add(row.Story);
            }
            // What everybody may read may go on being known to those who read it.
            else if (row.HasLogin == 1 || FeedAddress.IsPrivate(row.Url, row.Recipe))
            {
                await connection.ExecuteAsync(Unknown, row);
                unknown.Add(row.Story);
            }
        }

        return (unknown, led);
    }

    private sealed class StandingRow
    {
        public required long Id { get; init; }
        public required long CameSince { get; init; }
        public required long IsGuests { get; init; }
        public required long IsHosts { get; init; }
        public long? Origin { get; init; }
        public long? LeadSide { get; init; }

        public long Owner(long host, long guest) =>
            (Origin, CameSince, IsGuests, IsHosts) switch
            {
                ({ } origin, _, _, _) => origin == guest ? guest : host,
                (_, 0, _, _) => host,
                (_, _, 1, 0) => guest,
                (_, _, 0, 1) => host,
                _ => LeadSide == guest ? guest : host,
            };
    }

    private sealed class LeadRow
    {
        public required long Story { get; init; }
        public required string Url { get; init; }
        public required long HasLogin { get; init; }
        public long? Lead { get; init; }
        public string? Recipe { get; init; }
    }
}
